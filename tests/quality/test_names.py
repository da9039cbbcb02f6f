"""Names as the program gives them, in single sentences of news that were marked by hand and never trained on.

``pytest tests/quality/test_names.py -s`` prints the figures.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsdash.core.extraction.entities import find_entities
from newsdash.core.language.training.handmade import handmade

if TYPE_CHECKING:
    from spacy.language import Language

PLACES = {"GPE": "place", "LOC": "place", "FAC": "place", "PERSON": "PERSON", "ORG": "ORG"}
FLOOR = 87.5  # about two points under what was reached


def characters(record: dict[str, list[str]], first: int, end: int) -> tuple[int, int]:
    """Where the tokens first to end - 1 stand."""
    at = [0]
    for token, space in zip(record["tokens"], record["spaces"], strict=True):
        at.append(at[-1] + len(token) + bool(space))
    return at[first], at[end - 1] + len(record["tokens"][end - 1])


def test_names_of_people_bodies_and_places_do_not_get_lost_on_the_way(nlp: Language) -> None:
    right = told = wanted = 0
    records = handmade("test")
    for doc, record in nlp.pipe(((r["text"], r) for r in records), as_tuples=True):
        gold = {(*characters(record, a, b), PLACES[kind]) for a, b, kind in record["ents"] if kind in PLACES}
        unknown = [characters(record, a, b) for a, b in record["missing"]]
        found = {
            (m.start, m.end, PLACES[e.type])
            for e in find_entities(doc)
            for m in e.mentions
            if m.kind == "name" and e.type in PLACES and not any(m.start < z and a < m.end for a, z in unknown)
        }
        right, told, wanted = right + len(gold & found), told + len(found), wanted + len(gold)
    f1 = 200 * right / (told + wanted)
    print(f"\n{len(records)} sentences, {wanted} names: F1 {f1:.1f}, floor {FLOOR}")
    assert f1 >= FLOOR
