"""Forms of names by their words alone: the form to compare, initials, and the shorter forms a body may go by."""

from __future__ import annotations

from newsdash.core.extraction.entities.knowledge import affixes, heads, known_names, plain
from newsdash.core.extraction.entities.types import is_place_of

SMALL = frozenset({"of", "the", "and", "for", "in", "on", "de", "la", "&", "to"})


def name_key(text: str, type_: str) -> str:
    """The form in which two names are the same name: plain, without article, possessive and company form."""
    words = plain(text.replace(" - ", "-").replace(" 's", "'s")).strip("\"'“”() ").split()
    while words and words[0] in ("the", "a", "an"):
        words = words[1:]
    if words and words[-1].endswith("'s"):
        words[-1] = words[-1][:-2]
    words = [word.removesuffix("'s") for word in words]  # "New People's Party", also "New People Party"
    if type_ == "ORG":
        while len(words) > 1 and words[-1].strip(",") in affixes("legal"):
            words = words[:-1]
    return " ".join(word.strip(",") for word in words)


def bare_surname(surname: str) -> str:
    """ "zarqawi" for "al-zarqawi": a surname without the article that is joined to it."""
    front, _, rest = surname.partition("-")
    return rest if rest and front in affixes("article") else surname


def short_forms(key: str) -> set[str]:
    """Initials and shorter forms under which an organisation's or a place's name may be used elsewhere."""
    return {letters for letters in initials(key) if len(letters) > 1} | parts(key)


def initials(key: str) -> set[str]:
    """Initials with and without the small words, and without a country in front, for names of two words and more."""
    words = key.replace("-", " ").split()
    if len(words) < 2:
        return set()
    first = known_names().get(words[0])
    led = len(words) > 3 and first is not None and first.kind == "country"  # "US | Foo Bar Administration"
    found = {"".join(w[0] for w in words), "".join(w[0] for w in words if w not in SMALL)}
    return found | initials(" ".join(words[1:])) if led else found


def abbreviates(short: str, long_: str) -> bool:
    """The letters of the short form come in this order in the long one, beginning with its first or a word's first."""
    letters = [c for c in short if c.isalnum()]
    if not letters or len(short) > 12 or " " in short:
        return False
    if any(sorted(short) == sorted(letters) for letters in initials(long_)):
        return True  # also in the order of another language: "CEI" for "Italian Episcopal Conference"
    at = 0
    for c in long_:
        if at < len(letters) and c == letters[at]:
            at += 1
    return at == len(letters) and letters[0] in {w[0] for w in long_.split()}


def is_body(word: str) -> bool:
    """The last word of a name that says what sort of organisation it is: "… Loan Association"."""
    noun = heads().get(word)
    return word in affixes("tail") or (noun is not None and noun.type == "ORG")


def is_edition(word: str) -> bool:
    """The last word of what somebody makes or where he sells it: "… 3.0", "… Store"."""
    noun = heads().get(word)
    return any(c.isdigit() for c in word) or (noun is not None and noun.type in ("FAC", "PRODUCT"))


def tails(key: str) -> list[str]:
    """ "Intelligence Committee" for "House Intelligence Committee": a body of a kind that has one of its name."""
    words = key.split()
    last = heads().get(words[-1])
    sort = last is not None and last.type == "ORG" and last.kind != "company"
    if len(words) < 3 or not (sort or words[-1] in affixes("body")):
        return []
    starts = [at for at in range(1, len(words) - 1) if words[at] not in SMALL and "of" not in words[:at]]
    if words[-1] in affixes("seat") and "for" in words:  # "Court of Appeals for the | Tenth Circuit"
        starts.append(words.index("for") + 1 + (words[words.index("for") + 1] == "the"))
    return [" ".join(words[at:]) for at in starts]


def parts(key: str) -> set[str]:
    """Shorter forms of an organisation's name: without descriptive words at its end or at its front."""
    words = key.split()
    found = set()
    table = known_names()
    last = len(words)
    while last > 1 and (words[last - 1] in affixes("tail") or words[last - 1] in affixes("legal")):
        last -= 1
        found.add(" ".join(words[:last]))
    first = 0
    while first < len(words) - 1:
        word = words[first].removesuffix("'s")
        two = " ".join(words[first : first + 2]).removesuffix("'s")
        if first + 2 < len(words) and two in table:
            first += 2
        elif word in affixes("front") or word in table:
            first += 1
        else:
            break
        rest = words[first:]
        if rest[0] not in affixes("front"):
            found.add(" ".join(rest))
            if "of" in rest[1:]:
                found.add(" ".join(rest[: rest.index("of")]))
    if is_place_of(key):
        found.add(" ".join(words[2:]))
    if "for" in words[2:]:  # "Foo Foundation for the Arts"; but the Foo Council on Bar is not the Foo Council
        noun = heads().get(words[words.index("for", 2) - 1])
        if noun is not None and noun.type == "ORG":
            found.add(" ".join(words[: words.index("for", 2)]))
    if "of" in words[2:] and not is_place_of(key) and words[words.index("of", 2) - 1] not in ("department", "ministry"):
        found.add(" ".join(words[: words.index("of", 2)]))
    return found - {key}
