"""What is done with a whole batch, each asked for once more where it leaves something out or takes it back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tavolo.desk.forms.imports import ApplyForm, BatchForm, UndoForm
from tavolo.desk.web.imports import tables, words
from tavolo.desk.web.imports.overview import Counted
from tavolo.desk.web.imports.places import (
    batch_here,
    batch_href,
    batch_page,
    busy,
    imports_of,
    sent_or_back,
)
from tavolo.desk.web.pages import form_view
from tavolo.imports import queries
from tavolo.imports.actions import drop_batch, start
from tavolo.imports.choices import Outcome, State, Work
from tavolo.imports.models import Batch
from tavolo.people.web.access import work_area
from tavolo.people.web.sending import actor_of
from tavolo.ui.components.confirmation import Confirmation

# As many as one reads in a sentence.
NAMED = 12
DROPPABLE = {State.RECEIVED, State.REFUSED, State.READ, State.CHECKED}


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Import what can be imported; where rows stay out, it is said first which."""
    here, batch, kind = batch_here(request, slug, uid)
    counted, back = Counted.of(batch), batch_href(here, batch)
    if busy(batch) or batch.state != State.CHECKED or not counted.importable:
        return HttpResponseRedirect(back)
    form = ApplyForm(
        request.POST or None, batch=batch, initial={"without_faulty": bool(counted.left_out)}
    )

    def begin() -> None:
        start(
            batch=batch,
            work=Work.APPLYING,
            by=actor_of(request),
            version=form.cleaned_data["version"],
            without_faulty=form.cleaned_data["without_faulty"],
        )

    question = Confirmation(
        question=words.apply_question(counted.importable),
        consequences=tuple(words.staying_out(batch.counts, faulty_numbers(batch))),
        form=form_view(
            form, words.apply_verb(counted.importable, counted.left_out), back, cancel=_("Go back")
        ),
    )
    answer = sent_or_back(request, form, begin, back=back)
    return answer or batch_page(
        request,
        "desk/import_confirm.html",
        here,
        batch,
        kind,
        here=_("Import the rows without faults") if counted.left_out else _("Import all"),
        question=question,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def undo(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Take back what was imported; what somebody changed since is shown first."""
    here, batch, kind = batch_here(request, slug, uid)
    back = batch_href(here, batch)
    if busy(batch) or not queries.may_be_undone(batch):
        return HttpResponseRedirect(back)
    changed = queries.changed_since(batch)
    form = UndoForm(request.POST or None, batch=batch, initial={"leave_changed": bool(changed)})

    def begin() -> None:
        start(
            batch=batch,
            work=Work.UNDOING,
            by=actor_of(request),
            version=form.cleaned_data["version"],
            leave_changed=form.cleaned_data["leave_changed"],
        )

    question = Confirmation(
        question=_("Undo the rest of this import?") if changed else _("Undo this import?"),
        consequences=tuple(words.undoing(len(changed))),
        form=form_view(
            form,
            _("Undo the rest") if changed else _("Undo the import"),
            back,
            cancel=_("Leave it as it is"),
        ),
    )
    answer = sent_or_back(request, form, begin, back=back)
    return answer or batch_page(
        request,
        "desk/import_confirm.html",
        here,
        batch,
        kind,
        here=_("Undo the import"),
        question=question,
        table=tables.changed_since(kind, changed) if changed else None,
    )


@work_area
@require_http_methods(["GET", "HEAD", "POST"])
def drop(request: HttpRequest, slug: str, uid: UUID) -> HttpResponse:
    """Put a file aside of which nothing was imported."""
    here, batch, kind = batch_here(request, slug, uid)
    back = batch_href(here, batch)
    if busy(batch) or batch.state not in DROPPABLE:
        return HttpResponseRedirect(back)
    form = BatchForm(request.POST or None, batch=batch)

    def act() -> None:
        drop_batch(batch=batch, version=form.cleaned_data["version"], by=actor_of(request))

    answer = sent_or_back(
        request, form, act, back=back, onward=imports_of(here), said=_("It is put aside.")
    )
    question = Confirmation(
        question=_("Put this file aside?"),
        consequences=(
            _("Nothing was imported of it, and nothing will be."),
            _("What you corrected on the page goes with it; you can upload the file again."),
        ),
        form=form_view(form, _("Put it aside"), back, cancel=_("Go back")),
    )
    return answer or batch_page(
        request,
        "desk/import_confirm.html",
        here,
        batch,
        kind,
        here=_("Put the file aside"),
        question=question,
    )


def faulty_numbers(batch: Batch) -> list[int]:
    rows = queries.rows_of(batch, Outcome.FAULT)
    return list(rows.values_list("number", flat=True)[:NAMED])
