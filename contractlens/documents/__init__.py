"""A file becomes text that remembers where it came from."""

from contractlens.documents.document import Document
from contractlens.documents.opening import Opening, open_document, read_document
from contractlens.documents.place import Evidence
from contractlens.documents.walking import View

__all__ = ["Document", "Evidence", "Opening", "View", "open_document", "read_document"]
