"""How long documents are kept: classes, each with its term, from which day, and by which law.

What no law fixes is marked "proposta": it is the body's to set (`docs/ente/conservazione.md`), as a dated
value `term.documents.<class>` of the installation.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tavolo.documents.choices import ORDINARY
from tavolo.kernel.errors import Sentence
from tavolo.kernel.network import RuleBook, rule_book
from tavolo.kernel.plugs import Registry
from tavolo.kernel.terms import ITALY, Rule, Term, Unit, Version, ends

OWN = "proposta, non legge; art. 68 d.P.R. 445/2000"
_FROM = _("the last version, or the withdrawal where that came later")
_OWES = _("the secretariat of the network")


@dataclass(frozen=True)
class RetentionClass:
    """`by_itself`: what is past its term is deleted by the daily job, else a person decides.

    `nameless`: its titles may name a person, and go with the content.
    """

    key: str
    label: Sentence
    term: Term
    by_itself: bool = False
    nameless: bool = False


retention_classes: Registry[RetentionClass] = Registry("retention class")


def _class(
    key: str,
    label: Sentence,
    years: int | None,
    source: str,
    *,
    by_itself: bool = False,
    nameless: bool = False,
) -> None:
    then = _("it is deleted") if by_itself else _("a person decides")
    rule = Rule(length=years, unit=Unit.YEARS)
    term = Term(f"documents.{key}", label, _FROM, _OWES, then, (Version(rule, source),))
    retention_classes.add(RetentionClass(key, label, term, by_itself, nameless))


_class(ORDINARY, _("Ordinary papers"), 5, OWN)
_class(
    "permanent",
    _("Kept for ever: statutes, agreements, minutes, decisions"),
    None,
    "artt. 10, 21 e 30 d.lgs. 42/2004",
)
_class("accounting", _("Accounts and what proves them"), 10, "art. 2220 c.c.")
_class("passing", _("Drafts and copies"), 1, OWN, by_itself=True)
_class(
    "personal",
    _("Papers about a person that came with a request"),
    2,
    "proposta, non legge; art. 5, par. 1, lett. e, reg. (UE) 2016/679",
    by_itself=True,
    nameless=True,
)


def class_of(key: str) -> RetentionClass:
    """The class of that key; ordinary papers where a class is known no more."""
    found = next((each for each in retention_classes if each.key == key), None)
    return found or retention_classes.get(ORDINARY)


def terms_entered() -> RuleBook:
    """The numbers of all classes on any day; one query."""
    return rule_book(*(each.term for each in retention_classes))


def kept_until(retention: str, since: date, book: RuleBook, *, on: date) -> date | None:
    """The last day on which a document is kept, by the numbers of the day `on`; None: for ever."""
    return ends(book.on(class_of(retention).term, on), since, holidays=ITALY).last_day


def source_of(retention: str, book: RuleBook, *, on: date) -> str:
    """By which law, or whose decision, the class has its term on that day."""
    term = class_of(retention).term
    for row in book.entered.get(term.key, ()):
        if on in row.period:
            return row.source
    version = term.on(on)
    return version.source if version else ""
