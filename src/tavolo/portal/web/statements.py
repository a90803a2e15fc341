"""What stands at the foot of every page: accessibility, privacy, whose the data and programs are."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tavolo.kernel import clock
from tavolo.portal import queries
from tavolo.portal.choices import HELP_NUMBERS


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """What was checked and how, what is known to fall short, and whom to tell."""
    return render(request, "portal/accessibility.html", _context())


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Which personal data there are, for what, for how long, and who answers for them."""
    return render(request, "portal/privacy.html", _context())


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Licences of data, typefaces and programs, and where the help numbers were taken from."""
    context = {"help_numbers": HELP_NUMBERS, "version": settings.TAVOLO_VERSION}
    return render(request, "portal/legal.html", context)


def _context() -> dict[str, Any]:
    """Each network with what it says of itself in these statements."""
    return {"networks": queries.statements(on=clock.today())}
