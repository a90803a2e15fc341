"""What else is done with a district: called otherwise, copied, put right, ended."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.areas import CopyForm, CorrectForm, EditAreaForm, EndForm
from tavolo.desk.web.areas.places import Here, district_here
from tavolo.desk.web.pages import done_once, form_view
from tavolo.kernel import clock
from tavolo.kernel.errors import StaleVersion
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.territory.actions import copy_members, correct_members, edit_area, end_area
from tavolo.territory.models import Area, Municipality, SubMunicipalUnit
from tavolo.territory.queries.choosing import areas_of
from tavolo.territory.queries.editing import composition_of, homes_of, territory_ever
from tavolo.territory.stays import Stay
from tavolo.ui.components.form import FieldView

CONFLICT = 409


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def area_name(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """What it is called, in what it lies, what came in its place."""
    here = district_here(request, slug, kind, code)
    shown = {
        "name": here.area.name,
        "title": here.area.title,
        "parent": str(here.area.parent.uid) if here.area.parent else "",
        "successor": here.area.successor,
        "version": here.area.version,
    }
    homes = homes_of(here.network, on=clock.today())
    if here.area.parent and here.area.parent not in homes:
        homes = [here.area.parent, *homes]
    others = [other for other in _same_kind(here) if other != here.area]
    form = EditAreaForm(request.POST or None, homes=homes, others=others, initial=shown)
    title, stale = here.area.title, False
    try:
        answer = _rename(request, here, form)
    except StaleVersion as refusal:
        stale, answer = True, None
        form.data = {**form.data.dict(), "version": str(refusal.theirs.version)}  # type: ignore[attr-defined]  # a QueryDict
    here.area.title = title
    return answer or here.page(
        request,
        "desk/area_form.html",
        here=_("Name and place"),
        form=form_view(form, _("Save"), here.href()),
        stale=stale,
        status=CONFLICT if stale else 200,
    )


def _rename(request: HttpRequest, here: Here, form: EditAreaForm) -> HttpResponse | None:
    def rename() -> None:
        told = form.cleaned_data
        edit_area(
            area=here.area,
            version=told["version"],
            name=told["name"],
            title=told["title"],
            parent=told["parent"],
            successor=told["successor"],
            network=here.network,
            by=actor_of(request),
        )

    return done_once(request, form, rename, back=here.href(), said=_("Saved."))


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def area_copy(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """Give it the municipalities that an area of its kind had on an earlier day."""
    here = district_here(request, slug, kind, code)
    today = clock.today()
    form = CopyForm(
        request.POST or None,
        areas=_same_kind(here),
        partitions=here.kind.partitions,
        initial={
            "source": str(here.area.uid),
            "then": _a_year_before(today),
            "day": today,
            "mark": composition_of(here.area).mark,
        },
    )

    def copy() -> None:
        told = form.cleaned_data
        copy_members(
            source=told["source"],
            on=told["then"],
            area=here.area,
            day=told["day"],
            take_over=told.get("take_over", False),
            expected=told["mark"],
            network=here.network,
            by=actor_of(request),
        )

    said = _("Copied. You can undo it below.")
    answer = done_once(request, form, copy, back=_then(here, form), said=said)
    return answer or here.page(
        request,
        "desk/area_form.html",
        here=_("Copy from an earlier day"),
        lead=_(
            "For what is decided anew every year: those who belonged to an area then belong to this"
            " one from the day that you say. Where a municipality has merged since, what came of it"
            " takes its place."
        ),
        form=form_view(form, _("Copy"), here.href()),
    )


def _then(here: Here, form: CopyForm) -> str:
    """Back to the area as it is from that day."""
    day = form.cleaned_data.get("day") if form.is_bound and form.is_valid() else None
    return here.href(dal=day.isoformat() if day and day != clock.today() else "")


def _a_year_before(day: date) -> date:
    # 29 February has no twin.
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if leap else day.day)


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def area_end(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """The last day on which somebody belongs to it."""
    here = district_here(request, slug, kind, code)
    shown = {"last_day": clock.today(), "mark": composition_of(here.area).mark}
    form = EndForm(request.POST or None, initial=shown)

    def end() -> None:
        end_area(
            area=here.area,
            day=form.cleaned_data["last_day"] + timedelta(days=1),
            expected=form.cleaned_data["mark"],
            network=here.network,
            by=actor_of(request),
        )

    said = _("The last day is entered. You can undo it below.")
    answer = done_once(request, form, end, back=here.href(), said=said)
    return answer or here.page(
        request,
        "desk/area_form.html",
        here=_("End of the area"),
        lead=_(
            "Its municipalities belong to it until that day. The area stays, with its page and its"
            " history; what was entered for later days is taken away."
        ),
        form=form_view(form, _("End the area"), here.href()),
    )


@dataclass(frozen=True)
class Line:
    """A membership that can be put right, or one that is another network's."""

    name: str
    source: str
    stay: Stay
    fields: tuple[FieldView, ...]


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def area_correct(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """Put right days that were entered wrongly, and municipalities that never belonged to it."""
    here = district_here(request, slug, kind, code)
    known = composition_of(here.area)
    held = territory_ever(here.network)
    names = _names(known.stays)
    stays = sorted(known.stays, key=lambda stay: (names[stay], stay.valid_from or date.min))
    form = CorrectForm(
        request.POST or None,
        stays=stays,
        mine=[stay.municipality in held for stay in stays],
        initial={"mark": known.mark},
    )

    def correct() -> None:
        correct_members(
            area=here.area,
            stays=form.corrected,
            expected=form.cleaned_data["mark"],
            network=here.network,
            by=actor_of(request),
        )

    said = _("Put right. You can undo it below.")
    answer = done_once(request, form, correct, back=here.href(), said=said)
    view = form_view(form, _("Put right"), here.href())
    return answer or here.page(
        request,
        "desk/area_correct.html",
        here=_("Put right what was entered wrongly"),
        form=view,
        lines=list(_lines(form, names)),
    )


def _lines(form: CorrectForm, names: dict[Stay, str]) -> Iterator[Line]:
    for number, stay in enumerate(form.stays):
        fields = (
            tuple(FieldView(form[f"{name}-{number}"]) for name in ("from", "last", "never"))
            if form.mine[number]
            else ()
        )
        yield Line(names[stay], stay.told.source, stay, fields)


def _names(stays: Sequence[Stay]) -> dict[Stay, str]:
    towns = Municipality.objects.in_bulk({stay.municipality for stay in stays})
    units = SubMunicipalUnit.objects.in_bulk({stay.unit for stay in stays if stay.unit})
    return {
        stay: f"{units[stay.unit].name} ({towns[stay.municipality].name})"
        if stay.unit
        else towns[stay.municipality].name
        for stay in stays
    }


def _same_kind(here: Here) -> list[Area]:
    rows = areas_of(here.network, on=clock.today()).filter(kind=here.area.kind)
    return list(rows.order_by("sort_key", "id"))
