"""Answers: JSON as it is, lists page by page, files to keep."""

import json
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.encoding import iri_to_uri

from tavolo.kernel.errors import BadRequest
from tavolo.kernel.paging import page_of
from tavolo.ui.address import query_with
from tavolo.ui.api.parameters import NO_PLACE, wrong

M = TypeVar("M", bound=Model)

JSON = "application/json"
GEOJSON = "application/geo+json"


def answer(data: Any, *, content_type: str = JSON) -> HttpResponse:
    """The data as JSON. Days, uids and words to translate may stand in it; nothing is checked.

    What an address promises is in its `response`, and tests hold the two together: to check each
    row of a long list again would cost more than to find it.
    """
    text = json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":"))
    return HttpResponse(text, content_type=content_type)


def listed(
    request: HttpRequest,
    rows: QuerySet[M],
    shown: Callable[[Sequence[M]], list[Any]],
    *,
    after: str,
    limit: int,
    order: tuple[str, ...] = ("sort_key", "id"),
) -> HttpResponse:
    """One page of rows with how many there are and where the next begins, also as a Link header.

    `shown` turns the rows of the page into what is answered, all at once. Refuses with BadRequest
    a cursor that we did not write.
    """
    try:
        page = page_of(rows, order=order, after=after, size=limit)
    except BadRequest as fault:
        raise wrong("after", NO_PLACE) from fault
    further = query_with(request.GET, after=page.after) if page.after else None
    target = iri_to_uri(request.build_absolute_uri(f"{request.path}{further}")) if further else None
    found = answer({"items": shown(page.items), "total": page.total, "next": target})
    if target:
        found["Link"] = f'<{target}>; rel="next"'
    return found


def attached(content: bytes, *, name: str, content_type: str) -> HttpResponse:
    """A file to keep under that name."""
    disposition = f'attachment; filename="{name}"'
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": disposition}
    )


def moved(target: str, body: Any) -> HttpResponse:
    """308: what was asked for stands at another address, for good; the body says what came in its place."""
    found = answer(body)
    found.status_code = 308
    found["Location"] = iri_to_uri(target)
    found["Cache-Control"] = "public, max-age=300"
    return found
