"""Where the pages of an organisation at work lie, and who may open them."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.people.web.sending import actor_of
from tavolo.registry import rules
from tavolo.registry.models import Organisation
from tavolo.registry.queries.proposals import organisation_and_proposals
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb

CONFLICT = 409


@dataclass(frozen=True)
class Here:
    """An organisation as one of those who run a network works on it.

    `edits` and `names_persons`: whether she may write of it herself, and who acts for it; else she
    reads what everybody reads, and proposes. `proposals` of others wait for an answer.
    """

    organisation: Organisation
    actor: Actor
    edits: bool
    names_persons: bool
    proposals: int

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


def at_work(request: HttpRequest, code: str) -> Here:
    """For whoever runs some network. Refuses with NotFound everybody else."""
    actor = actor_of(request)
    if not (rules.runs_any(actor, rules.ORGANISATIONS) or rules.runs_any(actor, rules.PEOPLE)):
        raise NotFound
    found, proposals = organisation_and_proposals(code)
    steward = found.steward.uid
    return Here(
        found,
        actor,
        edits=rules.may_edit_organisation(actor, steward),
        names_persons=rules.may_affiliate(actor, steward),
        proposals=proposals,
    )


def editing(request: HttpRequest, code: str) -> Here:
    """For the secretariat of its steward. Refuses with NotFound everybody else."""
    here = at_work(request, code)
    if not here.edits:
        raise NotFound
    return here
