from tavolo.documents.models.documents import Document, Version
from tavolo.documents.models.keeping import KeptLonger

__all__ = ["Document", "KeptLonger", "Version"]
