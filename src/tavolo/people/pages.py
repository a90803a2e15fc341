"""Pages of this site by their addresses: which there are, and which network answers for each."""

from urllib.parse import urlsplit

from django.conf import settings
from django.urls import Resolver404, ResolverMatch, resolve
from django.utils.translation import override

from tavolo.kernel.models import Network
from tavolo.people.plugs import page_owners


def path_of(address: str) -> str:
    """The bare path of an address of ours, in the first language; "" for any other address."""
    told = urlsplit(address.strip())
    ours = urlsplit(settings.TAVOLO_BASE_URL)
    if told.netloc and (told.scheme, told.netloc) != (ours.scheme, ours.netloc):
        return ""
    path = _in_first_language(told.path)
    return path if _match(path) else ""


def network_of(path: str) -> Network | None:
    """Who answers for a page: its network; the only network there is; else nobody but the operator."""
    match = _match(path)
    found = (owner.network_of(match.view_name, match.kwargs) for owner in page_owners if match)
    network = next((each for each in found if each), None)
    if network is not None:
        return network
    every = list(Network.objects.order_by("id")[:2])
    return every[0] if len(every) == 1 else None


def _in_first_language(path: str) -> str:
    for code, _name in settings.LANGUAGES:
        if code != settings.LANGUAGE_CODE and path.startswith(f"/{code}/"):
            return path.removeprefix(f"/{code}")
    return path


def _match(path: str) -> ResolverMatch | None:
    with override(settings.LANGUAGE_CODE):
        try:
            return resolve(path) if path else None
        except Resolver404:
            return None
