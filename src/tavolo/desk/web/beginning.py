"""From nothing to a network: the code, the network, its seat, whoever will run it; each at its own address.

What was typed is kept in the session until the last step, which does everything at once.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from tavolo.desk import actions, beginning
from tavolo.desk.errors import AlreadyBegun
from tavolo.desk.forms import ActForm
from tavolo.desk.forms.beginning import (
    NETWORK,
    PUBLIC,
    CodeForm,
    FirstNetworkForm,
    FirstPersonForm,
    FirstSeatForm,
)
from tavolo.kernel.errors import Refusal
from tavolo.people.errors import TooManyAttempts
from tavolo.people.models import Account, Person
from tavolo.people.web.entering import enter_first_time
from tavolo.registry.settings import read_seat
from tavolo.ui.components.form import FormView

TYPED, PLACED = "beginning_network", "beginning_seat"
STEPS = 4
TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """The code; who gave it already is led to where she was."""
    if beginning.has_begun():
        return begun(request)
    if beginning.has_proved(request):
        return HttpResponseRedirect(_where(request))
    form, status = CodeForm(request.POST or None), 200
    if form.is_valid():
        try:
            beginning.prove(request, form.cleaned_data["code"])
        except Refusal as refusal:
            form.take(refusal)
            status = TOO_MANY if isinstance(refusal, TooManyAttempts) else 200
        else:
            return HttpResponseRedirect(_where(request))
    lede = _(
        "Here is neither a network nor an account yet. Whoever started “tavolo serve” reads a code"
        " there: with it, and in a quarter of an hour, this becomes the site of your network."
    )
    return _step(request, 1, _("Begin"), lede, form, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def network(request: HttpRequest) -> HttpResponse:
    """What the network is called and says of itself."""
    if (elsewhere := _elsewhere(request)) is not None:
        return elsewhere
    form = FirstNetworkForm(request.POST or None, initial=request.session.get(TYPED))
    if form.is_valid():
        request.session[TYPED] = {name: form.cleaned_data[name] for name in NETWORK}
        return HttpResponseRedirect(reverse("desk:begin_seat"))
    return _step(request, 2, _("The network"), "", form)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def seat(request: HttpRequest) -> HttpResponse:
    """Where it is, and in which languages its public pages are."""
    if (elsewhere := _elsewhere(request)) is not None:
        return elsewhere
    if TYPED not in request.session:
        return HttpResponseRedirect(reverse("desk:begin_network"))
    told = request.session.get(PLACED, {})
    form = FirstSeatForm(request.POST or None, initial=told.get("typed"))
    if form.is_valid():
        request.session[PLACED] = {
            "typed": {name: form.cleaned_data[name] for name in PUBLIC},
            "seat": form.seat.as_json,
            "languages": form.offered,
        }
        return HttpResponseRedirect(reverse("desk:begin_person"))
    return _step(request, 3, _("Seat and languages"), "", form, back="desk:begin_network")


@sensitive_post_parameters("password1", "password2")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Who will run it; this founds the network, and the second factor is set up next."""
    if (elsewhere := _elsewhere(request)) is not None:
        return elsewhere
    if TYPED not in request.session:
        return HttpResponseRedirect(reverse("desk:begin_network"))
    if PLACED not in request.session:
        return HttpResponseRedirect(reverse("desk:begin_seat"))
    # The password must not be like the e-mail that is being typed.
    account = Account(email=request.POST.get("email", ""), person=Person())
    form = FirstPersonForm(request.POST or None, account=account)
    answer = _found(request, form) if form.is_valid() else None
    lede = _("You will be the secretariat of “%(name)s”; others are invited by you.")
    lede = lede % {"name": request.session[TYPED]["name"]}
    return answer or _step(request, STEPS, _("You"), lede, form, back="desk:begin_seat")


def _found(request: HttpRequest, form: FirstPersonForm) -> HttpResponse | None:
    told = form.cleaned_data
    try:
        founded, account = actions.begin(
            **request.session[TYPED],
            seat=read_seat(request.session[PLACED]["seat"]),
            languages=request.session[PLACED]["languages"],
            email=told["email"],
            given_name=told["given_name"],
            family_name=told["family_name"],
            password=told["password1"],
        )
    except AlreadyBegun:
        return begun(request)
    except Refusal as refusal:
        form.take(refusal)
        return None
    beginning.end()
    back = reverse("desk:territory", kwargs={"slug": founded.slug})
    return enter_first_time(request, account, back=back)


def begun(request: HttpRequest) -> HttpResponse:
    """For the second of two with the same code, and for whoever comes later."""
    return render(request, "desk/begun.html")


def _elsewhere(request: HttpRequest) -> HttpResponse | None:
    if beginning.has_begun():
        return begun(request)
    if not beginning.has_proved(request):
        return HttpResponseRedirect(reverse("desk:begin"))
    return None


def _where(request: HttpRequest) -> str:
    if TYPED not in request.session:
        return reverse("desk:begin_network")
    return reverse("desk:begin_person" if PLACED in request.session else "desk:begin_seat")


def _step(
    request: HttpRequest,
    number: int,
    heading: str,
    lede: str,
    form: ActForm,
    *,
    back: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "form_view": FormView(form=form, submit=_("Go on")),
        "heading": heading,
        "lede": lede,
        "number": number,
        "steps": STEPS,
        # Every door would lead back here.
        "doors": (),
        "back": reverse(back) if back else "",
    }
    return render(request, "desk/begin.html", context, status=status)
