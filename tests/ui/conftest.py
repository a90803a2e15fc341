from collections.abc import Iterator

import pytest
from django.utils import translation


@pytest.fixture(autouse=True)
def _italian() -> Iterator[None]:
    """A request in English leaves its language in the thread; the next test begins in Italian."""
    with translation.override("it"):
        yield
