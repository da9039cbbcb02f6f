"""Entities under all their names."""

from __future__ import annotations

from newsdash.core.extraction.entities.antecedents import Resolve, antecedent
from newsdash.core.extraction.entities.building import build
from newsdash.core.extraction.entities.names import find_names
from newsdash.core.extraction.entities.naming import join_names
from newsdash.core.extraction.entities.phrases import find_phrases
from newsdash.core.extraction.entities.reading import Reading
from newsdash.core.extraction.entities.roles import find_roles, lay_out
from newsdash.core.extraction.entities.types import settle_types
from newsdash.core.records import Entity
from spacy.tokens import Doc

__all__ = ["find_entities"]


def find_entities(doc: Doc, resolve: Resolve = antecedent) -> tuple[Entity, ...]:
    """All entities, in the order of their first mention; ``resolve`` says what pronouns stand for."""
    names = settle_types(doc, find_names(doc))
    naming = join_names(doc, names)
    layout = lay_out(doc, find_phrases(doc), names)
    Reading(layout, naming, find_roles(layout), resolve).run()
    return build(doc, naming.actors)
