"""Which expressions stand on their own: bare years, seasons, units and parts of the day are often something else."""

from __future__ import annotations

from newsdash.core.extraction.times.grammar import Item
from newsdash.core.extraction.times.meaning import Meaning
from spacy.tokens import Doc

_NOT_BEFORE_YEAR = frozenset(
    {"$", "£", "€", "#", "no.", "no", "number", "nos.", "page", "p.", "pp.", "section", "article", "resolution", "room",
     "flight", "route", "line", "vol.", "volume", "windows", "than", "least", "nearly", "almost", "over", "some",
     "only", "another", "every", "x", "×", "+", "~", "box", "suite", "chapter", "psalm", "verse", "office"}
)  # fmt: skip
_NOT_AFTER_YEAR = frozenset(
    {"%", "percent", "per", "km", "miles", "people", "men", "women", "troops", "soldiers", "meters", "metres", "feet",
     "dollars", "euros", "pounds", "tons", "tonnes", "barrels", "acres", "hectares", "times", "words", "jobs", "homes",
     "workers", "employees", "members", "votes", "hp", "rpm", "m", "ft", "kg", "lb", "lbs", "x", "×", "block",
     "prisoners",
     "casualties", "dead", "horsemen", "cavalry", "infantry", "ships", "aircraft", "tanks", "guns", "yards", "degrees"}
)  # fmt: skip
_YEAR_CUES = frozenset(
    {"in", "since", "by", "of", "until", "till", "from", "to", "during", "before", "after", "through", "around",
     "circa",
     "c.", "ca.", "about", "(", "and", "between", "early", "late", "for", "or", "on", ",", "–", "-"}
)  # fmt: skip
_NAMES_TOO = frozenset({"today", "april", "may", "june", "august"})
_OWN = frozenset({"his", "her", "their", "my", "our", "your", "its"})
_UNIT_CUES = frozenset(
    {"for", "during", "of", "in", "throughout", "within", "over", "this", "by", "through", "at", "on"}
)


def stands(item: Item, doc: Doc) -> bool:
    """Whether the expression is one on its own here."""
    meaning = item.value
    assert isinstance(meaning, Meaning)
    before = doc[item.first - 1].lower_ if item.first else ""
    after = doc[item.last + 1].lower_ if item.last + 1 < len(doc) else ""
    if item.cls == "age":
        return meaning.unit not in ("Y", "E")
    if meaning.kind == "half" and meaning.base is None:
        return False
    if meaning.kind == "decade" and before in _OWN:
        return False  # "a man in his fifties"
    if meaning.kind == "decade" and doc[item.last].text[0].isdigit() and len(doc[item.last]) < 5:
        joined = before in ("and", "or") and item.first > 1 and doc[item.first - 2].text[:2].isdigit()
        return joined or doc[item.first].lower_ == "the" or before in ("'", "’", "the", "early", "late", "mid")
    if meaning.kind == "set" and item.last + 1 < len(doc) and doc[item.last + 1].pos_ == "PROPN":
        return False  # "the party daily Granma"
    if item.first == item.last and doc[item.last].lower_ in _NAMES_TOO and _is_title(doc, item.last):
        return False  # "USA TODAY", "Theresa May"
    if after == "of" and doc[item.last].lower_ == "fall":
        return False  # "since the fall of the government": no autumn
    if not meaning.bare:
        return not (item.cls == "part" and meaning.plural)
    if item.cls == "yr" and meaning.kind == "date":
        return _year(meaning, item, doc, before, after)
    if meaning.kind == "season":
        return _season(item, doc, before, after)
    if meaning.kind == "theunit":
        return _unit(meaning, item, before, after)
    if meaning.kind == "part":
        return bool(meaning.value) and before in ("in", "during", "by", "throughout")
    if meaning.kind == "amount":
        return _amount(meaning, item, doc, before, after)
    if item.cls == "clock":
        return before in ("at", "by", "until", "from", "around", "about", "before", "after", "since", "to", "(", "and")
    return True


def _is_title(doc: Doc, i: int) -> bool:
    """A capital within the sentence, right after a name."""
    return bool(i and doc[i].text[0].isupper() and doc[i - 1].pos_ == "PROPN" and not doc[i].is_sent_start)


def _year(meaning: Meaning, item: Item, doc: Doc, before: str, after: str) -> bool:
    if before in _NOT_BEFORE_YEAR or after in _NOT_AFTER_YEAR:
        return False
    year = meaning.year or 0
    if not doc[item.first].is_digit and doc[item.first].is_alpha is False and doc[item.first].idx != item.start:
        return False  # "DH2017": part of a name
    if before in ("/", ".", ":") or (after in ("/", ":") and before not in ("in",)):
        return False
    if (
        after == "-"
        and item.last + 2 < len(doc)
        and doc[item.last + 2].is_alpha
        and doc[item.last + 2].lower_ not in ("born",)
    ):
        return before in _YEAR_CUES
    noun = item.last + 1 < len(doc) and doc[item.last + 1].tag_ == "NNS"
    if 1950 <= year <= 2039:
        return year != 2000 or not noun or before in _YEAR_CUES or before == "the"
    return 1400 <= year <= 2100 and before in _YEAR_CUES and not noun


def _season(item: Item, doc: Doc, before: str, after: str) -> bool:
    with_article = doc[item.first].lower_ == "the"
    if not with_article and before not in (
        "in",
        "by",
        "during",
        "since",
        "until",
        "through",
        "last",
        "of",
        "every",
        "late",
        "early",
    ):
        return False
    return (doc[item.last].pos_ != "VERB" and after not in ("of", "in")) or before in ("in", "by", "during", "since")


def _unit(meaning: Meaning, item: Item, before: str, after: str) -> bool:
    if after in ("of", "that", "when", "after", "-", "before", "which", "’s", "'s"):
        return False
    if meaning.unit == "WE":
        return True
    return meaning.unit in ("Q", "Y", "W", "M") and before in _UNIT_CUES


def _amount(meaning: Meaning, item: Item, doc: Doc, before: str, after: str) -> bool:
    if meaning.amount is None:
        return before in ("for", "within", "in", "after", "over", "of", "than") or after in ("after", "before", "of")
    if meaning.unit in ("S", "MIN", "H") and before not in ("for", "within", "in", "after", "than", "of"):
        return after in ("after", "before")
    return before in (
        "for",
        "within",
        "in",
        "after",
        "over",
        "than",
        "of",
        "last",
        "lasts",
        "lasted",
        "by",
        "only",
    ) or after in ("after", "before", "of")
