"""The register as of a day: who was there, under the name of that day, as what, and where."""

from datetime import date, datetime

from django.db.models import (
    Case,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import OrderBy
from django.db.models.functions import Coalesce

from tavolo.kernel.dated import latest_first
from tavolo.registry.models import (
    Organisation,
    OrganisationName,
    Participation,
    Seat,
    Standing,
)
from tavolo.registry.queries.today import NAMES_IN_ORDER, SEATS_IN_ORDER
from tavolo.registry.queries.words import matching
from tavolo.territory.models import Municipality

# The order of a page of it, for `kernel.paging.page_of`.
REGISTER_ORDER = ("sort_key_then", "id")


def register_on(
    day: date,
    *,
    words: str = "",
    kind: str = "",
    legal_form: str = "",
    network: str = "",
    municipality: Municipality | None = None,
    known_at: datetime | None = None,
) -> QuerySet[Organisation]:
    """The organisations that bore a name on that day, with what held then; those merged are left out.

    Each row carries `name_then`, `sort_key_then`, `kind_then`, `legal_form_then` and `place_then`,
    the name of the municipality of its public seat or "". `words` are looked for in every name of
    that day, official, in use or short; `network` is the slug of one in which it took part then.
    """
    held = OrganisationName.objects.on(day, known_at=known_at)
    held = held.filter(matching(words), organisation=OuterRef("pk"))
    rows = Organisation.objects.filter(Exists(held), merged_into__isnull=True)
    rows = _with_what_held(rows, day, known_at)
    if kind:
        rows = rows.filter(Q(("kind_then", kind)))
    if legal_form:
        rows = rows.filter(Q(("legal_form_then", legal_form)))
    if municipality is not None:
        there = Seat.objects.on(day, known_at=known_at).filter(public=True)
        rows = rows.filter(pk__in=there.filter(municipality=municipality).values("organisation"))
    if network:
        # A list of keys, read once: asked row by row, SQLite goes through the network each time.
        taking_part = Participation.objects.on(day).filter(network__slug=network)
        rows = rows.filter(pk__in=taking_part.values("organisation"))
    return rows


def _with_what_held(
    rows: QuerySet[Organisation], day: date, known_at: datetime | None
) -> QuerySet[Organisation]:
    names = _names(day, known_at)
    standings = Standing.objects.on(day, known_at=known_at).filter(organisation=OuterRef("pk"))
    standings = standings.order_by(latest_first(), *_then())
    places = _seats(day, known_at).filter(municipality__isnull=False)
    return rows.annotate(
        name_then=Subquery(names.values("name")[:1]),
        sort_key_then=Subquery(names.values("sort_key")[:1]),
        kind_then=Coalesce(Subquery(standings.values("kind")[:1]), F("kind")),
        legal_form_then=Coalesce(Subquery(standings.values("legal_form")[:1]), Value("")),
        place_then=Coalesce(Subquery(places.values("municipality__name")[:1]), Value("")),
    )


def _names(day: date, known_at: datetime | None) -> QuerySet[OrganisationName]:
    rows = OrganisationName.objects.on(day, known_at=known_at).filter(organisation=OuterRef("pk"))
    return rows.annotate(place=_place(NAMES_IN_ORDER)).order_by("place", latest_first(), *_then())


def _seats(day: date, known_at: datetime | None) -> QuerySet[Seat]:
    rows = Seat.objects.on(day, known_at=known_at).filter(organisation=OuterRef("pk"), public=True)
    return rows.annotate(place=_place(SEATS_IN_ORDER)).order_by("place", latest_first(), *_then())


def _place(order: tuple[str, ...]) -> Case:
    return Case(*(When(Q(kind=kind), then=Value(place)) for place, kind in enumerate(order)))


def _then() -> tuple[OrderBy, str]:
    # As `the_one` has it in Python: of equals the one that ends first.
    return F("valid_until").asc(nulls_last=True), "-pk"
