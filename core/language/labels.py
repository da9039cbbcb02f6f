"""The name labels, and the classes of shape and gap that give an uncased encoder back what it cannot see."""

from __future__ import annotations

NAME_TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW")
"""The types of names, as OntoNotes calls them."""

OUTSIDE = 0
NAME_LABELS = ("O", *(f"{mark}-{kind}" for kind in NAME_TYPES for mark in "BI"))
"""O, then B and I of each type: B of type k is 1 + 2k, I is 2 + 2k."""

SHAPES = 11
"""Number of word shapes, see `shape`; 0 is for pieces that are no word."""

GAP_NONE, GAP_BLANK_LINE, GAP_NEWLINE, GAP_SPACE, GAP_GLUED = range(5)
"""What stands before a word; the first is for pieces that are no word."""


def shape(word: str) -> int:
    """Class of a word by its characters: lower, Title, UPPER, one capital, Mixed, digits, and so on (1 to 10)."""
    if word.isalpha():
        if word.islower():
            return 1
        if len(word) == 1:
            return 4 if word.isupper() else 10
        if word.isupper():
            return 3
        if word[0].isupper() and word[1:].islower():
            return 2
        return 5 if word.lower() != word.upper() else 10
    if word.isdigit():
        return 6
    if any(c.isdigit() for c in word):
        return 7
    if any(c.isalpha() for c in word):
        return 9 if word[0].isupper() or (not word[0].isalpha() and word.upper() == word) else 1
    return 8
