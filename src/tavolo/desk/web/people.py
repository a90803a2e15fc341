"""The people of a network: who runs it, who acts for its organisations, who was invited."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk import actions, queries
from tavolo.desk.forms import ConfirmForm, InviteMemberForm, InviteSecretaryForm
from tavolo.desk.web import tables
from tavolo.desk.web.pages import crumb_of, crumb_of_people, done_once, form_view, page, people_of
from tavolo.kernel import clock
from tavolo.kernel.paging import page_of
from tavolo.messages.queries import reachable
from tavolo.messages.returned import short_warnings_on, warnings_on
from tavolo.people.actions import renew_invitation, revoke_invitation
from tavolo.people.web.access import work_area
from tavolo.people.web.proving import recently_proved
from tavolo.people.web.sending import actor_of
from tavolo.registry.actions import end_affiliation
from tavolo.registry.queries import secretaries
from tavolo.registry.rules import PEOPLE, may_appoint
from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.table import Paging


@work_area
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    here, day = queries.network_at(actor_of(request), slug, PEOPLE), clock.today()
    members = page_of(
        queries.members_of(here, on=day),
        after=request.GET.get("after", ""),
        before=request.GET.get("before", ""),
    )
    offices = list(secretaries(here, on=day))
    persons = [row.person for row in members.items] + [row.person for row in offices]
    waiting = queries.invitations_of(here)
    invited = list(waiting[: tables.SHOWN])
    emails = reachable(persons)
    warnings = short_warnings_on([*emails.values(), *(row.email for row in invited)])
    standings = tables.Standings(
        queries.who_can_sign_in(persons),
        {person: warnings[email] for person, email in emails.items() if email in warnings},
    )
    return page(
        request,
        "desk/people.html",
        here,
        crumb_of(here),
        here=_("People"),
        appoints=may_appoint(actor_of(request), here.uid),
        offices=tables.offices(
            here, offices, standings, ending=may_appoint(actor_of(request), here.uid)
        ),
        members=tables.members(here, members.items, standings, Paging.of(members, request.GET)),
        invitations=tables.invitations(here, invited, waiting.count(), warnings),
    )


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def invite_secretary(request: HttpRequest, slug: str) -> HttpResponse:
    here = queries.secretariat_at(actor_of(request), slug)
    form = InviteSecretaryForm(request.POST or None)

    def invite() -> None:
        told = form.cleaned_data
        actions.invite_secretary(
            network=here,
            email=told["email"],
            given_name=told["given_name"],
            family_name=told["family_name"],
            act=told["act"],
            by=actor_of(request),
        )

    back = people_of(here)
    return done_once(request, form, invite, back=back, said=_("The invitation is sent.")) or page(
        request,
        "desk/invite.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("Invite into the secretariat"),
        lead=_("Whoever is in the secretariat runs the network: she invites, enters and edits."),
        form=form_view(form, _("Send the invitation"), back),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def invite_member(request: HttpRequest, slug: str) -> HttpResponse:
    here = queries.network_at(actor_of(request), slug, PEOPLE)
    chosen = {"organisation": request.GET.get("organizzazione", "")}
    form = InviteMemberForm(request.POST or None, network=here, initial=chosen)

    def invite() -> None:
        told = form.cleaned_data
        actions.invite_member(
            network=here,
            organisation=told["organisation"],
            email=told["email"],
            given_name=told["given_name"],
            family_name=told["family_name"],
            function=told["function"],
            by=actor_of(request),
        )

    back = people_of(here)
    return done_once(request, form, invite, back=back, said=_("The invitation is sent.")) or page(
        request,
        "desk/invite.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("Invite who acts for an organisation"),
        lead=_("She sees what concerns her organisation, in every network in which it takes part."),
        form=form_view(form, _("Send the invitation"), back),
        lacking=not queries.organisations_to_affiliate(here).exists(),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """An invitation that waits: sent again, or revoked."""
    here = queries.network_at(actor_of(request), slug, PEOPLE)
    found = queries.invitation_of(here, uid)
    form, by = ConfirmForm(request.POST or None), actor_of(request)
    if "revoke" in request.POST:
        answer = done_once(
            request,
            form,
            lambda: revoke_invitation(invitation=found, by=by),
            back=people_of(here),
            said=_("The invitation is revoked: its link opens nothing any more."),
        )
    else:
        answer = done_once(
            request,
            form,
            lambda: renew_invitation(invitation=found, by=by),
            back=people_of(here),
            said=_("The invitation is sent again, with a new link."),
        )
    return answer or page(
        request,
        "desk/invitation.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("Invitation of %(email)s") % {"email": found.email},
        invitation=found,
        warning=warnings_on([found.email]).get(found.email, ""),
        expired=found.expires_at <= clock.now(),
        form=form,
    )


@work_area
@recently_proved
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The end of an office in the secretariat, asked for once more before it is done."""
    here, by = queries.secretariat_at(actor_of(request), slug), actor_of(request)
    found = queries.office_of(here, uid, on=clock.today())
    form = ConfirmForm(request.POST or None)
    answer = done_once(
        request,
        form,
        lambda: actions.leave_secretariat(office=found, by=by),
        back=people_of(here),
        said=_("Today is the last day of this office."),
    )
    question = Confirmation(
        question=_("End the office of %(name)s today?") % {"name": tables.called(found.person)},
        consequences=(
            _("From tomorrow she no longer runs the network."),
            _("Her account remains, and so does everything that she did."),
        ),
        form=form_view(form, _("End the office"), people_of(here)),
    )
    return answer or page(
        request,
        "desk/confirm.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("End of an office"),
        question=question,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def affiliation(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """The end of acting for an organisation, asked for once more before it is done."""
    here, by = queries.network_at(actor_of(request), slug, PEOPLE), actor_of(request)
    found = queries.affiliation_of(here, uid, on=clock.today())
    form = ConfirmForm(request.POST or None)
    answer = done_once(
        request,
        form,
        lambda: end_affiliation(affiliation=found, by=by),
        back=people_of(here),
        said=_("Today is the last day on which she acts for the organisation."),
    )
    told = {"name": tables.called(found.person), "organisation": found.organisation.name}
    question = Confirmation(
        question=_("Shall %(name)s act for “%(organisation)s” until today?") % told,
        consequences=(
            _("From tomorrow she no longer sees what concerns the organisation."),
            _("Her account remains, and so does everything that she did."),
        ),
        form=form_view(form, _("End"), people_of(here)),
    )
    return answer or page(
        request,
        "desk/confirm.html",
        here,
        crumb_of(here),
        crumb_of_people(here),
        here=_("End of acting for an organisation"),
        question=question,
    )
