"""A review as a report: for the terminal, as Markdown, as a web page."""

from contractlens.exports.html import as_html
from contractlens.exports.markdown import as_markdown
from contractlens.exports.text import as_text

__all__ = ["as_html", "as_markdown", "as_text"]
