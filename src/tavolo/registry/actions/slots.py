"""The columns of an organisation and the facts behind them: a slot is one column with its fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tavolo.kernel import clock
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions.facts import changed, closed, corrected, laid
from tavolo.registry.actions.recorded import withdrawn
from tavolo.registry.choices import Channel, IdentifierScheme, NameKind, SeatKind
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationFact,
    OrganisationName,
    Seat,
    Standing,
)
from tavolo.registry.queries.today import Today, todays


@dataclass(frozen=True)
class Slot:
    """`fact` is what stands behind the column now, `typed` what should; `made` what makes a new one.

    `dropped` is what does not come along when it changes: a street of the municipality before.
    """

    model: type[OrganisationFact]
    fact: OrganisationFact | None
    typed: Mapping[str, Any]
    made: Mapping[str, Any] = field(default_factory=dict)
    dropped: Mapping[str, Any] = field(default_factory=dict)

    @property
    def filled(self) -> bool:
        return any(value not in ("", None) for value in self.typed.values())

    @property
    def differs(self) -> bool:
        return any(getattr(self.fact, name) != value for name, value in self.typed.items())


def lay_columns(organisation: Organisation, *, began: PartialDate | None) -> None:
    """Enter what the columns of a new organisation say as its first facts."""
    for slot in _slots(organisation, Today()):
        if slot.filled:
            _lay(organisation, slot, began)


def write_columns(organisation: Organisation, *, correction: bool) -> None:
    """Bring the facts to what the columns say from today on, or all along (see `edit_organisation`)."""
    today = todays([organisation], on=clock.today())[organisation.pk]
    for slot in _slots(organisation, today):
        _write(organisation, slot, correction=correction)


def _slots(row: Organisation, today: Today) -> list[Slot]:
    standing: dict[str, Any] = {"kind": row.kind}
    if today.standing() is None:
        standing |= {"legal_form": row.legal_form, "is_administration": row.is_administration}
    return [
        Slot(OrganisationName, today.main_name(), {"name": row.name}, {"kind": NameKind.PUBLIC}),
        Slot(Standing, today.standing(), standing),
        Slot(
            Seat,
            today.main_seat(),
            {"municipality": row.municipality},
            {"kind": SeatKind.REGISTERED},
            {"address": "", "postal_code": ""},
        ),
        Slot(
            Identifier,
            today.number(IdentifierScheme.TAX_CODE),
            {"value": row.tax_code},
            {"scheme": IdentifierScheme.TAX_CODE},
        ),
        _reached(today, Channel.WEBSITE, row.website),
        _reached(today, Channel.EMAIL, row.public_email),
        _reached(today, Channel.PHONE, row.phone),
    ]


def _reached(today: Today, channel: Channel, value: str) -> Slot:
    return Slot(Contact, today.contact(channel), {"value": value}, {"channel": channel})


def _write(organisation: Organisation, slot: Slot, *, correction: bool) -> None:
    day = clock.today()
    fact = slot.fact
    if fact is None:
        if slot.filled:
            later = _stood(organisation, slot) and not correction
            _lay(organisation, slot, PartialDate.of(day) if later else None)
        return
    # What began today has no past that could be kept.
    always = correction or fact.valid_from == day
    # A row of which somebody else holds the organisation would write its old columns back.
    fact.organisation = organisation
    if not slot.filled:
        withdrawn(fact) if always else closed(fact, day - timedelta(days=1))
    elif slot.differs:
        values = {**slot.dropped, **slot.typed, "source": organisation.source}
        corrected(fact, values) if always else changed(fact, PartialDate.of(day), values)


def _lay(organisation: Organisation, slot: Slot, began: PartialDate | None) -> None:
    also: dict[str, Any] = {"began": began, "source": organisation.source}
    laid(slot.model(organisation=organisation, **also, **slot.made, **slot.typed))


def _stood(organisation: Organisation, slot: Slot) -> bool:
    """Whether something stood in the slot before: then the new one begins today and not for ever back."""
    rows = slot.model._base_manager.filter(organisation=organisation, superseded_at__isnull=True)
    return rows.filter(**slot.made).exists()
