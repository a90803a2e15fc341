"""Bodies: which there are on a day, and what is known of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.registry.queries.together import Asked, together
from tavolo.tables import rules
from tavolo.tables.models import (
    Body,
    BodyLineage,
    BodyName,
    BodyPurpose,
    BodyTerritory,
    Seat,
    Sphere,
)
from tavolo.tables.queries.names import main_name

BODY_ORDER = ("sort_key", "id")
OF_BODY = ("id", "uid", "code", "name", "sort_key", "number", "kind")
OF_AREA = ("id", "uid", "kind", "code", "name", "title", "sort_key")
OF_TOWN = ("id", "uid", "istat_code", "name", "sort_key")


@dataclass(frozen=True)
class BodyAsOf:
    """A body as of `on`. `names`: all that it bears or bore; `groups`: its parts on the day, by number.

    `exists`: it is there on that day. `before` are those that go on in it, `after` how it went on.
    """

    body: Body
    on: date
    known_at: datetime | None
    exists: bool
    name: str
    names: Sequence[BodyName]
    territories: Sequence[BodyTerritory]
    purposes: Sequence[BodyPurpose]
    spheres: Sequence[Sphere]
    groups: Sequence[Body]
    before: Sequence[BodyLineage]
    after: Sequence[BodyLineage]

    @property
    def official(self) -> BodyName | None:
        """The name in its act, where it is called otherwise."""
        official = main_name([row for row in self.names_now if row.kind == "official"])
        return official if official and official.name != self.name else None

    @property
    def names_now(self) -> list[BodyName]:
        return [row for row in self.names if self.on in row.period]


def body_by_code(code: str) -> Body:
    """With its network, parent and promoter. Refuses with NotFound."""
    rows = Body.objects.select_related("network", "parent", "promoter")
    body = rows.filter(code=code).first()
    if body is None:
        raise NotFound
    return body


def body_by_uid(uid: UUID) -> Body:
    """The same by its uid. Refuses with NotFound."""
    body = Body.objects.select_related("network", "parent", "promoter").filter(uid=uid).first()
    if body is None:
        raise NotFound
    return body


def bodies_on(
    on: date,
    *,
    network: Network | None = None,
    kind: str = "",
    words: str = "",
    at_the_top: bool = False,
) -> QuerySet[Body]:
    """The bodies that are there on a day, with networks and parents.

    Found by every word of a name that they bear or bore. `at_the_top`: those that are part of none.
    """
    rows = Body.objects.select_related("network", "parent").filter(_there(on))
    if network is not None:
        rows = rows.filter(network=network)
    if kind:
        rows = rows.filter(kind=kind)
    if at_the_top:
        rows = rows.filter(parent=None)
    return called(rows, words)


def called(rows: QuerySet[Body], words: str) -> QuerySet[Body]:
    """Those of them in a name of which, borne or once borne, every word is found."""
    for word in search_key(words).split():
        named = BodyName.objects.known().filter(search_key__contains=word)
        rows = rows.filter(Q(search_key__contains=word) | Q(pk__in=named.values("body")))
    return rows


def with_adherents(rows: QuerySet[Body], *, on: date) -> QuerySet[Body]:
    """Each with `adherents`: how many seats make it up on the day; in the same query."""
    seats = Seat.objects.on(on).filter(body=OuterRef("pk"), role__in=sorted(rules.ADHERENTS))
    counted = seats.order_by().values("body").annotate(number=Count("pk")).values("number")
    return rows.annotate(adherents=Coalesce(Subquery(counted), 0))


def body_as_of(body: Body, *, on: date, known_at: datetime | None = None) -> BodyAsOf:
    """What holds of a body on a day, as it is known now or was known on an instant; two queries."""
    told = {"body": OF_BODY, "successor": OF_BODY}
    lineage = BodyLineage.objects.known(known_at)
    # Apart from the others: what stands in JSON within JSON would come as text on SQLite.
    purposes = BodyPurpose.objects.on(on, known_at=known_at).filter(body=body)
    names, places, spheres, groups, before, after = together(
        Asked(BodyName.objects.known(known_at).filter(body=body)),
        Asked(
            BodyTerritory.objects.on(on, known_at=known_at).filter(body=body),
            {"area": OF_AREA, "municipality": OF_TOWN},
        ),
        Asked(Sphere.objects.filter(network=body.network)),
        Asked(Body.objects.filter(_there(on), parent=body)),
        Asked(lineage.filter(successor=body), told),
        Asked(lineage.filter(body=body), told),
    )
    now = main_name([name for name in names if on in name.period])
    return BodyAsOf(
        body=body,
        on=on,
        known_at=known_at,
        exists=on in body.period,
        name=now.name if now else body.name,
        names=sorted(names, key=lambda row: (row.valid_from or date.min, row.pk)),
        territories=sorted(places, key=_by_place),
        purposes=list(purposes.order_by("number", "id")),
        spheres=sorted(spheres, key=lambda row: row.number),
        groups=groups_in_order(groups),
        before=sorted(before, key=_by_day),
        after=sorted(after, key=_by_day),
    )


def groups_in_order(groups: Iterable[Body]) -> list[Body]:
    """Those with a number first, by it; then by name."""
    return sorted(groups, key=lambda row: (row.number is None, row.number or 0, row.sort_key))


def _there(on: date) -> Q:
    began = Q(valid_from__isnull=True) | Q(valid_from__lte=on)
    return began & (Q(valid_until__isnull=True) | Q(valid_until__gt=on))


def _by_place(row: BodyTerritory) -> tuple[str, str, int]:
    area, town = row.area, row.municipality
    return area.sort_key if area else "", town.sort_key if town else "", row.pk


def _by_day(row: BodyLineage) -> tuple[date, int]:
    return row.valid_from or date.min, row.pk
