"""Where the pages of a body at work lie, and who may open them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.people.web.sending import actor_of, sent_once
from tavolo.tables import rules
from tavolo.tables.models import Body
from tavolo.tables.queries import body_by_code
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.form import Fieldset, FormView
from tavolo.ui.forms import ActForm

FORM = "tables/work_form.html"
CONFLICT = 409


@dataclass(frozen=True)
class Asking:
    """A page that asks for one act: what it is called, what its button says, where one is led."""

    heading: str
    submit: str
    said: str
    cancel: str
    lead: str = ""
    fieldsets: tuple[Fieldset, ...] = ()

    def view(self, form: ActForm) -> FormView:
        return FormView(
            form=form,
            submit=self.submit,
            cancel_href=self.cancel,
            lead=self.lead,
            fieldsets=self.fieldsets,
        )


@dataclass(frozen=True)
class Here:
    """A body as one of those who run the bodies of its network works on it."""

    body: Body
    actor: Actor

    @property
    def overview(self) -> str:
        return self.href("work_body")

    @property
    def seats(self) -> str:
        return self.href("seats")

    def href(self, name: str, **more: Any) -> str:
        return reverse(f"tables:{name}", kwargs={"code": self.body.code, **more})

    def ask(
        self,
        request: HttpRequest,
        form: ActForm,
        act: Callable[[], str],
        asking: Asking,
        *,
        above: Sequence[Crumb] = (),
        template: str = FORM,
        **context: Any,
    ) -> HttpResponse:
        """The page of one act, or where it leads once it is done."""
        done = sent_once(request, form, act, said=asking.said)
        return done or self.page(
            request,
            template,
            here=asking.heading,
            above=above,
            form=asking.view(form),
            **context,
        )

    def page(
        self,
        request: HttpRequest,
        template: str,
        *,
        here: str = "",
        above: Sequence[Crumb] = (),
        status: int = 200,
        **context: Any,
    ) -> HttpResponse:
        """A page about it; `here` is its heading, empty for the body's own."""
        name = self.body.name
        crumbs = [Crumb(_("Tables and groups"), reverse("tables:work_bodies"))]
        if self.body.parent is not None:
            crumbs.append(Crumb(self.body.parent.name, work_href(self.body.parent)))
        crumbs += [Crumb(name, self.overview), *above] if here else []
        frame = {
            "here": self,
            "body": self.body,
            "heading": here or name,
            "breadcrumbs": Breadcrumbs(tuple(crumbs), here or name),
        }
        return render(request, template, {**frame, **context}, status=status)


def work_href(body: Body) -> str:
    """The page of a body at work."""
    return reverse("tables:work_body", args=[body.code])


def at_work(request: HttpRequest, code: str) -> Here:
    """For whoever runs the bodies of its network. Refuses with NotFound everybody else."""
    actor = actor_of(request)
    if not rules.runs_some_bodies(actor):
        raise NotFound
    body = body_by_code(code)
    if not rules.may_run_bodies(actor, body.network.uid):
        raise NotFound
    return Here(body, actor)
