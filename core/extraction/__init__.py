"""Doc -> Analysis: each part reads the parse and what the parts before it found, and adds its own records."""

from newsdash.core.extraction.analysis import Part, analyse, analyse_many, read_in_parts

__all__ = ["Part", "analyse", "analyse_many", "read_in_parts"]
