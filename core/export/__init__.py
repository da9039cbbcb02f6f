"""Analysis -> file: one module a format."""

from newsdash.core.export.files import cannot_write, write
from newsdash.core.export.markdown import to_markdown
from newsdash.core.export.plain import printable
from newsdash.core.export.report import to_report

__all__ = ["cannot_write", "printable", "to_markdown", "to_report", "write"]
