"""What remains after the beginning: a letter that is tried, and the texts on privacy and accessibility."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk import actions, queries
from tavolo.desk.forms import ConfirmForm
from tavolo.desk.forms.beginning import StatementsForm
from tavolo.desk.forms.public import PublicForm, public_of
from tavolo.desk.letters import TRIAL
from tavolo.desk.trying import what_to_do
from tavolo.desk.web.pages import crumb_of, desk_of, done_once, form_view, page
from tavolo.kernel import clock
from tavolo.messages.models import Message
from tavolo.people.queries import account_of
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.registry.rules import SETTINGS
from tavolo.ui.address import address


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def trial(request: HttpRequest, slug: str) -> HttpResponse:
    """A letter to whoever asks for it, and what became of the last one."""
    here = queries.network_at(actor_of(request), slug, SETTINGS)
    form = ConfirmForm(request.POST or None)
    back = reverse("desk:trial", kwargs={"slug": slug})

    def send() -> None:
        actions.try_letter(network=here, by=actor_of(request))

    said = _("The letter is on its way: look again in a minute.")
    answer = done_once(request, form, send, back=back, said=said)
    last = Message.objects.filter(network=here, kind=TRIAL.key).order_by("-id").first()
    person = request.user.person  # type: ignore[union-attr]  # `work_area` has asked
    return answer or page(
        request,
        "desk/trial.html",
        here,
        crumb_of(here),
        here=_("Try a letter"),
        address=getattr(account_of(person), "email", ""),
        into_folder=settings.TAVOLO_EMAIL_URL.startswith("file:"),
        last=last,
        to_do=what_to_do(last, now=clock.now()) if last else None,
        again_href=back,
        form=form_view(form, _("Send me a letter"), desk_of(here)),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Where the network is, and in which languages its public pages are."""
    here, day = queries.network_at(actor_of(request), slug, SETTINGS), clock.today()
    form = PublicForm(request.POST or None, initial=public_of(here, on=day))

    def write() -> None:
        by = actor_of(request)
        actions.write_public(network=here, seat=form.seat, languages=form.offered, by=by)

    answer = done_once(request, form, write, back=desk_of(here), said=_("Saved."))
    return answer or page(
        request,
        "desk/seat.html",
        here,
        crumb_of(here),
        here=_("Seat and languages"),
        form=form_view(form, _("Save"), desk_of(here)),
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def statements(request: HttpRequest, slug: str) -> HttpResponse:
    """Who answers for the personal data, and whom to write to about accessibility."""
    here, day = queries.network_at(actor_of(request), slug, SETTINGS), clock.today()
    form = StatementsForm(request.POST or None, initial=queries.statements_of(here, on=day))

    def write() -> None:
        told = {key: form.cleaned_data[name] for name, key in queries.STATEMENTS.items()}
        actions.write_statements(network=here, values=told, by=actor_of(request))

    answer = done_once(request, form, write, back=desk_of(here), said=_("Saved."))
    return answer or page(
        request,
        "desk/statements.html",
        here,
        crumb_of(here),
        here=_("Privacy and accessibility"),
        privacy_url=address("/privacy/"),
        accessibility_url=address("/accessibilita/"),
        form=form_view(form, _("Save"), desk_of(here)),
    )
