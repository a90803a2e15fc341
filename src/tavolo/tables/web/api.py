"""`/bodies`: which there are in a network, and who sits in one on a day; public data alone."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja.params.functions import Path, Query
from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from tavolo.kernel.models import Network
from tavolo.registry.queries import networks
from tavolo.tables import queries
from tavolo.tables.choices import Category
from tavolo.tables.models import Body as BodyRow
from tavolo.tables.plugs import body_kinds
from tavolo.tables.queries import BODY_ORDER, SeatLine, Sent
from tavolo.ui.api import After, AsOf, Limit, Router, Words, answer, day_of, listed, plain, wrong

LONGEST_KEY = 60
_NO_NETWORK = gettext_noop("is the slug of no network")
_NO_KIND = gettext_noop("is no kind of body")
_NO_CATEGORY = gettext_noop("is no category of seats")

NetworkSlug = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_KEY,
        description=gettext_noop("Only the bodies of this network, by its slug."),
        example="milano",
    ),
]
Kind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_KEY,
        description=gettext_noop("Only bodies of this kind, by its key."),
        example="standing_table",
    ),
]
CategoryKey = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_KEY,
        description=gettext_noop("Only seats of this category, by its key."),
        example="association",
    ),
]
Code = Annotated[
    str,
    AfterValidator(plain),
    Path(max_length=80, description=gettext_noop("The word in the address of its page.")),
]


class BodyRef(TypedDict):
    uid: UUID
    code: Annotated[str, Field(description=gettext_noop("The word in the address of its page."))]
    name: str


class Body(BodyRef):
    kind: Annotated[str, Field(description=gettext_noop("The key of a kind of body."))]
    network: Annotated[str, Field(description=gettext_noop("The slug of a network."))]
    number: Annotated[
        int | None,
        Field(description=gettext_noop("Its number among the groups of its parent; may be empty.")),
    ]
    parent: Annotated[
        str, Field(description=gettext_noop("The code of the body it is a part of; may be empty."))
    ]
    established: Annotated[
        str, Field(description=gettext_noop("When an act made it, in EDTF; empty: not said."))
    ]
    started: Annotated[
        str, Field(description=gettext_noop("When its works began, in EDTF; empty: not said."))
    ]
    adherents: Annotated[
        int, Field(description=gettext_noop("How many seats make it up on the day."))
    ]


class Bodies(TypedDict):
    items: list[Body]
    total: int
    next: Annotated[
        str | None, Field(description=gettext_noop("The next page; empty on the last."))
    ]


class SentThere(TypedDict):
    name: Annotated[
        str, Field(description=gettext_noop("Who sits there; empty where that is not public."))
    ]
    kind: Annotated[
        str,
        Field(description=gettext_noop("effective, substitute; empty: by the office, or herself.")),
    ]
    words: Annotated[str, Field(description=gettext_noop("Her office, in words; may be empty."))]


class SeatThere(TypedDict):
    uid: UUID
    holder: Annotated[str, Field(description=gettext_noop("The name of the day."))]
    category: Annotated[str, Field(description=gettext_noop("The key of a category of seats."))]
    role: Annotated[str, Field(description=gettext_noop("The key of a role."))]
    vacant: Annotated[
        bool, Field(description=gettext_noop("Of an office that nobody holds on the day."))
    ]
    delegates: list[SentThere]
    valid_from: date | None
    valid_until: Annotated[
        date | None,
        Field(description=gettext_noop("The first day on which it holds no more; empty: it does.")),
    ]


class Roster(TypedDict):
    as_of: date
    count: int
    seats: list[SeatThere]


_EXAMPLE_BODY: Final = {
    "uid": "0c0ffee0-1111-4a0e-9d5e-1c2f8f0b7a11",
    "code": "tavolo-permanente-sulle-pari-opportunita",
    "name": "Tavolo permanente sulle pari opportunità",
    "kind": "standing_table",
    "network": "milano",
    "number": None,
    "parent": "",
    "established": "",
    "started": "2015-06-30",
    "adherents": 55,
}
_EXAMPLE_ROSTER: Final = {
    "as_of": "2015-06-30",
    "count": 1,
    "seats": [
        {
            "uid": "1c0ffee0-1111-4a0e-9d5e-1c2f8f0b7a11",
            "holder": "Comune di Rozzano",
            "category": "municipality",
            "role": "member",
            "vacant": False,
            "delegates": [{"name": "Persona di prova", "kind": "effective", "words": ""}],
            "valid_from": "2015-06-30",
            "valid_until": None,
        }
    ],
}

router = Router(tags=["tables"])


@router.reads(
    "/bodies",
    name="bodies",
    answers=Bodies,
    summary=gettext_noop("Bodies that were there on a day"),
    description=gettext_noop("Tables, coordinations, groups, commissions, by name."),
    example={"items": [_EXAMPLE_BODY], "total": 1, "next": None},
)
def bodies(
    request: HttpRequest,
    *,
    q: Words,
    network: NetworkSlug,
    kind: Kind,
    as_of: AsOf,
    after: After,
    limit: Limit,
) -> HttpResponse:
    day = day_of(as_of)
    if kind and kind not in {plug.key for plug in body_kinds}:
        raise wrong("kind", _NO_KIND)
    rows = queries.bodies_on(day, network=_network(network), kind=kind, words=q)
    return listed(
        request,
        queries.with_adherents(rows, on=day),
        lambda found: _listed(found, day),
        after=after,
        limit=limit,
        order=BODY_ORDER,
    )


@router.reads(
    "/bodies/{code}/roster",
    name="roster",
    answers=Roster,
    summary=gettext_noop("Who sits in a body on a day"),
    description=gettext_noop("As it is known today: `count` says how many seats."),
    example=_EXAMPLE_ROSTER,
)
def roster(
    request: HttpRequest,  # noqa: ARG001  # the router's contract
    *,
    code: Code,
    as_of: AsOf,
    category: CategoryKey,
) -> HttpResponse:
    day = day_of(as_of)
    if category and category not in Category.values:
        raise wrong("category", _NO_CATEGORY)
    found = queries.roster(queries.body_by_code(code), on=day, category=category)
    return answer(Roster(as_of=day, count=found.count, seats=[_seat(line) for line in found.lines]))


def _network(slug: str) -> Network | None:
    """Refuses with WrongParameters what is none."""
    if not slug:
        return None
    found = networks().filter(slug=slug).first()
    if found is None:
        raise wrong("network", _NO_NETWORK)
    return found


def _listed(found: Sequence[BodyRow], day: date) -> list[Body]:
    names = queries.names_on(found, on=day)
    return [
        Body(
            uid=row.uid,
            code=row.code,
            name=names[row.pk],
            kind=row.kind,
            network=row.network.slug,
            number=row.number,
            parent=row.parent.code if row.parent else "",
            established=str(row.established or ""),
            started=str(row.started or ""),
            adherents=row.adherents,  # type: ignore[attr-defined]  # `with_adherents`
        )
        for row in found
    ]


def _seat(line: SeatLine) -> SeatThere:
    seat = line.seat
    return SeatThere(
        uid=seat.uid,
        holder=line.holder,
        category=line.category,
        role=line.role,
        vacant=line.vacant,
        delegates=[_sent(one) for one in line.sent],
        valid_from=seat.valid_from,
        valid_until=seat.valid_until,
    )


def _sent(one: Sent) -> SentThere:
    return SentThere(name=one.name, kind=one.kind, words=one.words)
