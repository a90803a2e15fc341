"""How commitments are said: on the page of the organisation that made them, in lists, in their history."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tavolo.documents.models import Document
from tavolo.documents.shown import add_href, page_href
from tavolo.kernel.actor import Actor
from tavolo.registry import queries, rules
from tavolo.registry.choices import HOLDS_EVIDENCE, CommitmentState
from tavolo.registry.models import Commitment, Organisation
from tavolo.registry.queries import Promised, StepTaken, evidence_of
from tavolo.ui.components.badge import Badge, State
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Cell, Column, Paging, Row, Table
from tavolo.ui.components.timeline import Moment, Timeline
from tavolo.ui.words import day_words, instant_words

SHOWN = 10
SHAPES: dict[CommitmentState, State] = {
    CommitmentState.OPEN: "draft",
    CommitmentState.IN_PROGRESS: "wait",
    CommitmentState.DONE: "done",
    CommitmentState.PARTLY: "left",
    CommitmentState.DROPPED: "not",
}


def promised(organisation: Organisation, *, actor: Actor, on: date) -> Table | None:
    """What it promised, as it stood on that day and the actor may see; None where there is nothing.

    For those signed in each leads to its page at work. Two queries.
    """
    found = queries.commitments_of(organisation, actor=actor, on=on)
    if not found:
        return None
    return Table(
        caption=_("Promised"),
        columns=(
            Column(_("What")),
            Column(_("By when")),
            Column(_("State")),
            Column(_("What happened")),
        ),
        rows=tuple(_promised_row(row, actor, on) for row in found[:SHOWN]),
        empty=EmptyState(_("Nothing"), _("Nothing was promised.")),
        key="promised",
        paging=Paging(shown=min(SHOWN, len(found)), total=len(found)),
        caption_hidden=True,
    )


def _promised_row(row: Promised, actor: Actor, on: date) -> Row:
    step = row.step
    return Row.of(
        Cell(row.commitment.name, href(row.commitment) if actor.signed_in else ""),
        due_words(step.due),
        badge(row.state, step.due, on=on),
        Cell(step.note or (_("Look") if step.address else ""), step.address),
    )


def href(commitment: Commitment) -> str:
    return reverse("registry:commitment", kwargs={"uid": commitment.uid})


def due_words(due: date | None) -> str:
    return day_words(due, weekday=False) if due else pgettext("term", "without a term")


def owner_words(owner: Organisation | None) -> str:
    return owner.name if owner else _("nobody in particular")


def badge(state: str, due: date | None, *, on: date) -> Badge:
    """The state, and first that the term has passed where it has."""
    known = CommitmentState(state)
    if rules.is_overdue(known, due, on=on):
        return Badge("late", _("overdue"), known.label)
    return Badge(SHAPES[known], known.label)


def story(steps: list[StepTaken], *, named: bool, actor: Actor, keeps: bool = False) -> Timeline:
    """The history of a commitment, the first step first, each with the files that show it.

    `named`: with who entered each step; `keeps`: with where a file can be added.
    """
    last = steps[-1]
    papers = evidence_of([taken.step for taken in steps], actor=actor)
    return Timeline(
        tuple(
            _moment(
                taken,
                named=named,
                last=taken is last,
                links=(*_papers(papers.get(taken.step.uid, [])), *_adding(taken, keeps=keeps)),
            )
            for taken in steps
        )
    )


def _papers(documents: Sequence[Document]) -> Iterator[CardLink]:
    for row in documents:
        yield CardLink(_("File: %(title)s") % {"title": row.title}, page_href(row))


def _adding(taken: StepTaken, *, keeps: bool) -> Iterator[CardLink]:
    if keeps:
        yield CardLink(_("Add a file as evidence"), add_href(HOLDS_EVIDENCE, taken.step.uid))


def _moment(taken: StepTaken, *, named: bool, last: bool, links: tuple[CardLink, ...]) -> Moment:
    step = taken.step
    address = (CardLink(_("Evidence"), step.address),) if step.address else ()
    told = (_ended(step.note), _changes(taken), _entered(taken) if named else "")
    return Moment(
        when=step.on,
        title=_title(taken),
        text=" ".join(part for part in told if part),
        links=(*address, *links),
        now=last,
    )


def _title(taken: StepTaken) -> str:
    if taken.state is None:
        return _("still %(state)s") % {"state": CommitmentState(taken.step.state).label}
    return str(taken.state.label)


def _changes(taken: StepTaken) -> str:
    told = []
    if taken.due:
        told.append(_("Term: %(due)s.") % {"due": due_words(taken.step.due)})
    if taken.owner:
        told.append(_("Who promised it: %(name)s.") % {"name": owner_words(taken.step.owner)})
    return " ".join(told)


def _entered(taken: StepTaken) -> str:
    step = taken.step
    told = {"when": instant_words(step.at), "name": step.person.name if step.person else ""}
    if taken.in_place_of:
        told["principal"] = taken.in_place_of
        return _("Entered on %(when)s by %(name)s in place of %(principal)s.") % told
    if told["name"]:
        return _("Entered on %(when)s by %(name)s.") % told
    return _("Entered on %(when)s.") % told


def _ended(note: str) -> str:
    return note if not note or note[-1] in ".!?" else f"{note}."
