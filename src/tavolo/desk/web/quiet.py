"""The quiet hours of a network: what holds, what will, and a form."""

from datetime import date

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.quiet import QuietHoursForm
from tavolo.desk.queries import network_at
from tavolo.desk.web.pages import crumb_of, done_once, form_view, page
from tavolo.kernel import clock
from tavolo.kernel.network import setting_of
from tavolo.messages.letterbox import folder_of
from tavolo.messages.queries import quiet_to_come
from tavolo.messages.rules import Quiet, may_see_letters
from tavolo.messages.settings import QUIET_HOURS, written_quiet
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.actions import change_setting
from tavolo.registry.rules import SETTINGS
from tavolo.ui.components.breadcrumbs import Crumb
from tavolo.ui.words import day_words


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def quiet_hours(request: HttpRequest, slug: str) -> HttpResponse:
    """What holds today and from a later day, in a sentence each; the form enters it from a day on."""
    actor, day = actor_of(request), clock.today()
    here = network_at(actor, slug, SETTINGS)
    held = setting_of(here, QUIET_HOURS, on=day)
    form = QuietHoursForm(request.POST or None, held=held)

    def write() -> None:
        told = form.cleaned_data
        change_setting(
            network=here,
            key=QUIET_HOURS.key,
            value=written_quiet(told["quiet"]),
            since=told["since"],
            by=actor,
        )

    back = reverse("desk:quiet_hours", kwargs={"slug": here.slug})
    answer = done_once(request, form, write, back=back, said=_("Saved."))
    letters = Crumb(_("Letters"), reverse("desk:messages", kwargs={"slug": here.slug}))
    return answer or page(
        request,
        "desk/quiet_hours.html",
        here,
        crumb_of(here),
        *([letters] if may_see_letters(actor, here.uid) else []),
        here=_("Quiet hours"),
        said=quiet_words(held),
        later=[_later(since, quiet) for since, quiet in quiet_to_come(here, after=day)],
        nowhere=folder_of(settings.TAVOLO_EMAIL_URL) is not None,
        form=form_view(form, _("Save"), letters.href),
    )


def quiet_words(quiet: Quiet) -> str:
    """What quiet hours do, in one sentence."""
    if quiet.begins == quiet.ends:
        return _("Letters leave at any hour.")
    told = {"begins": f"{quiet.begins:%H:%M}", "ends": f"{quiet.ends:%H:%M}"}
    return _("From %(begins)s to %(ends)s nothing leaves but what is urgent.") % told


def _later(since: date, quiet: Quiet) -> str:
    told = {"day": day_words(since, weekday=False), "said": quiet_words(quiet)}
    return _("From %(day)s: %(said)s") % told
