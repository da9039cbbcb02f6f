"""The world -> Article: files, folders and pipes, one module a format."""

from newsdash.core.sources.folder import Problem, collect, sample
from newsdash.core.sources.reading import SourceError, read, read_bytes

__all__ = ["Problem", "SourceError", "collect", "read", "read_bytes", "sample"]
