"""Files that mean harm, made by code: none of them is kept in the repository."""

from tests.documents.hostile.cases import CASES, Case

__all__ = ["CASES", "Case"]
