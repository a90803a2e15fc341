"""A form about a row that somebody else may have changed meanwhile."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from tavolo.tables.forms.base import SeenForm
from tavolo.tables.web.work.here import CONFLICT, FORM, Asking, Here
from tavolo.ui.components.breadcrumbs import Crumb


def seen_again(
    request: HttpRequest,
    here: Here,
    form: SeenForm,
    act: Callable[[], str],
    asking: Asking,
    *,
    seen: int,
    template: str = FORM,
    above: tuple[Crumb, ...] = (),
    **context: Any,
) -> HttpResponse:
    """Do it where `seen` is the row that was shown; else say that it is another one by now."""
    if form.is_bound and form.data.get("seen") != str(seen):
        form.again(seen=str(seen))
        form.full_clean()
        return here.page(
            request,
            template,
            here=asking.heading,
            above=above,
            form=asking.view(form),
            stale=True,
            status=CONFLICT,
            **context,
        )
    return here.ask(request, form, act, asking, above=above, template=template, **context)
