"""Who a program is: by a key in the header `Authorization`, never by a cookie; and its acts, done once."""

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja.params.functions import Header
from ninja.security import HttpBearer

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor, actor_of
from tavolo.kernel.idempotency import once
from tavolo.people import attempts
from tavolo.people.actions import note_token_use, record_by_token
from tavolo.people.choices import TokenScope
from tavolo.people.errors import KeyUsedOtherwise, TokenNotForThis, TokenRefused
from tavolo.people.models import ApiToken
from tavolo.people.queries import token_shown
from tavolo.ui.api import answer

CREATED = 201
LONGEST = 200
PRIVATE = "private, no-store"

# Whoever sends the same twice, because no answer came, does it once.
SentOnce = Annotated[
    UUID,
    Header(
        alias="Idempotency-Key",
        description=gettext_noop(
            "A UUID that you make for this act: sent again within a day, it gives the same answer"
            " and does nothing twice."
        ),
        example="7c9a52f4-6f0b-4b6b-9d5a-2f8d0f6f5a10",
    ),
]


class Bearer(HttpBearer):
    """Lets in who shows a key in force, made for `scope`; "" asks for any key.

    Afterwards `request.actor` is the key's owner, with the roles of this day, and `request.auth` the key.
    Refuses with TokenRefused, TokenNotForThis, and TooManyAttempts after fifty wrong keys from an address.
    """

    def __init__(self, scope: TokenScope | str = "") -> None:
        super().__init__()
        self.scope = str(scope)

    def __call__(self, request: HttpRequest) -> ApiToken:
        found: ApiToken | None = super().__call__(request)
        if found is None:
            raise TokenRefused
        if self.scope and self.scope not in found.scopes:
            raise TokenNotForThis
        request.actor = actor_of(found.account.person.uid, on=clock.today())  # type: ignore[attr-defined]
        note_token_use(found)
        return found

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        place = attempts.take(attempts.TOKEN_ADDRESS, attempts.address_of(request))
        found = token_shown(token) if len(token) <= LONGEST and token.isascii() else None
        if found is not None:
            attempts.give_back(place)
        return found


def actor_in(request: HttpRequest) -> Actor:
    """Who acts by the key that `Bearer` has let in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def private(data: Any) -> HttpResponse:
    """An answer for whoever showed the key alone: no cache keeps it."""
    found = answer(data)
    found["Cache-Control"] = PRIVATE
    return found


def acted_once(
    request: HttpRequest, key: UUID, do: Callable[[], Mapping[str, Any]]
) -> HttpResponse:
    """Do it, once for this key, with a note in the journal that a program did; answers 201.

    Refuses with KeyUsedOtherwise a key that was sent with something else.
    """
    asked = hashlib.sha256(request.path.encode() + b"\n" + request.body).hexdigest()
    actor, token = actor_in(request), request.auth  # type: ignore[attr-defined]  # `Bearer` gives it

    def act() -> str:
        done = do()
        record_by_token(token=token, address=request.path, by=actor)
        return json.dumps({"asked": asked, "done": done}, cls=DjangoJSONEncoder)

    found = private(_done(once(key, by=actor.person, do=act), asked))
    found.status_code = CREATED
    return found


def _done(kept: str, asked: str) -> Any:
    try:
        told = json.loads(kept)
    except ValueError:  # the key of a form on a page
        told = None
    if not isinstance(told, dict) or told.get("asked") != asked:
        raise KeyUsedOtherwise
    return told["done"]
