"""How much was due when she last looked: kept in her session, so that other pages ask nothing for it."""

from datetime import date

from django.http import HttpRequest

from tavolo.kernel import clock

KEY = "desk.due"


def keep_count(request: HttpRequest, number: int, *, on: date) -> None:
    told = {"number": number, "on": on.isoformat(), "for": _for(request)}
    if request.session.get(KEY) != told:
        request.session[KEY] = told


def kept_count(request: HttpRequest) -> int | None:
    """None where she has not looked on this day, or has done something since."""
    told = request.session.get(KEY) if hasattr(request, "session") else None
    if not told or (told["on"], told["for"]) != (clock.today().isoformat(), _for(request)):
        return None
    return int(told["number"])


def forget_count(request: HttpRequest) -> None:
    """Whoever has done something has perhaps less to do: until she looks again nothing is said."""
    request.session.pop(KEY, None)


def _for(request: HttpRequest) -> str:
    actor = request.actor  # type: ignore[attr-defined]  # ActorMiddleware gives it
    return str(actor.acting_for or "")
