"""What the registry holds about a person, and what of it stays after an erasure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.actor import Actor
from tavolo.kernel.dated import Dated, Recorded
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.people.plugs import HeldAbout, Kept, page_owners, personal_data
from tavolo.registry.actions import leave_everything
from tavolo.registry.models import (
    Affiliation,
    CommitmentStep,
    Delegation,
    Deputy,
    NetworkOffice,
    OfficeHolding,
    Organisation,
    Representation,
)
from tavolo.registry.titles import matter_words, office_words
from tavolo.search.actions import note_change
from tavolo.ui.words import day_words, partial_words, since_words, until_words

WHY_OFFICES = gettext_lazy(
    "Who held an office, and what was delegated with it, belongs to the acts of the organisation and"
    " stays under a pseudonym: it is kept in the public interest (GDPR art. 17(3)(b) and (d))."
)
WHY_STEPS = gettext_lazy(
    "What became of a commitment stays, under a pseudonym: others rely on it"
    " (GDPR art. 17(3)(b) and (e))."
)
# What `registry.actions.found_network` writes as the act of the first secretary.
FOUNDATION = "foundation"
R = TypeVar("R", bound=Recorded)
OF_AN_ORGANISATION = (OfficeHolding, Delegation, Representation, Affiliation)


class InOffice:
    """Offices, delegations, for whom she speaks or acts, deputies, commitments that she moved."""

    key = "registry.offices"
    label: Sentence = gettext_lazy("Offices and whom the person acts for")
    order = 40

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            *(_told(_("Office held"), _office(row), row) for row in _known(OfficeHolding, person)),
            *(_told(_("Delegation"), _matter(row), row) for row in _known(Delegation, person)),
            *(_told(_("Speaks for"), _speaks(row), row) for row in _known(Representation, person)),
            *(_told(_("Acts for"), _acts(row), row) for row in _known(Affiliation, person)),
            *(_told(_("Runs the network"), row.network.name, row) for row in _networks(person)),
            *(_told(_("Deputy"), _deputy(row), row) for row in _deputies(person)),
            *_steps(person),
        ]

    def known_in(self, person: Person) -> set[UUID]:
        known = Q(pk__in=NetworkOffice.objects.filter(person=person).values("network"))
        known |= Q(pk__in=Deputy.objects.filter(_either(person)).values("network"))
        steps = CommitmentStep.objects.filter(person=person)
        known |= Q(pk__in=steps.values("commitment__network"))
        for model in OF_AN_ORGANISATION:
            rows = model._base_manager.filter(person=person)
            known |= Q(pk__in=rows.values("organisation__steward"))
        return set(Network.objects.filter(known).values_list("uid", flat=True))

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        organisations = _organisations(person)
        leave_everything(person=person, by=by)
        for organisation in organisations:
            note_change(organisation)
        return _kept(person)


class Pages:
    """Pages of organisations and of their units are their steward's; those of a network its own."""

    key = "registry"

    def network_of(self, url_name: str, kwargs: Mapping[str, object]) -> Network | None:
        if "slug" in kwargs:
            return Network.objects.filter(slug=str(kwargs["slug"])).first()
        if not url_name.startswith("registry:") or "code" not in kwargs:
            return None
        rows = Organisation.objects.filter(code=str(kwargs["code"])).select_related("steward")
        organisation = rows.first()
        return organisation.steward if organisation else None


def _known(model: type[R], person: Person) -> QuerySet[R]:
    rows = model._base_manager.filter(person=person, superseded_at__isnull=True)
    return rows.select_related("organisation").order_by("id")


def _networks(person: Person) -> QuerySet[NetworkOffice]:
    return NetworkOffice.objects.filter(person=person).select_related("network").order_by("id")


def _either(person: Person) -> Q:
    return Q(principal=person) | Q(deputy=person)


def _deputies(person: Person) -> QuerySet[Deputy]:
    rows = Deputy.objects.known().filter(_either(person))
    return rows.select_related("network", "principal", "deputy").order_by("id")


def _steps(person: Person) -> list[HeldAbout]:
    rows = CommitmentStep.objects.filter(person=person).select_related("commitment")
    return [
        HeldAbout(
            _("Step of a commitment"),
            f"{row.commitment.name}: {row.note or row.get_state_display()}",
            day_words(row.on, weekday=False),
        )
        for row in rows.order_by("id")
    ]


def _told(label: str, value: str, row: Dated) -> HeldAbout:
    source = getattr(row, "source", "") or getattr(row, "act", "")
    return HeldAbout(label, value, _period(row), "" if source == FOUNDATION else source)


def _period(row: Dated) -> str:
    """As the source has it, which may know a date in part; else the days."""
    began, ended = getattr(row, "began", None), getattr(row, "ended", None)
    last = until_words(row.valid_until) if row.valid_until else ""
    spoken = [_since(began or row.valid_from), partial_words(ended) if ended else last]
    return " ".join(part for part in spoken if part)


def _since(first: PartialDate | date | None) -> str:
    if first is None:
        return ""
    if isinstance(first, PartialDate) and first.bound:
        return partial_words(first)
    return since_words(first)


def _office(row: OfficeHolding) -> str:
    words = office_words(
        row.title, row.form, feminine=row.title_feminine, masculine=row.title_masculine
    )
    return f"{words}, {row.organisation.name}"


def _matter(row: Delegation) -> str:
    return f"{matter_words(row.theme, row.words)}, {row.organisation.name}"


def _speaks(row: Representation) -> str:
    return f"{row.organisation.name}, {row.get_capacity_display()}"


def _acts(row: Affiliation) -> str:
    return ", ".join(part for part in (row.organisation.name, row.function) if part)


def _deputy(row: Deputy) -> str:
    return _("%(deputy)s in the place of %(principal)s, %(network)s") % {
        "deputy": row.deputy.name,
        "principal": row.principal.name,
        "network": row.network.name,
    }


def _organisations(person: Person) -> Iterable[Organisation]:
    """Those on whose pages she may stand."""
    held = Q()
    for model in OF_AN_ORGANISATION:
        held |= Q(pk__in=model._base_manager.filter(person=person).values("organisation"))
    return list(Organisation.objects.filter(held))


def _kept(person: Person) -> list[Kept]:
    offices = _known(OfficeHolding, person).count() + _known(Delegation, person).count()
    steps = CommitmentStep.objects.filter(person=person).count()
    told = []
    if offices:
        label = _("%(count)s offices and delegations") % {"count": offices}
        told.append(Kept(label, WHY_OFFICES))
    if steps:
        label = _("%(count)s steps of commitments") % {"count": steps}
        told.append(Kept(label, WHY_STEPS))
    return told


personal_data.add(InOffice())
page_owners.add(Pages())
