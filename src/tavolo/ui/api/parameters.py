"""Parameters that every room's interface shares, each with its own sentence where it cannot be read."""

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Annotated, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja.params.functions import Query
from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError

from tavolo.kernel import clock
from tavolo.kernel.paging import LONGEST_CURSOR, PAGE_SIZE
from tavolo.ui.api.problems import Fault, WrongParameters

MOST = 200  # rows of one page
LONGEST_WORDS = 100
LONGEST_NAME = 40

_HALF = re.compile(r"[\ud800-\udfff]")
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_UNKNOWN = gettext_noop("is not known here")
_TWICE = gettext_noop("is given more than once")
_UNREADABLE = gettext_noop("cannot be read")
_WRONG_SIGNS = gettext_noop("holds signs that no text has")
NO_PLACE = gettext_noop("is no place in this list")
_NO_NUMBER = gettext_noop("is no whole number")
# What pydantic finds, by its own names.
_SAID = {
    "day": gettext_noop("is no day: write it as 2016-02-23"),
    "signs": _WRONG_SIGNS,
    "string_unicode": _WRONG_SIGNS,
    "missing": gettext_noop("is missing"),
    "web_address": gettext_noop("is no address of a page: write it in full, with https://"),
    "extra_forbidden": _UNKNOWN,
    "int_parsing": _NO_NUMBER,
    "int_parsing_size": _NO_NUMBER,
    "int_from_float": _NO_NUMBER,
    "greater_than_equal": gettext_noop("is less than %(ge)s"),
    "less_than_equal": gettext_noop("is more than %(le)s"),
    "string_too_long": gettext_noop("is longer than %(max_length)s signs"),
}


def _iso_day(text: Any) -> date:
    """A day as ISO 8601 writes it, and in no other way: pydantic alone would take seconds too."""
    if isinstance(text, str) and _ISO_DAY.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            pass
    raise PydanticCustomError("day", "not an ISO day")


def plain(text: str) -> str:
    """The text, if it can be looked for: what each parameter of text passes through."""
    # A NUL is text for no database, and half a pair of UTF-16 for no encoding.
    if "\x00" in text or _HALF.search(text):
        raise PydanticCustomError("signs", "not plain text")
    return text


AsOf = Annotated[
    date | None,
    BeforeValidator(_iso_day),
    Query(
        None,
        description=gettext_noop("The day that is asked about, as 2016-02-23; without it, today."),
        example="2016-02-23",
    ),
]
After = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_CURSOR,
        description=gettext_noop(
            "Where the page begins: what stands as “after” in the address under “next”."
        ),
    ),
]
Limit = Annotated[
    int,
    Query(
        PAGE_SIZE,
        ge=1,
        le=MOST,
        description=gettext_noop("How many the page holds at most."),
    ),
]
Words = Annotated[
    str,
    AfterValidator(plain),
    Query(
        "",
        max_length=LONGEST_WORDS,
        description=gettext_noop("Words of the name, without regard to accents and capitals."),
        example="rozzano",
    ),
]


def day_of(as_of: date | None) -> date:
    """The day that is asked about."""
    return as_of or clock.today()


def without_unknown(names: Collection[str], query: QueryDict) -> None:
    """Refuses with WrongParameters what is not among `names`, and what is given twice.

    A misspelt `as_of` would else be answered for today, and nobody would notice.
    """
    faults = [
        Fault(detail=_sentence(name, _UNKNOWN), parameter=name)
        for name in query
        if name not in names
    ] + [
        Fault(detail=_sentence(name, _TWICE), parameter=name)
        for name, values in query.lists()
        if name in names and len(values) > 1
    ]
    if faults:
        raise WrongParameters(faults)


def fault_of(error: Mapping[str, Any]) -> Fault:
    """What the reading of parameters or of a body found, as a sentence with its place."""
    source, *place = error["loc"]
    where = "/".join(str(step) for step in place)
    detail = _sentence(where, _SAID.get(error["type"], _UNREADABLE), error.get("ctx"))
    if source == "body":
        return Fault(detail=detail, pointer=f"#/{where}")
    return Fault(detail=detail, parameter=where)


def wrong(name: str, what: str) -> WrongParameters:
    """The refusal of one parameter; `what` goes on where its name leaves off, as a message id."""
    return WrongParameters([Fault(detail=_sentence(name, what), parameter=name)])


def _sentence(name: str, what: str, values: Mapping[str, Any] | None = None) -> str:
    said = _(what) % (values or {})
    return _("“%(name)s” %(what)s.") % {"name": name[:LONGEST_NAME], "what": said}
