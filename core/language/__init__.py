"""Text -> parsed Doc: a spaCy pipeline around one small encoder.  `load()` is all that other rooms need."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from spacy.language import Language

__all__ = ["follow", "load"]


@lru_cache(maxsize=2)
def load(threads: int = 1, entities: str | None = None) -> Language:
    """The pipeline: tokens, sentences, tags, morphology, lemmas, dependencies, names and word vectors.

    `entities` names an installed spaCy pipeline that finds the names instead.  Loaded once a process.
    FileNotFoundError when the weights are missing, ValueError when that pipeline cannot be used.
    """
    from newsdash.core.language.component import build
    from newsdash.core.language.place import folder

    nlp = build(folder(), threads)
    if entities:
        from newsdash.core.language.borrowed import FACTORY

        nlp.add_pipe(FACTORY, config={"pipeline": entities})
    return nlp


def follow(nlp: Language, tell: Callable[[float], None] | None) -> None:
    """Call ``tell`` with how much of a text is parsed, 0..1, every few thousand words; what it raises stops the parse.

    None: nobody is told any more.
    """
    from newsdash.core.language.component import Annotator

    for _, part in nlp.pipeline:
        if isinstance(part, Annotator):
            part.tell = tell
