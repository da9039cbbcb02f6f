"""Names found by another installed spaCy pipeline in place of ours (``--entities en_core_web_trf``)."""

from __future__ import annotations

from newsdash.core.language.labels import NAME_TYPES
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

FACTORY = "newsdash_borrowed_names"
TYPES = {kind: kind for kind in NAME_TYPES} | {
    "PER": "PERSON", "LOCATION": "LOC", "ORGANIZATION": "ORG", "FACILITY": "FAC", "WORK": "WORK_OF_ART",
}  # fmt: skip
"""Labels of other pipelines and our types; what stands for none of them (dates, numbers, MISC) is not taken over."""


@Language.factory(FACTORY, default_config={"pipeline": ""}, assigns=["doc.ents"])  # type: ignore[untyped-decorator]
def make(nlp: Language, name: str, pipeline: str) -> BorrowedNames:
    """The component of that name; ValueError when the pipeline cannot be loaded or finds no names."""
    return BorrowedNames(pipeline)


class BorrowedNames:
    """Sets `doc.ents` from the other pipeline's reading of the same text."""

    def __init__(self, pipeline: str) -> None:
        import spacy

        try:
            self.other = spacy.load(pipeline)
        except (OSError, ImportError, ValueError) as error:
            raise ValueError(
                f"{pipeline} is no installed spaCy pipeline ({str(error).splitlines()[0]}); "
                "install it, or leave --entities out."
            ) from error
        if not {"ner", "entity_ruler"} & set(self.other.pipe_names):
            raise ValueError(f"{pipeline} finds no names (its parts: {', '.join(self.other.pipe_names)}).")

    def __call__(self, doc: Doc) -> Doc:
        """The Doc with the other's names, laid on our words."""
        self.other.max_length = max(self.other.max_length, len(doc.text) + 1)
        doc.ents = tuple(filter_spans([span for e in self.other(doc.text).ents if (span := laid(doc, e)) is not None]))
        return doc


def laid(doc: Doc, ent: Span) -> Span | None:
    """A name of another Doc of the same text as a span of ours; None when its type is not ours."""
    kind = TYPES.get(ent.label_)
    return doc.char_span(ent.start_char, ent.end_char, label=kind, alignment_mode="expand") if kind else None
