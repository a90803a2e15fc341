"""A notice and an application in words, for pages and for papers."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.utils.translation import gettext as _

from tavolo.tables.actions.notices import CORRECTABLE, as_corrected, called
from tavolo.tables.choices import (
    ActKind,
    ApplicationWay,
    AskKind,
    Category,
    CountingTime,
    DelegateKind,
)
from tavolo.tables.models import Application, Notice
from tavolo.tables.seconds import to_the_second
from tavolo.ui.words import partial_words

# In the order in which a notice is read.
TEXTS = (
    "premises", "purpose", "addressed", "requirements", "commitments", "evaluation",
    "list_lasts", "publication", "responsible", "contact", "privacy", "appeal",
)  # fmt: skip
WHO = (
    "name", "legal_form", "tax_code", "seat", "local_seat", "runts", "representative",
    "representative_role", "representative_born", "representative_tax_code", "email",
    "pec_address", "phone",
)  # fmt: skip
WHY = ("aim", "activity", "motivation")


@dataclass(frozen=True)
class Text:
    """A field of a notice: the words as they were published, and as they are corrected, if they are."""

    label: str
    words: str
    corrected: str = ""


def label_of(model: type[Notice] | type[Application], name: str) -> str:
    """A field's name with a capital."""
    words = called(model, name)
    return words[:1].upper() + words[1:]


def texts(notice: Notice) -> list[Text]:
    """What it says, field by field; what says nothing is left out."""
    now = as_corrected(notice)
    found = [
        Text(
            label_of(Notice, name),
            getattr(notice, name),
            now[name] if name in CORRECTABLE and now[name] != getattr(notice, name) else "",
        )
        for name in TEXTS
    ]
    return [each for each in found if each.words or each.corrected]


def essentials(notice: Notice) -> list[tuple[str, str]]:
    """Who, by which act, until when, for how many: the table at the head."""
    pairs = [
        (_("Issued by"), notice.issuer.name if notice.issuer else ""),
        (
            _("Act"),
            f"{ActKind(notice.act_kind).label} {notice.act}" if notice.act_kind else notice.act,
        ),
        (_("For"), notice.body.name),
        (_("Opens"), to_the_second(notice.opens_at) if notice.opens_at else ""),
        (_("Closes"), _closes(notice)),
        (_("Number of seats"), str(notice.seats) if notice.seats else _("not limited")),
        (
            _("Procedure"),
            _("competitive, with scores") if notice.competitive else _("not competitive"),
        ),
        (_("CUP"), notice.cup),
        (_("CIG"), notice.cig),
        (_("Source"), notice.source),
    ]
    return [(label, words) for label, words in pairs if words]


def _closes(notice: Notice) -> str:
    if notice.over:
        return _("closed, on a day that is not known")
    if notice.published_at is None:
        return to_the_second(notice.closes_at) if notice.closes_at else _("open-ended")
    if notice.ends_at is None:
        return _("open-ended: it can be answered all year")
    if notice.ends_at == notice.closes_at or notice.closes_at is None:
        return to_the_second(notice.ends_at)
    before = to_the_second(notice.closes_at)
    now = to_the_second(notice.ends_at)
    return _("%(now)s, as corrected; first it was %(before)s") % {"now": now, "before": before}


def ways(notice: Notice) -> list[str]:
    """In which ways it is answered, with the time that counts by PEC."""
    said = []
    for way in ApplicationWay:
        if way not in notice.ways:
            continue
        counts = CountingTime(notice.pec_counts).label if way == ApplicationWay.PEC else ""
        words = str(way.label)
        said.append(f"{words} ({_('what counts is')}: {counts})" if counts else words)
    return said


def asks(notice: Notice, kind: AskKind) -> list[str]:
    rows = sorted((ask for ask in notice.asks.all() if ask.kind == kind), key=lambda a: a.number)
    return [ask.words if ask.needed else f"{ask.words} ({_('optional')})" for ask in rows]


def groups(notice: Notice) -> list[str]:
    rows = sorted((each.group for each in notice.groups.all()), key=lambda g: (g.number or 0, g.pk))
    return [f"{row.number}. {row.name}" if row.number else row.name for row in rows]


def applicant(row: Application) -> list[tuple[str, str]]:
    pairs = [(label_of(Application, name), str(getattr(row, name))) for name in WHO]
    if row.category:
        pairs.insert(1, (_("As what it applies"), str(Category(row.category).label)))
    if row.constituted:
        pairs.append((_("Constituted"), partial_words(row.constituted)))
    return [(label, words) for label, words in pairs if words]


def delegates(row: Application) -> list[tuple[str, str]]:
    return [
        (
            str(DelegateKind(each.kind).label),
            ", ".join(
                part
                for part in (f"{each.given_name} {each.family_name}", each.role, each.email)
                if part
            ),
        )
        for each in sorted(row.delegates.all(), key=lambda one: one.kind)
    ]


@dataclass(frozen=True)
class Part:
    """A heading of a paper with paragraphs, points and pairs."""

    heading: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    terms: tuple[dict[str, str], ...] = ()


def paper_of_notice(notice: Notice) -> dict[str, Any]:
    parts = [Part(_("The notice"), terms=_terms(essentials(notice)))]
    for text in texts(notice):
        corrected = (f"{_('As corrected')}: {text.corrected}",) if text.corrected else ()
        parts.append(Part(text.label, (*text.words.splitlines(), *corrected)))
    parts += [
        Part(_("How it is answered"), points=tuple(ways(notice))),
        Part(_("Groups that can be chosen"), points=tuple(groups(notice))),
        Part(_("What has to be declared"), points=tuple(asks(notice, AskKind.DECLARATION))),
        Part(_("What has to be attached"), points=tuple(asks(notice, AskKind.PAPER))),
    ]
    made = [f"{each.act}: {each.reason}" for each in notice.corrections.order_by("number")]
    parts.append(Part(_("Corrections"), points=tuple(made)))
    return _paper(parts)


def paper_of_application(row: Application) -> dict[str, Any]:
    why = [(label_of(Application, name), getattr(row, name)) for name in WHY]
    parts = [
        Part(_("Who applies"), terms=_terms(applicant(row))),
        *(Part(label, tuple(words.splitlines())) for label, words in why if words),
        Part(_("Groups"), points=tuple(each.group.name for each in row.groups.all())),
        Part(_("Whom it sends"), terms=_terms(delegates(row))),
        Part(_("Declares"), points=tuple(each.ask.words for each in row.declarations.all())),
    ]
    signature = _("Place, day and signature of the legal representative")
    return _paper(parts) | {"signature": signature}


def _terms(pairs: Sequence[tuple[str, str]]) -> tuple[dict[str, str], ...]:
    return tuple({"label": label, "value": value, "note": ""} for label, value in pairs)


def _paper(parts: Sequence[Part]) -> dict[str, Any]:
    said = [asdict(each) for each in parts if each.words or each.points or each.terms]
    return {"parts": said, "signature": ""}
