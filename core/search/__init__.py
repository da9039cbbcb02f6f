"""Question -> ranked hits: inside one article and across all loaded sources."""

from newsdash.core.search.across import Hit, search
from newsdash.core.search.inside import MOST, find

__all__ = ["MOST", "Hit", "find", "search"]
