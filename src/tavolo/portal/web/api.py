"""`/api/v1/search`: what everybody may find, for programs."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_noop
from ninja.params.functions import Query
from pydantic import AfterValidator, Field
from typing_extensions import TypedDict

from tavolo.kernel.actor import ANONYMOUS
from tavolo.portal.web.search import localised
from tavolo.search import queries
from tavolo.search.plugs import public_kinds
from tavolo.search.queries import Group, Result
from tavolo.ui.api import Router, answer, plain, wrong
from tavolo.ui.api.parameters import LONGEST_WORDS, MOST

_UNKNOWN_KIND = gettext_noop("is no kind of thing that can be found")


class FoundThing(TypedDict):
    uid: Annotated[str, Field(json_schema_extra={"format": "uuid"})]
    kind: Annotated[
        str,
        Field(
            description=gettext_noop(
                "One of network, organisation, unit, office, municipality, area."
            )
        ),
    ]
    title: str
    place: Annotated[str, Field(description=gettext_noop("Where it is, or of whom; may be empty."))]
    url: Annotated[str, Field(description=gettext_noop("The address of its page."))]


class SearchAnswer(TypedDict):
    count: Annotated[
        int, Field(description=gettext_noop("How many there are, also beyond the results shown."))
    ]
    results: Annotated[list[FoundThing], Field(description=gettext_noop("The closest first."))]


EXAMPLE = SearchAnswer(
    count=1,
    results=[
        FoundThing(
            uid="0b3a3a5c-6e0f-4c5e-9a6e-2f4d1c1b7a10",
            kind="municipality",
            title="Rozzano",
            place="Città metropolitana di Milano",
            url="http://localhost:8000/territorio/comuni/015189/",
        )
    ],
)

Typed = Annotated[
    str,
    AfterValidator(plain),
    Query(
        ...,
        max_length=LONGEST_WORDS,
        description=gettext_noop(
            "Words as people type them: beginnings, without accents, with typing errors."
        ),
        example="rozzano",
    ),
]
Kind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=40,
        description=gettext_noop("One kind of thing alone; without it, all."),
        example="municipality",
    ),
]
Limit = Annotated[
    int,
    Query(
        queries.PAGE,
        ge=1,
        le=MOST,
        description=gettext_noop("How many the page holds at most."),
    ),
]

router = Router(tags=["search"])


@router.reads(
    "/search",
    name="search",
    answers=SearchAnswer,
    summary=gettext_noop("What is called so, or nearly so"),
    description=gettext_noop(
        "Networks, organisations, their units, who holds a public office, municipalities and areas,"
        " under the names that they have and had."
    ),
    example=EXAMPLE,
)
def search(request: HttpRequest, q: Typed, kind: Kind, limit: Limit) -> HttpResponse:
    """Refuses with WrongParameters a kind that nobody knows."""
    if kind and kind not in {searchable.key for searchable in public_kinds()}:
        raise wrong("kind", _UNKNOWN_KIND)
    found = queries.search(q, kind=kind, size=limit, facets=False)
    if found is None:
        return answer(_without_index(request, q, kind, limit))
    results = [_told(request, result) for result in found.results]
    return answer(SearchAnswer(count=found.count, results=results))


def _told(request: HttpRequest, result: Result) -> FoundThing:
    return FoundThing(
        uid=result.uid,
        kind=result.kind,
        title=result.title,
        place=result.place,
        url=request.build_absolute_uri(localised(result.url)),
    )


def _without_index(request: HttpRequest, words: str, kind: str, limit: int) -> SearchAnswer:
    """While there is no index: what begins so, from the database; `count` is what is shown."""
    groups = queries.found_by(ANONYMOUS, words, limit=limit)
    results = [
        thing
        for group in groups
        if kind in {"", group.searchable.key}
        for thing in _of(request, group)
    ][:limit]
    return SearchAnswer(count=len(results), results=results)


def _of(request: HttpRequest, group: Group) -> list[FoundThing]:
    return [
        FoundThing(
            uid=str(hit.uid),
            kind=group.searchable.key,
            title=hit.title,
            place=hit.note,
            url=request.build_absolute_uri(hit.url),
        )
        for hit in group.hits
    ]
