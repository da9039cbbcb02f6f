"""Doc -> Analysis: each part reads the parse and what the parts before it found, and adds its own records."""

from newsdash.core.extraction.analysis import analyse, analyse_many

__all__ = ["analyse", "analyse_many"]
