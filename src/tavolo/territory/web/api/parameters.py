"""What the addresses of territory take."""

import re
from datetime import date
from typing import Annotated

from django.utils.translation import gettext_noop
from ninja.params.functions import Path, Query
from pydantic import AfterValidator

from tavolo.kernel.errors import NotFound
from tavolo.territory import queries
from tavolo.territory.models import Area
from tavolo.territory.plugs import area_kinds
from tavolo.ui.api import plain, wrong

_NO_KIND = gettext_noop("is no kind of area: see /api/v1/kinds")
_NO_AREA = gettext_noop("names no area of that kind")
_NO_PAIR = gettext_noop("needs area_kind beside it")

LONGEST_CODE = 40
_ISTAT = re.compile(r"\d{6}", re.ASCII)

Istat = Annotated[
    str,
    Path(
        description=gettext_noop("The code of a municipality at ISTAT: six digits."),
        example="046007",
    ),
]
Kind = Annotated[
    str,
    Path(description=gettext_noop("The key of a kind of area."), example="province"),
]
Code = Annotated[
    str,
    Path(description=gettext_noop("The code of the area within its kind."), example="046"),
]
WantedKind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_CODE,
        description=gettext_noop("Only areas of this kind, by its key."),
        example="province",
    ),
]
AreaKind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_CODE,
        description=gettext_noop("Only what lies in an area of this kind, by its key."),
        example="province",
    ),
]
AreaCode = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_CODE,
        description=gettext_noop("Only what lies in the area of that kind with this code."),
        example="046",
    ),
]


FirstKind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        max_length=LONGEST_CODE,
        description=gettext_noop("The first kind of area, by its key."),
        example="province",
    ),
]
OtherKind = Annotated[
    str,
    AfterValidator(plain),
    Query(
        max_length=LONGEST_CODE,
        description=gettext_noop("The second kind of area, by its key."),
        example="region",
    ),
]
Within = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=2 * LONGEST_CODE,
        description=gettext_noop("Only in this area: its kind, a slash and its code."),
        example="region/09",
    ),
]


def municipality_on(istat: str, day: date) -> queries.Resolved:
    """Who bore that code. Refuses with NotFound what nobody bore, and what is no code."""
    if not _ISTAT.fullmatch(istat):
        raise NotFound
    return queries.municipality_on(istat, day)


def area_on(kind: str, code: str, day: date) -> queries.ResolvedArea:
    """The area under that code. Refuses with NotFound what is none."""
    if kind not in _kinds() or "\x00" in code:
        raise NotFound
    return queries.area_on(kind, code, day)


def known_kind(parameter: str, key: str) -> str:
    """The key of a kind of area. Refuses with WrongParameters another."""
    if key not in _kinds():
        raise wrong(parameter, _NO_KIND)
    return key


def wanted_area(kind: str, code: str, day: date) -> Area | None:
    """The area that a list is asked about, None for none. Refuses with WrongParameters what is none."""
    if not code:
        return None
    if not kind:
        raise wrong("area_code", _NO_PAIR)
    try:
        found = area_on(known_kind("area_kind", kind), code, day)
    except NotFound as fault:
        raise wrong("area_code", _NO_AREA) from fault
    return found.leads_to or found.area


def _kinds() -> set[str]:
    return {kind.key for kind in area_kinds}
