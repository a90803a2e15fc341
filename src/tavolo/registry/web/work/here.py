"""Where the pages of an organisation at work lie, and how a form does its act once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound, Refusal, StaleVersion
from tavolo.kernel.idempotency import once
from tavolo.registry import queries, rules
from tavolo.registry.forms.base import ActForm
from tavolo.registry.models import Organisation
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb

CONFLICT = 409


@dataclass(frozen=True)
class Here:
    """An organisation as one of those who run a network works on it.

    `edits` and `names_persons`: whether she may write of it herself, and who acts for it; else she
    reads what everybody reads, and proposes.
    """

    organisation: Organisation
    actor: Actor
    edits: bool
    names_persons: bool

    @property
    def overview(self) -> str:
        return self.href("work_organisation")

    def href(self, name: str, **more: Any) -> str:
        return reverse(f"registry:{name}", kwargs={"code": self.organisation.code, **more})

    def page(
        self,
        request: HttpRequest,
        template: str,
        *,
        here: str = "",
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        """A page about it; `here` is its heading, empty for the organisation's own."""
        name = self.organisation.name
        above = [Crumb(_("Organisations"), reverse("registry:work_organisations"))]
        above += [Crumb(name, self.overview)] if here else []
        frame = {
            "here": self,
            "organisation": self.organisation,
            "heading": here or name,
            "breadcrumbs": Breadcrumbs(tuple(above), here or name),
        }
        return render(request, template, {**frame, **context}, status=status)


def actor_of(request: HttpRequest) -> Actor:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # ActorMiddleware gives it
    return actor


def at_work(request: HttpRequest, code: str) -> Here:
    """For whoever runs some network. Refuses with NotFound everybody else."""
    actor = actor_of(request)
    if not (rules.runs_any(actor, rules.ORGANISATIONS) or rules.runs_any(actor, rules.PEOPLE)):
        raise NotFound
    found = queries.organisation_by_code(code)
    steward = found.steward.uid
    return Here(
        found,
        actor,
        edits=rules.may_edit_organisation(actor, steward),
        names_persons=rules.may_affiliate(actor, steward),
    )


def editing(request: HttpRequest, code: str) -> Here:
    """For the secretariat of its steward. Refuses with NotFound everybody else."""
    here = at_work(request, code)
    if not here.edits:
        raise NotFound
    return here


def sent_once(
    request: HttpRequest, form: ActForm, act: Callable[[], str], *, said: str = ""
) -> HttpResponse | None:
    """Do what the form asks, once, and go where `act` says; None where it is not sent or refused.

    What the action refuses is said in the form, whose values stay; StaleVersion is the page's.
    """
    if not form.is_valid():
        return None
    try:
        href = once(form.cleaned_data["form_key"], by=actor_of(request).person, do=act)
    except StaleVersion:
        raise
    except Refusal as refusal:
        form.take(refusal)
        return None
    if said:
        messages.success(request, said)
    return HttpResponseRedirect(href)
