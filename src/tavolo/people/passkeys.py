"""Passkeys: for which site they are made, and whether they can be."""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Sentence

LOCAL = "localhost"


def site() -> str:
    """The name of the site that passkeys belong to: the host of TAVOLO_BASE_URL."""
    return urlsplit(settings.TAVOLO_BASE_URL).hostname or LOCAL


def origin() -> str:
    """Where a passkey must have been used, as the browser tells it: scheme, host and port."""
    told = urlsplit(settings.TAVOLO_BASE_URL)
    return f"{told.scheme}://{told.netloc}".lower()


def why_not() -> Sentence:
    """What stands in the way of passkeys in this installation; "" where nothing does."""
    if _is_number(site()):
        return _(
            "Passkeys need a name: this installation is reached by a number (TAVOLO_BASE_URL), and"
            " browsers make none for it."
        )
    if urlsplit(settings.TAVOLO_BASE_URL).scheme != "https" and site() != LOCAL:
        return _("Passkeys need an address that begins with https (TAVOLO_BASE_URL).")
    return ""


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
