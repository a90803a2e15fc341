"""The page of a district: who belongs to it, chosen on the map or in the list, and what was done last."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms import ConfirmForm
from tavolo.desk.forms.areas import ChooseForm
from tavolo.desk.queries import names_of
from tavolo.desk.web.areas import lists
from tavolo.desk.web.areas.maps import LIST, choice_map
from tavolo.desk.web.areas.places import Here, district_here, import_href
from tavolo.desk.web.areas.state import MAP, Choosing, choice_of, choosing_in
from tavolo.desk.web.pages import done_once
from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.territory.actions import set_members, undo_change
from tavolo.territory.choices import ChangeKind
from tavolo.territory.models import AreaChange, Municipality, SubMunicipalUnit
from tavolo.territory.queries.editing import changes_of
from tavolo.territory.stays import Told
from tavolo.territory.web.addresses import Addresses
from tavolo.ui.components.form import FormView
from tavolo.ui.words import instant_words, number, since_words

LATEST = 5


@dataclass(frozen=True)
class Done:
    """A change of the area as the page tells it."""

    uid: UUID
    what: str
    note: str
    undone: bool


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def area(request: HttpRequest, slug: str, kind: str, code: str) -> HttpResponse:
    """Choose who belongs to a district from a day on; see what changes, save it, undo it."""
    here = district_here(request, slug, kind, code)
    if "undo" in request.POST:
        return _undo(request, here)
    if request.method != "POST":
        choosing = choosing_in(request, here)
        return _page(request, choosing, _form(choosing))
    form = ChooseForm(request.POST)
    choosing = _posted(request, here, form)
    if not form.is_valid():
        return _page(request, choosing, form)
    if request.POST.get("act") != "save":
        return HttpResponseRedirect(choosing.href(at=_place_of(request, choosing)))
    if form.cleaned_data["seen"] != choosing.seen:
        messages.warning(
            request, _("The choice has changed since it was shown. Look at it again, then save.")
        )
        return HttpResponseRedirect(choosing.href(at="anteprima"))
    return _save(request, choosing, form) or _page(request, choosing, form)


def _form(choosing: Choosing) -> ChooseForm:
    return ChooseForm(
        initial={
            "day": choosing.choice.day,
            "find": choosing.find,
            "mark": choosing.choice.composition.mark,
            "seen": choosing.seen if choosing.differs else "",
        }
    )


def _posted(request: HttpRequest, here: Here, form: ChooseForm) -> Choosing:
    """What was ticked, on the day that was typed, or on that of the address where it is none."""
    asked = choosing_in(request, here)
    if not form.is_valid():
        return asked
    day = form.cleaned_data["day"]
    choice = asked.choice if day == asked.choice.day else choice_of(here, day, asked.parts)
    known = {one.token for one in choice.candidates}
    turned = request.POST.get("turn", "")
    ticked = form.ticked & known
    find = form.cleaned_data["find"] if request.POST.get("act") == "find" else asked.find
    return Choosing(here, choice, ticked ^ ({turned} & known), find=find, parts=asked.parts)


def _place_of(request: HttpRequest, choosing: Choosing) -> str:
    """Where to go on: at the shape that was turned over, at the preview, at the list."""
    if turned := request.POST.get("turn"):
        return f"{MAP}-{turned}"
    if request.POST.get("act") == "find":
        return LIST
    return "anteprima" if choosing.differs else ""


def _save(request: HttpRequest, choosing: Choosing, form: ChooseForm) -> HttpResponse | None:
    choice = choosing.choice

    def save() -> None:
        wanted = choice.wanted(choosing.tokens)
        set_members(
            area=choice.area,
            day=choice.day,
            municipalities=Municipality.objects.filter(
                pk__in=[town for town, unit in wanted if unit is None]
            ),
            units=SubMunicipalUnit.objects.filter(pk__in=[unit for _town, unit in wanted if unit]),
            told=Told(form.cleaned_data["source"]),
            take_over=True,
            expected=form.cleaned_data["mark"],
            network=choosing.here.network,
            by=actor_of(request),
        )

    back = choosing.here.href(dal=_day_query(choosing))
    return done_once(request, form, save, back=back, said=_("Saved. You can undo it below."))


def _day_query(choosing: Choosing) -> str:
    day = choosing.choice.day
    return "" if day == clock.today() else day.isoformat()


def _undo(request: HttpRequest, here: Here) -> HttpResponse:
    change = next(
        (one for one in changes_of(here.area) if str(one.uid) == request.POST["undo"]), None
    )
    if change is None:
        raise NotFound
    form = ConfirmForm(request.POST)
    answer = done_once(
        request,
        form,
        lambda: undo_change(change=change, network=here.network, by=actor_of(request)),
        back=here.href(),
        said=_("Undone: the municipalities are those of before."),
    )
    if answer is None:
        choosing = choosing_in(request, here)
        return _page(request, choosing, _form(choosing), refused=form)
    return answer


def _page(
    request: HttpRequest,
    choosing: Choosing,
    form: ChooseForm,
    *,
    refused: ConfirmForm | None = None,
) -> HttpResponse:
    here, choice = choosing.here, choosing.choice
    view = FormView(form=form)
    faulty = FormView(form=refused) if refused else view
    return here.page(
        request,
        "desk/area.html",
        here=here.area.title,
        beneath=False,
        form=form,
        fields=dict(_fields(view)),
        faults=faulty.faults,
        choosing=choosing,
        reset_href=choosing.href(choice.chosen),
        day=choice.day,
        since=since_words(choice.day),
        preview=lists.preview(choosing),
        groups=lists.groups(choosing),
        kept=lists.hidden(choosing),
        remarks=list(lists.remarks(choosing)),
        map=choice_map(choosing),
        changes=list(_changes(here)),
        undo=ConfirmForm(),
        public_href=Addresses().area(here.area.kind, here.area.code),
        import_href=import_href(here.network),
    )


def _fields(view: FormView) -> Iterator[tuple[str, object]]:
    for group in view.groups:
        for field in group.fields:
            yield field.bound.name, field


def _changes(here: Here) -> Iterator[Done]:
    """The last changes, the latest first; what was undone is said to be."""
    rows = list(changes_of(here.area)[:LATEST])
    by = names_of(row.by for row in rows)
    for row in rows:
        moved = len({state["municipality"] for state in (*row.before, *row.after)})
        count = ngettext("%(number)s municipality", "%(number)s municipalities", moved)
        told = [count % {"number": number(moved)}, instant_words(row.at)]
        if row.by in by:
            told.append(by[row.by])
        yield Done(row.uid, _what(row), ", ".join(told), row.undone_at is not None)


def _what(row: AreaChange) -> str:
    since = since_words(row.day) if row.day else _("since ever")
    return {
        ChangeKind.SET: _("Otherwise %(since)s"),
        ChangeKind.COPIED: _("Copied from an earlier day, %(since)s"),
        ChangeKind.ENDED: _("Ended, nobody %(since)s"),
        ChangeKind.CORRECTED: _("Put right"),
    }[ChangeKind(row.kind)] % {"since": since}
