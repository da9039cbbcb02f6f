"""Words to pieces of the encoder's vocabulary, with a cache: most words of a text have been seen before."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer

MOST_PIECES = 6
"""A word is cut to this many pieces (the first ones and the last): no name needs more, and no text may cost more."""
LONGEST_WORD = 60
CACHE_SIZE = 200_000


class Pieces:
    """Piece ids of words.  `cls`, `sep`, `unk` are the ids of the special pieces."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        self.cls, self.sep, self.unk = (self.special(name) for name in ("[CLS]", "[SEP]", "[UNK]"))
        self.known: dict[str, tuple[int, ...]] = {}

    @classmethod
    def from_file(cls, path: Path) -> Pieces:
        """Read a ``tokenizer.json``."""
        from tokenizers import Tokenizer

        return cls(Tokenizer.from_file(str(path)))

    def special(self, name: str) -> int:
        """Id of a special piece; ValueError if the vocabulary lacks it."""
        found = self.tokenizer.token_to_id(name)
        if found is None:
            raise ValueError(f"the vocabulary has no piece {name}")
        return int(found)

    def __contains__(self, word: object) -> bool:
        """Whether a word (lower case) is one whole piece: a common word."""
        return isinstance(word, str) and self.tokenizer.token_to_id(word) is not None

    def __call__(self, words: list[str]) -> list[tuple[int, ...]]:
        """Ids of the pieces of each word, at least one and at most `MOST_PIECES` a word."""
        known = self.known
        new = sorted({w for w in words if w not in known})
        if new:
            if len(known) > CACHE_SIZE:
                known.clear()
                new = sorted(set(words))
            encoded = self.tokenizer.encode_batch([clean(w) for w in new], add_special_tokens=False)
            for word, found in zip(new, encoded, strict=True):
                ids = tuple(found.ids) or (self.unk,)
                known[word] = ids if len(ids) <= MOST_PIECES else (*ids[: MOST_PIECES - 1], ids[-1])
        return [known[w] for w in words]


def clean(word: str) -> str:
    """A word as the encoder knows it: no endless words, plain quotation marks and dashes."""
    if len(word) > LONGEST_WORD:
        word = word[: LONGEST_WORD // 2] + word[-LONGEST_WORD // 2 :]
    word = word.translate(PLAIN)
    return word if word.isascii() else unicodedata.normalize("NFKC", word)


PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "\u00ad": ""}
)
"""The encoder saw mostly plain quotation marks: curly ones would be rare pieces with poor vectors."""
