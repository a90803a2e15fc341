"""A network's desk for its secretariat: what to do next, what it says of itself."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tavolo.desk import actions, queries
from tavolo.desk.forms import SettingsForm, settings_of
from tavolo.desk.steps import steps_of
from tavolo.desk.web.pages import crumb_of, desk_of, done_once, form_view, page
from tavolo.desk.web.versions import compared
from tavolo.documents.shown import add_href
from tavolo.kernel import clock
from tavolo.kernel.errors import StaleVersion
from tavolo.kernel.models import Network
from tavolo.kernel.network import setting_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.choices import HOLDS_LOGO
from tavolo.registry.queries import logo_of, seat_words
from tavolo.registry.rules import ORGANISATIONS, SETTINGS, runs_network
from tavolo.registry.settings import CONTACT, SEAT
from tavolo.ui.languages import OFFERED, name_of

CONFLICT = 409


@work_area
@require_safe
def network(request: HttpRequest, slug: str) -> HttpResponse:
    here, day = queries.desk_at(actor_of(request), slug), clock.today()
    (told,) = queries.progress(Network.objects.filter(pk=here.pk), on=day)
    steps = steps_of(told, actor_of(request))
    return page(
        request,
        "desk/network.html",
        here,
        here=here.name,
        told=told,
        runs_organisations=runs_network(actor_of(request), here.uid, ORGANISATIONS),
        # What is done comes last.
        steps=sorted(steps, key=lambda step: step.done),
        left=sum(not step.done for step in steps),
        waiting=queries.invitations_of(here).count(),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest, slug: str) -> HttpResponse:
    """Who saves second sees both versions, with what was typed still in the form."""
    here, day = queries.network_at(actor_of(request), slug, SETTINGS), clock.today()
    initial = settings_of(here, setting_of(here, CONTACT, on=day))
    form = SettingsForm(request.POST or None, initial=initial)
    stale = None
    try:
        answer = _write(request, here, form)
    except StaleVersion as refusal:
        stale = compared(refusal.theirs, refusal.yours)
        form.now_at(refusal)
    else:
        if answer is not None:
            return answer
    # What was refused must not stand in the heading.
    here.refresh_from_db()
    heading = _("What the network says of itself")
    return page(
        request,
        "desk/settings.html",
        here,
        crumb_of(here),
        here=heading,
        seat=seat_words(setting_of(here, SEAT, on=day)),
        languages=[name_of(code) for code in setting_of(here, OFFERED, on=day)],
        logo=logo_of(here),
        logo_href=add_href(HOLDS_LOGO, here.uid),
        form=form_view(form, _("Save"), desk_of(here)),
        stale=stale,
        status=CONFLICT if stale else 200,
    )


def _write(request: HttpRequest, here: Network, form: SettingsForm) -> HttpResponse | None:
    def write() -> None:
        told = form.cleaned_data
        actions.write_settings(
            network=here,
            version=told["version"],
            name=told["name"],
            summary=told["summary"],
            active_since=told["active_since"],
            contact=told["contact"],
            by=actor_of(request),
        )

    return done_once(request, form, write, back=desk_of(here), said=_("Saved."))
