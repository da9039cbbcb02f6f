"""Time expressions: recognition and normalisation by commented rules over the parse (TIMEX3, ISO-TimeML values)."""

from newsdash.core.extraction.times.recognise import find_times
from newsdash.core.extraction.times.suggestion import suggest_published

__all__ = ["find_times", "suggest_published"]
