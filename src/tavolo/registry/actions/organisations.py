"""Entering and editing organisations; what is known of them stands in facts."""

from typing import Any

from django.db import IntegrityError, transaction

from tavolo.journal.actions import record
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.facts import announce
from tavolo.kernel.models import Network
from tavolo.kernel.text import minted_code, search_key
from tavolo.kernel.versions import save_version
from tavolo.registry import rules
from tavolo.registry.actions.common import require, unless_raced
from tavolo.registry.actions.slots import lay_columns, write_columns
from tavolo.registry.actions.summary import bring_up_to_date
from tavolo.registry.choices import LegalForm, OrganisationKind
from tavolo.registry.errors import (
    NameMissing,
    OrganisationMerged,
    TaxCodeTaken,
    TaxCodeWrong,
    UnknownKind,
    UnknownWord,
)
from tavolo.registry.facts import OrganisationAdded, OrganisationEdited
from tavolo.registry.identifiers import cleaned_tax_code, is_tax_code
from tavolo.registry.models import Organisation
from tavolo.search.actions import note_change
from tavolo.territory.models import Municipality

CODE_LENGTH = 60
MINTING_ATTEMPTS = 5
EDITABLE = (
    "name",
    "kind",
    "municipality",
    "website",
    "public_email",
    "phone",
    "tax_code",
    "source",
)


@transaction.atomic
def add_organisation(
    *,
    steward: Network,
    name: str,
    kind: str,
    legal_form: str = "",
    is_administration: bool | None = None,
    municipality: Municipality | None = None,
    website: str = "",
    public_email: str = "",
    phone: str = "",
    tax_code: str = "",
    source: str = "",
    began: PartialDate | None = None,
    by: Actor,
) -> Organisation:
    """Enter an organisation with its steward network, and mint the code of its address.

    What is said of it is entered as facts that hold from `began`, where nobody says since when for
    ever back; `name` is the one in use. It takes part in nothing yet: that is `admit_organisation`.
    Refuses with NotAllowed, NameMissing, UnknownKind, UnknownWord, TaxCodeWrong, TaxCodeTaken,
    ContactWrong, MunicipalityNotThen.
    """
    require(rules.may_add_organisation(by, steward.uid))
    row = Organisation(steward=steward, created_at=clock.now())
    _fill(
        row,
        name=name,
        kind=kind,
        legal_form=legal_form,
        is_administration=is_administration,
        municipality=municipality,
        website=website,
        public_email=public_email,
        phone=phone,
        tax_code=tax_code,
        source=source,
    )
    _save_with_code(row)
    lay_columns(row, began=began)
    if began is not None:
        bring_up_to_date(row)
    note_change(row)
    record(
        action="registry.organisation_added",
        actor=by,
        subject=row,
        network=steward,
        values=_values(row) | {"began": str(began or "")},
    )
    announce(OrganisationAdded(row.uid), network=steward)
    return row


@transaction.atomic
def edit_organisation(
    *,
    organisation: Organisation,
    version: int,
    name: str,
    kind: str,
    municipality: Municipality | None = None,
    website: str = "",
    public_email: str = "",
    phone: str = "",
    tax_code: str = "",
    source: str = "",
    correction: bool = False,
    by: Actor,
) -> Organisation:
    """Write what holds of an organisation from today on; its code stays as it was minted.

    What differs is a change from today: names, seats and numbers keep their past. What began today
    is put right instead, what was not known at all holds for ever back. With `correction` it was
    wrong all along: the facts that hold today are corrected, and what is emptied is withdrawn. Who
    knows better enters, changes and corrects facts one by one.

    Refuses with NotAllowed, OrganisationMerged, NameMissing, UnknownKind, TaxCodeWrong,
    TaxCodeTaken, ContactWrong, MunicipalityNotThen, and StaleVersion where somebody saved after
    `version` was read.
    """
    require(rules.may_edit_organisation(by, organisation.steward.uid))
    if organisation.merged_into_id is not None:
        raise OrganisationMerged
    _fill(
        organisation,
        name=name,
        kind=kind,
        municipality=municipality,
        website=website,
        public_email=public_email,
        phone=phone,
        tax_code=tax_code,
        source=source,
    )
    unless_raced(
        lambda: save_version(organisation, expected=version, fields=EDITABLE), TaxCodeTaken
    )
    write_columns(organisation, correction=correction)
    bring_up_to_date(organisation)
    note_change(organisation)
    record(
        action="registry.organisation_edited",
        actor=by,
        subject=organisation,
        network=organisation.steward,
        values=_values(organisation) | {"correction": correction},
    )
    announce(OrganisationEdited(organisation.uid), network=organisation.steward)
    return organisation


def _fill(row: Organisation, **values: Any) -> None:
    for field, value in values.items():
        setattr(row, field, " ".join(value.split()) if isinstance(value, str) else value)
    row.tax_code = cleaned_tax_code(row.tax_code)
    _check(row)


def _check(row: Organisation) -> None:
    if not search_key(row.name):
        raise NameMissing
    if row.kind not in OrganisationKind.values:
        raise UnknownKind
    if row.legal_form and row.legal_form not in LegalForm.values:
        raise UnknownWord
    if not row.tax_code:
        return
    if not is_tax_code(row.tax_code):
        raise TaxCodeWrong
    held = Organisation.objects.filter(tax_code=row.tax_code, merged_into__isnull=True)
    if other := held.exclude(pk=row.pk).first():
        raise TaxCodeTaken(other)


def _save_with_code(row: Organisation, attempts: int = MINTING_ATTEMPTS) -> None:
    row.code = _free_code(row.name)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:
        # Somebody took the tax code, or minted the same code, in this very moment.
        _check(row)
        if attempts == 1:
            raise
        _save_with_code(row, attempts - 1)


def _free_code(name: str) -> str:
    stem = minted_code(name, (), length=CODE_LENGTH)
    taken = Organisation.objects.filter(code__startswith=stem).values_list("code", flat=True)
    return minted_code(name, rules.RESERVED_WORDS | set(taken), length=CODE_LENGTH)


def _values(row: Organisation) -> dict[str, Any]:
    plain = {name: str(getattr(row, name)) for name in EDITABLE if name != "municipality"}
    return plain | {"municipality": row.municipality.istat_code if row.municipality else ""}
