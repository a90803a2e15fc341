"""Inviting in one go all who speak or act for the organisations; who accepted and who did not."""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from tavolo.desk import queries
from tavolo.desk.forms.inviting import InviteAllForm
from tavolo.desk.inviting import INVITABLE, Invitee, Standing, counted, invitees
from tavolo.desk.web.pages import crumb_of, crumb_of_people, form_view, page, people_of
from tavolo.desk.web.tables import called
from tavolo.kernel import clock
from tavolo.kernel.models import Network
from tavolo.people.actions import invite_all
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.registry.rules import PEOPLE
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.words import Missing, day_words, number

# A letter each: more than this in one go is no longer looked at by anybody.
SHOWN = 300


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: HttpRequest, slug: str) -> HttpResponse:
    """Whom to invite, asked once more before the letters go; beneath, how far everybody has come."""
    here = queries.network_at(actor_of(request), slug, PEOPLE)
    rows = invitees(here, on=clock.today())
    offered = [row for row in rows if row.standing in INVITABLE][:SHOWN]
    form = InviteAllForm(request.POST or None, offered=[(one, _words(one)) for one in offered])
    if request.method == "POST" and form.is_valid():
        if not form.cleaned_data["confirmed"]:
            return _asked(request, here, form)
        answer = sent_once(
            request,
            form,
            lambda: _sent(request, here, form),
            said=_("The letters are on their way."),
        )
        if answer is not None:
            return answer
    return page(
        request,
        "desk/invitations.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("Invite all"),
        facts=_facts(rows),
        form=form_view(form, _("Go on"), people_of(here)) if offered else None,
        table=_table(here, rows),
    )


def _sent(request: HttpRequest, here: Network, form: InviteAllForm) -> str:
    invite_all(network=here, wanted=form.wanted, by=actor_of(request))
    return address_of(here)


def address_of(network: Network) -> str:
    return reverse("desk:invitations", kwargs={"slug": network.slug})


def _asked(request: HttpRequest, here: Network, form: InviteAllForm) -> HttpResponse:
    total = len(form.cleaned_data["persons"])
    form.hide()
    question = ngettext("Send %(shown)s letter?", "Send %(shown)s letters?", total)
    return page(
        request,
        "desk/confirm.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("Invite all"),
        question=Confirmation(
            question=question % {"shown": number(total)},
            consequences=(
                _("Each gets a link of her own to choose a password, valid for fourteen days."),
                _("Who was invited before gets a new link; the one before opens nothing any more."),
                _("A letter that was sent cannot be taken back; an invitation can be revoked."),
            ),
            form=form_view(form, _("Send the letters"), address_of(here)),
        ),
    )


def _words(one: Invitee) -> str:
    """A person as one chooses her: her name, for whom, by which address, how far she has come."""
    told = (called(one.person), ", ".join(one.organisations), one.email, _state(one))
    return " · ".join((*told, one.warning) if one.warning else told)


def _state(one: Invitee) -> str:
    ends = day_words(clock.in_rome(one.ends).date(), weekday=False) if one.ends else ""
    return {
        Standing.NEW: _("not invited yet"),
        Standing.EXPIRED: _("invitation expired on %(day)s") % {"day": ends},
        Standing.WAITING: _("invited, can accept until %(day)s") % {"day": ends},
        Standing.UNREACHED: _("no e-mail known"),
        Standing.ACCEPTED: _("signs in"),
    }[one.standing]


def _badge(one: Invitee) -> Badge:
    if one.standing == Standing.ACCEPTED:
        return Badge("on", _state(one))
    if one.standing == Standing.EXPIRED:
        return Badge("late", _state(one))
    return Badge("wait" if one.standing == Standing.WAITING else "off", _state(one))


def _facts(rows: Sequence[Invitee]) -> Facts:
    found = counted(rows)
    told = {
        "expired": number(found[Standing.EXPIRED]),
        "unreached": number(found[Standing.UNREACHED]),
    }
    return Facts(
        (
            Fact(_("have accepted"), found[Standing.ACCEPTED]),
            Fact(
                _("have not accepted yet"),
                found[Standing.WAITING] + found[Standing.EXPIRED],
                note=_("invitations expired: %(expired)s") % told,
            ),
            Fact(
                _("can be invited"),
                found[Standing.NEW],
                note=_("without an e-mail here: %(unreached)s") % told,
            ),
        )
    )


def _table(here: Network, rows: Sequence[Invitee]) -> Table:
    bring = reverse("desk:import_kind", kwargs={"slug": here.slug, "kind": "delegate"})
    return Table(
        caption=_("Who accepted and who did not"),
        columns=(
            Column(_("Name")),
            Column(_("Organisation")),
            Column(_("E-mail")),
            Column(_("State")),
        ),
        rows=tuple(
            Row(
                (
                    Cell(called(one.person)),
                    Cell(", ".join(one.organisations)),
                    Cell(one.email or Missing.NOT_FORESEEN, note=one.warning),
                    Cell(_badge(one), _invitation_of(here, one)),
                )
            )
            for one in rows[:SHOWN]
        ),
        empty=EmptyState(
            _("Nobody yet"),
            _("Here will stand who speaks and acts for the organisations of the network."),
            (CardLink(_("Bring the delegates in a file"), bring),),
        ),
        key="invitees",
        paging=Paging(shown=min(len(rows), SHOWN), total=len(rows)),
        dense=True,
    )


def _invitation_of(here: Network, one: Invitee) -> str:
    if one.invitation is None or one.standing == Standing.ACCEPTED:
        return ""
    told = {"slug": here.slug, "uid": one.invitation.uid}
    return reverse("desk:invitation", kwargs=told)
