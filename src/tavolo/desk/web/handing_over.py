"""Handing over a desk: one page lists all that a person holds; another says what went to whom."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk import queries
from tavolo.desk.forms.handing_over import Everything, HandOverForm
from tavolo.desk.web.pages import crumb_of, form_view, page
from tavolo.desk.web.tables import called
from tavolo.kernel import clock
from tavolo.kernel.actor import holdings
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.people.web.access import work_area
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry.actions import hand_over
from tavolo.registry.queries import Closing, closing_at, held_by
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.components.table import Cell, Column, Row, Table


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def handing_over(request: HttpRequest, slug: str) -> HttpResponse:
    """All that `?persona=` holds, by default oneself, and what becomes of each thing."""
    actor, day = actor_of(request), clock.today()
    here = queries.secretariat_at(actor, slug)
    persons = queries.persons_here(here, on=day)
    person = _chosen(persons, request.GET.get("persona", "") or str(actor.person))
    everything = held_by(person, here, on=day) if person else []
    form = HandOverForm(
        request.POST or None,
        everything=everything,
        persons=[other for other in persons if other != person and other.name],
    )

    def act() -> str:
        told = form.cleaned_data
        entry = hand_over(
            network=here,
            person=person,  # type: ignore[arg-type]  # without a person there is no form
            things=form.handings,
            last_day=told["last_day"],
            act=told["act"],
            by=actor,
        )
        return reverse("desk:handed_over", kwargs={"slug": here.slug, "uid": entry.uid})

    # Also where nothing is left of it: whoever sends it twice is led to the first answer.
    answer = sent_once(request, form, act) if person else None
    return answer or page(
        request,
        "desk/handing_over.html",
        here,
        crumb_of(here),
        here=_("Handing over"),
        person=person,
        persons=persons,
        form=_view(form, everything, here) if everything else None,
        left=EmptyState(
            _("She holds nothing here"),
            _("Nothing in this network has to be handed over. Choose somebody else."),
        ),
    )


@work_area
@require_safe
def handed_over(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """What was handed to whom, to be printed."""
    here = queries.secretariat_at(actor_of(request), slug)
    told = closing_at(here, uid)
    return page(
        request,
        "desk/handed_over.html",
        here,
        crumb_of(here),
        Crumb(_("Handing over"), _href(here)),
        here=_("Handed over by %(name)s") % {"name": called(told.person)},
        told=told,
        table=_table(told),
    )


def _chosen(persons: list[Person], uid: str) -> Person | None:
    return next((person for person in persons if str(person.uid) == uid), None)


def _href(network: Network) -> str:
    return reverse("desk:handing_over", kwargs={"slug": network.slug})


def _view(form: HandOverForm, everything: Everything, network: Network) -> FormView:
    fields = {str(thing.held.uid): thing.field for thing in form.things}
    groups = tuple(
        Fieldset(str(holding.label), tuple(fields[str(held.uid)] for held in several))
        for holding, several in everything
    )
    when = Fieldset(_("When, and by which act"), ("last_day", "act", "everything"))
    return form_view(
        form,
        _("Hand over"),
        reverse("desk:network", args=[network.slug]),
        fieldsets=(when, *groups),
    )


def _table(told: Closing) -> Table:
    labels = {holding.key: str(holding.label) for holding in holdings}
    return Table(
        caption=_("What was handed over"),
        columns=(Column(_("What")), Column(_("Kind")), Column(_("Goes to"))),
        rows=tuple(
            Row(
                (
                    Cell(thing.label, note=thing.note),
                    Cell(labels.get(thing.holding, thing.holding)),
                    Cell(called(thing.to) if thing.to else _("nobody: it ends")),
                )
            )
            for thing in told.things
        ),
        empty=EmptyState(_("Nothing"), _("Nothing was handed over.")),
        key="handed",
    )
