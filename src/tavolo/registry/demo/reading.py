"""Examples of the addresses that programs read."""

from collections.abc import Iterator

from tavolo.kernel.plugs import Example
from tavolo.registry.models import Organisation

CODE = "comune-di-rozzano"


def read_examples() -> Iterator[Example]:
    """The list, and one organisation of it; its uid is another in each installation."""
    yield Example("api:organisations", query="?kind=school")
    for uid in Organisation.objects.filter(code=CODE).values_list("uid", flat=True):
        yield Example("api:organisation", {"uid": uid})
        yield Example("api:organisation", {"uid": uid}, query="?as_of=2016-02-23")
