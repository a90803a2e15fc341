"""The code with which an empty installation is begun: printed by `serve`, kept as a digest in a file of its home.

As long as the file is there nobody has begun; whoever began takes it away.
"""

import json
import os
import secrets
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare, salted_hmac

from tavolo.desk.errors import CodeWrong
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.people import attempts
from tavolo.people.models import Account

VALID_FOR = timedelta(days=1)
# Without signs that are taken for one another.
SIGNS, GROUPS, IN_A_GROUP = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789", 3, 4
FROM_AN_ADDRESS = attempts.Limit("code of the beginning from an address", 5, attempts.QUARTER)
PROVED = "beginning"


def has_begun() -> bool:
    """Whether there is a network, an account, or a demonstration."""
    return (
        Network.objects.exists() or Account.objects.exists() or bool(installation().demonstration)
    )


def is_waiting() -> bool:
    """Whether a code was printed and nobody has begun; asks nothing of the database."""
    return _file().exists()


def new_code() -> str:
    """A new code, in groups; the one before is worth nothing any more."""
    groups = ("".join(secrets.choice(SIGNS) for _sign in range(IN_A_GROUP)) for _g in range(GROUPS))
    code = "-".join(groups)
    ends = clock.now() + VALID_FOR
    text = json.dumps({"digest": _digest(code), "ends": ends.isoformat()})
    _file().unlink(missing_ok=True)
    with os.fdopen(os.open(_file(), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    return code


def prove(request: HttpRequest, code: str) -> None:
    """Let this browser begin. Refuses with TooManyAttempts, and CodeWrong."""
    place = attempts.take(FROM_AN_ADDRESS, attempts.address_of(request))
    digest = _digest(code)
    if not _holds(digest):
        raise CodeWrong
    attempts.give_back(place)
    request.session.cycle_key()
    request.session[PROVED] = digest


def has_proved(request: HttpRequest) -> bool:
    """Whether this browser gave the code that still holds."""
    return _holds(str(request.session.get(PROVED, "")))


def end() -> None:
    """The code is worth nothing any more: somebody has begun."""
    _file().unlink(missing_ok=True)


def _file() -> Path:
    return Path(settings.TAVOLO_HOME) / "beginning.json"


def _holds(digest: str) -> bool:
    try:
        kept: dict[str, Any] = json.loads(_file().read_text())
    except FileNotFoundError:
        return False
    return clock.now() < datetime.fromisoformat(kept["ends"]) and constant_time_compare(
        kept["digest"], digest
    )


def _digest(code: str) -> str:
    signs = "".join(sign for sign in code.upper() if sign in SIGNS)
    return salted_hmac("tavolo.desk.beginning", signs, algorithm="sha256").hexdigest()
