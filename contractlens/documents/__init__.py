"""A file becomes text that remembers where it came from."""

from typing import TYPE_CHECKING

from contractlens.fetching import fetched

if TYPE_CHECKING:
    from contractlens.documents.document import Document, View
    from contractlens.documents.limits import Opening
    from contractlens.documents.opening import open_document, read_document
    from contractlens.documents.place import Evidence

__all__ = ["Document", "Evidence", "Opening", "View", "open_document", "read_document"]

__getattr__ = fetched(
    __name__,
    {"Document": "document", "View": "document", "Opening": "limits", "open_document": "opening", "read_document": "opening", "Evidence": "place"},
)
