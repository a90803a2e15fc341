"""What an organisation that leaves takes with it: what it entered and what concerns it, and nothing of others."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import ForeignKey, Model, Q

from tavolo.documents.models import Document
from tavolo.documents.queries import documents_of
from tavolo.journal.models import Entry
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel, travels
from tavolo.people.models import Person
from tavolo.registry.choices import HOLDS_EVIDENCE, HOLDS_PAPERS
from tavolo.registry.models import (
    Affiliation,
    CommitmentStep,
    Delegation,
    OfficeHolding,
    Organisation,
    Representation,
)
from tavolo.territory.models import Municipality

# What stands in a row for the program alone.
FOR_THE_PROGRAM = {"id", "version", "sort_key", "search_key"}
# By whom somebody is one of the organisation's own persons.
OWN = (Affiliation, OfficeHolding, Delegation, Representation)
MANY = 500


@dataclass(frozen=True)
class Taken:
    """The rows of one kind: as data with a name for each field, and under which words."""

    key: str
    label: str
    headings: dict[str, str]
    rows: list[dict[str, Any]]


def taken_by(organisation: Organisation, *, actor: Actor) -> list[Taken]:
    """Every table in which something is the organisation's, in the order of the rooms; empty ones too.

    What it does in a network is for whoever acts for it, and for that network's secretariat. Of persons
    only its own are named; of other organisations name and address, which are public. A query for each
    kind, whatever its rows.
    """
    own, within = own_persons(organisation), _networks_open_to(actor, organisation)
    return [
        _taken(apps.get_model(travel.key), travel, organisation, own, within)
        for travel in travels
        if travel.of_organisation
    ]


def acts_on(organisation: Organisation, taken: Sequence[Taken]) -> Iterator[dict[str, Any]]:
    """What the journal says was done to these rows: what, when, by which of its own persons; no values."""
    uids = sorted({row["uid"] for table in taken for row in table.rows if "uid" in row})
    names = {str(p.uid): p.name for p in Person.objects.filter(pk__in=own_persons(organisation))}
    for start in range(0, len(uids), MANY):
        told = Entry.objects.filter(subject_uid__in=uids[start : start + MANY]).order_by("id")
        for entry in told.iterator():
            yield {
                "at": entry.at.isoformat(),
                "action": entry.action,
                "subject": str(entry.subject_uid),
                "by": names.get(entry.actor, ""),
            }


def papers_of(organisation: Organisation, *, actor: Actor) -> list[Document]:
    """Its documents, and the evidence of what it promised, as far as the actor may see them."""
    steps = CommitmentStep.objects.filter(commitment__owner=organisation)
    held: tuple[tuple[str, list[UUID]], ...] = (
        (HOLDS_PAPERS, [organisation.uid]),
        (HOLDS_EVIDENCE, list(steps.values_list("uid", flat=True))),
    )
    return [
        document
        for kind, uids in held
        for documents in documents_of(kind, uids, actor=actor).values()
        for document in documents
    ]


def own_persons(organisation: Organisation) -> set[int]:
    """Who acts or acted for it, or held an office in it."""
    return {
        person
        for model in OWN
        for person in model.objects.filter(organisation=organisation).values_list(
            "person_id", flat=True
        )
    }


def _networks_open_to(actor: Actor, organisation: Organisation) -> set[UUID] | None:
    """Those of which the actor may read what the organisation does there; None: all."""
    if actor.has("operator") or actor.has(
        "organisation_member", scope=("organisation", organisation.uid)
    ):
        return None
    return actor.networks("network_secretary")


def _taken(
    model: type[Model],
    travel: Travel,
    organisation: Organisation,
    own: set[int],
    within: set[UUID] | None,
) -> Taken:
    mine = Q()
    for path in travel.of_organisation:
        mine |= Q(**{path: organisation.pk})
    if within is not None and travel.goes is Goes.WITH_NETWORK:
        mine &= Q(**{f"{travel.path}__uid__in": within})
    fields = [
        field
        for field in model._meta.local_concrete_fields
        if field.name not in FOR_THE_PROGRAM and not field.generated
    ]
    keys = [field.name for field in fields if isinstance(field, ForeignKey)]
    rows = model._base_manager.filter(mine).select_related(*keys).order_by("pk")
    return Taken(
        travel.key,
        str(model._meta.verbose_name_plural),
        {field.name: str(field.verbose_name) for field in fields},
        [{field.name: _said(row, field.name, own) for field in fields} for row in rows],
    )


def _said(row: Model, name: str, own: set[int]) -> Any:
    """A value as JSON holds it; of another row what everybody may know of it."""
    value = getattr(row, name)
    if isinstance(value, Model):
        return _named(value, own)
    if value is None or isinstance(value, bool | int | float | list | dict):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _named(thing: Model, own: set[int]) -> dict[str, str] | None:
    if isinstance(thing, Person):
        return {"uid": str(thing.uid), "name": thing.name} if thing.pk in own else None
    if isinstance(thing, Network):
        return {"address": thing.slug, "name": thing.name}
    if isinstance(thing, Municipality):
        return {"istat_code": thing.istat_code, "name": thing.name}
    return {key: str(getattr(thing, key)) for key in ("uid", "code", "name") if hasattr(thing, key)}


def cell_of(value: Any) -> Any:
    """What stands in a spreadsheet for a value: of another row its name."""
    if isinstance(value, dict):
        return value.get("name") or ", ".join(f"{key}: {told}" for key, told in value.items())
    return ", ".join(map(str, value)) if isinstance(value, list) else value
