"""Text -> parsed Doc: a spaCy pipeline around one small encoder.  `load()` is all that other rooms need."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.language import Language

__all__ = ["load"]


@lru_cache(maxsize=2)
def load(threads: int = 1) -> Language:
    """The pipeline: tokens, sentences, tags, morphology, lemmas, dependencies, names and word vectors.

    Loaded once a process.  FileNotFoundError when the weights are missing.
    """
    from newsdash.core.language.component import build
    from newsdash.core.language.place import folder

    return build(folder(), threads)
