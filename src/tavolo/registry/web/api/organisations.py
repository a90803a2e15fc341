"""`/organisations`: names, units, offices, what came before and after, on any day; public data alone."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_noop
from ninja.params.functions import Path, Query
from pydantic import AfterValidator

from tavolo.kernel.actor import ANONYMOUS
from tavolo.registry import queries
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation
from tavolo.registry.queries import REGISTER_ORDER
from tavolo.registry.web.api import examples, records, types
from tavolo.territory.models import Municipality
from tavolo.ui.address import query_with
from tavolo.ui.api import (
    After,
    AsOf,
    Limit,
    Router,
    Words,
    answer,
    day_of,
    listed,
    moved,
    plain,
    wrong,
)

LONGEST_KEY = 40
_NO_KIND = gettext_noop("is no kind of organisation")
_NO_TOWN = gettext_noop("is the code of no municipality at ISTAT")

Kind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_KEY,
        description=gettext_noop("Only organisations of this kind, by its key."),
        example="municipality",
    ),
]
Town = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_KEY,
        description=gettext_noop("Only those with a public seat in this municipality: ISTAT code."),
        example="046017",
    ),
]
Uid = Annotated[UUID, Path(description=gettext_noop("The uid, as the list gives it."))]


def offer(router: Router) -> None:
    """The addresses."""
    router.reads(
        "/organisations",
        name="organisations",
        answers=types.Organisations,
        summary=gettext_noop("Organisations that were there on a day"),
        description=gettext_noop("By name, under the names of the day."),
        example=examples.ORGANISATIONS,
    )(organisations)
    router.reads(
        "/organisations/{uid}",
        name="organisation",
        answers=types.Organisation,
        summary=gettext_noop("An organisation on a day"),
        description=gettext_noop(
            "With names, units, offices, predecessors and successors. What turned out to be another "
            "organisation leads to that one, with status 308."
        ),
        example=examples.ORGANISATION,
        also={308: types.OrganisationRef},
    )(organisation)


def organisations(
    request: HttpRequest,
    *,
    q: Words,
    kind: Kind,
    municipality: Town,
    as_of: AsOf,
    after: After,
    limit: Limit,
) -> HttpResponse:
    day = day_of(as_of)
    if kind and kind not in OrganisationKind.values:
        raise wrong("kind", _NO_KIND)
    rows = queries.register_on(day, words=q, kind=kind, municipality=_town(municipality))
    return listed(
        request,
        rows,
        lambda found: _listed(found, day),
        after=after,
        limit=limit,
        order=REGISTER_ORDER,
    )


def _listed(found: Sequence[Organisation], day: date) -> list[types.OrganisationInList]:
    briefs = queries.briefs(found, on=day)
    networks = queries.networks_of(found, on=day)
    return [records.in_list(row, briefs[row.pk], networks.get(row.pk, [])) for row in found]


def _town(code: str) -> Municipality | None:
    """The municipality that bears or bore that code. Refuses with WrongParameters what is none."""
    if not code:
        return None
    found = Municipality.objects.filter(versions__istat_code=code).order_by("pk").first()
    if found is None:
        raise wrong("municipality", _NO_TOWN)
    return found


def organisation(request: HttpRequest, *, uid: Uid, as_of: AsOf) -> HttpResponse:
    found = queries.organisation_by_uid(uid)
    if found.merged_into_id is not None:
        heir = queries.followed(found)
        place = reverse("api:organisation", args=[heir.uid])
        return moved(f"{place}{query_with(request.GET)}".rstrip("?"), records.ref(heir))
    shown = queries.organisation_as_of(found, on=day_of(as_of), actor=ANONYMOUS)
    return answer(records.organisation(shown, queries.voices_of(shown, actor=ANONYMOUS)))
