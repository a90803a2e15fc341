from collections.abc import Iterator
from typing import Any

import pytest

from tests.imports.toy import registered


@pytest.fixture
def toy() -> Iterator[Any]:
    with registered() as kind:
        yield kind
