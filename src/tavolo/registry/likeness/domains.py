"""The domains of web and e-mail that are an organisation's own, and nobody else's."""

from collections.abc import Iterable
from urllib.parse import urlsplit

FREE_MAIL = frozenset(
    {
        "alice.it", "aruba.it", "email.it", "fastwebnet.it", "gmail.com", "googlemail.com",
        "hotmail.com", "hotmail.it", "icloud.com", "inwind.it", "iol.it", "legalmail.it",
        "libero.it", "live.com", "live.it", "mail.com", "me.com", "msn.com", "outlook.com",
        "outlook.it", "pec.it", "pecimprese.it", "postecert.it", "proton.me", "protonmail.com",
        "tim.it", "tin.it", "tiscali.it", "virgilio.it", "yahoo.com", "yahoo.it", "ymail.com",
    }
)  # fmt: skip
PLATFORMS = frozenset(
    {
        "altervista.org", "blogspot.com", "facebook.com", "google.com", "instagram.com",
        "jimdo.com", "linkedin.com", "linktr.ee", "twitter.com", "webnode.it", "weebly.com",
        "wix.com", "wixsite.com", "wordpress.com", "x.com", "youtube.com",
    }
)  # fmt: skip


def domains_of(addresses: Iterable[str]) -> frozenset[str]:
    """The domains of web and e-mail addresses that are an organisation's own."""
    return frozenset(domain for address in addresses if (domain := _domain(address)))


def _domain(address: str) -> str:
    if "@" in address:
        host = address.rpartition("@")[2]
    else:
        try:
            host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
        except ValueError:
            return ""
    host = host.strip().lower().removeprefix("www.").removeprefix("pec.")
    shared = any(host == each or host.endswith(f".{each}") for each in FREE_MAIL | PLATFORMS)
    return "" if shared or "." not in host else host
