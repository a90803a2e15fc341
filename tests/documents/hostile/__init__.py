"""Files that mean harm, made by code: none of them is kept in the repository."""

from tests.documents.hostile.cases import CASES as ALONE
from tests.documents.hostile.cases import Case
from tests.documents.hostile.within import WITHIN

CASES = (*ALONE, *WITHIN)

__all__ = ["CASES", "Case"]
