"""How often something may be tried: counted in the database cache, where every process sees it.

Time is cut into stretches of `seconds`; in each there are `most` places for whoever is meant. A place is
taken before a password is looked at, so that a hundred tries at once cannot pass, and given back when it
was right. Who is meant is kept as a keyed digest: no e-mail and no address can be read from the table.
"""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from django.core.cache import caches
from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from tavolo.kernel import clock
from tavolo.people.errors import TooManyAttempts

QUARTER, HOUR, DAY = 15 * 60, 60 * 60, 24 * 60 * 60
IPV6_PREFIX = 64
ATTEMPTS_TABLE = "kernel_attempts"  # as CACHES names it; a test holds the two together


@dataclass(frozen=True)
class Limit:
    """`most` tries in `seconds`, for each of whom the caller names."""

    key: str
    most: int
    seconds: int


# Account and address together, so that nobody can shut out another from elsewhere (docs/decisions/0022).
SIGN_IN_PAIR = Limit("sign-in of an account from an address", 5, QUARTER)
SIGN_IN_ADDRESS = Limit("sign-in from an address", 50, QUARTER)
# Only who knows the password comes this far: the account alone is meant.
SECOND_FACTOR = Limit("second factor", 5, QUARTER)
SECOND_FACTOR_DAY = Limit("second factor in a day", 25, DAY)
RESET_ACCOUNT = Limit("reset asked for an account", 3, HOUR)
RESET_ADDRESS = Limit("reset asked from an address", 20, HOUR)
CORRECTION_ADDRESS = Limit("request about personal data from an address", 10, HOUR)
CORRECTION_EMAIL = Limit("request about personal data for an e-mail", 5, DAY)
TOKEN_ADDRESS = Limit("key for programs from an address", 50, QUARTER)
NEW_EMAIL = Limit("another e-mail for an account", 5, DAY)
NEW_PASSWORD = Limit("password chosen from an address", 20, QUARTER)


def take(limit: Limit, *who: str) -> str:
    """Take one place; returns it, to be given back. Refuses with TooManyAttempts where none is left."""
    cache = caches["attempts"]
    places = _places(limit, *who)
    taken = cache.get_many(places)
    for place in places:
        # `add` writes only what is not there: of two processes one goes on to the next place.
        if place not in taken and cache.add(place, 1, timeout=2 * limit.seconds):
            return place
    raise TooManyAttempts


def give_back(*places: str) -> None:
    """It was no failure: the places are free again."""
    caches["attempts"].delete_many(places)


def first_use(*what: str, seconds: int) -> bool:
    """Whether this has not been used in the last `seconds`, anywhere; now it has."""
    return caches["attempts"].add(_digest("used", *what), 1, timeout=seconds)


def forget_past() -> int:
    """Drop what no limit looks at any more; returns how many. The cache itself only does so when it is full."""
    table = connection.ops.quote_name(ATTEMPTS_TABLE)
    with connection.cursor() as cursor:
        cursor.execute(
            f"DELETE FROM {table} WHERE expires < %s",  # noqa: S608  # the table's name is ours
            [connection.ops.adapt_datetimefield_value(clock.now())],
        )
        return int(cursor.rowcount)


def address_of(request: HttpRequest) -> str:
    """The client's address; of an IPv6 address its network, of which one client has all."""
    told = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(told)
    except ValueError:
        return str(told)
    if isinstance(address, IPv6Address):
        return str(ip_network((address, IPV6_PREFIX), strict=False))
    return str(address)


def _places(limit: Limit, *who: str) -> list[str]:
    stretch = int(clock.now().timestamp()) // limit.seconds
    stem = _digest(limit.key, str(stretch), *who)
    return [f"{stem}:{number}" for number in range(limit.most)]


def _digest(*what: str) -> str:
    return salted_hmac("tavolo.people.attempts", "\n".join(what), algorithm="sha256").hexdigest()
