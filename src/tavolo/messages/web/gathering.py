"""`/lavoro/lettere/`: one letter a day, for whoever wishes it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.messages.actions import wish_gathering
from tavolo.messages.forms import AT_ONCE, GatheringForm
from tavolo.messages.models import Gathering
from tavolo.messages.plugs import letter_kinds
from tavolo.people.models import Account
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import FormView


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def gathering(request: HttpRequest) -> HttpResponse:
    """When one's own letters leave that can wait: each by itself, or all together at an hour."""
    account: Account = request.user  # type: ignore[assignment]  # `work_area` has asked
    person, here = account.person, reverse("messages:gathering")
    hour = Gathering.objects.filter(person=person).values_list("hour", flat=True).first()
    form = GatheringForm(
        request.POST or None, initial={"hour": AT_ONCE if hour is None else str(hour)}
    )

    def act() -> str:
        wish_gathering(person=person, hour=form.cleaned_data["hour"], by=actor_of(request))
        return here

    answer = sent_once(request, form, act, said=_("Saved."))
    context = {
        "kinds": [kind.label for kind in letter_kinds if kind.gathers],
        "form": FormView(form=form, cancel_href=reverse("people:account")),
        "breadcrumbs": Breadcrumbs(
            (Crumb(_("Your account"), reverse("people:account")),), _("My letters")
        ),
    }
    return answer or render(request, "messages/gathering.html", context)
