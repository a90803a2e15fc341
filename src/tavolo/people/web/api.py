"""`/api/v1/me`: whose key it is, and what it allows."""

from datetime import datetime
from typing import Annotated, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from pydantic import Field
from typing_extensions import TypedDict

from tavolo.kernel.models import Network
from tavolo.people.models import ApiToken
from tavolo.people.web.bearer import Bearer, actor_in, private
from tavolo.ui.api import Router

router = Router(tags=["people"])


class RoleHeld(TypedDict):
    role: Annotated[
        str, Field(description=gettext_noop("One of: network_secretary, organisation_member."))
    ]
    network: Annotated[str, Field(description=gettext_noop("The slug of a network."))]


class Me(TypedDict):
    """Whose key it is."""

    person: Annotated[UUID, Field(description=gettext_noop("Who acts, in the journal."))]
    name: str
    key: Annotated[str, Field(description=gettext_noop("How the key begins."))]
    scopes: Annotated[
        list[str], Field(description=gettext_noop("What the key allows besides reading."))
    ]
    expires_at: datetime
    roles: Annotated[list[RoleHeld], Field(description=gettext_noop("What its owner does today."))]


EXAMPLE: Final = {
    "person": "0f7b3f0e-57c1-4c58-9d9b-3d1d6f0b8a21",
    "name": "Persona di prova",
    "key": "tvl_9aZk3Q",
    "scopes": ["commitments:step"],
    "expires_at": "2027-05-21T08:00:00Z",
    "roles": [{"role": "network_secretary", "network": "lucca"}],
}


@router.reads(
    "/me",
    name="me",
    answers=Me,
    summary=gettext_noop("Whose key it is"),
    description=gettext_noop("Its owner with the roles of today, and what the key allows."),
    example=EXAMPLE,
    key=Bearer(),
)
def me(request: HttpRequest) -> HttpResponse:
    token: ApiToken = request.auth  # type: ignore[attr-defined]  # `Bearer` gives it
    return private(
        Me(
            person=token.account.person.uid,
            name=token.account.person.name,
            key=token.prefix,
            scopes=token.scopes,
            expires_at=token.expires_at,
            roles=_roles(request),
        )
    )


def _roles(request: HttpRequest) -> list[RoleHeld]:
    held = {(role.key, role.network) for role in actor_in(request).roles if role.network}
    rows = Network.objects.filter(uid__in={uid for _key, uid in held})
    slugs = dict(rows.values_list("uid", "slug"))
    return [
        RoleHeld(role=key, network=slug)
        for slug, key in sorted((slugs[uid], key) for key, uid in held if uid in slugs)
    ]
