"""Organisations as a spreadsheet, and who of them takes part in the network."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Context, Field, Given, Plan, Planned, State, import_kinds
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.actions.imported import restore_organisations, write_organisations
from tavolo.registry.choices import ParticipationRole
from tavolo.registry.importing.columns import KIND, ORGANISATION_COLUMNS, ROLES, SOURCE
from tavolo.registry.importing.organisations import Defaults, Organisations
from tavolo.registry.importing.telling import exported, told_of
from tavolo.registry.importing.words import choices_of
from tavolo.registry.models import Organisation
from tavolo.registry.queries.imported import (
    MEMBER,
    ORGANISATION,
    codes_in,
    member_states,
    organisation_states,
)

MOST_PAGES = 10

ADMIT = Field(
    "admit",
    _("They take part in the network"),
    values.yes_no,
    help=_("No, where they are entered into the register alone. Empty: yes."),
)
OPTIONS = (
    Field(
        "kind",
        KIND.label,
        KIND.read,
        help=_("For all rows that do not say it."),
        choices=KIND.choices,
    ),
    Field(
        "role",
        _("Role in the network"),
        ROLES,
        help=_("For all rows that do not say it. Empty: they take part."),
        choices=choices_of(ParticipationRole),
    ),
    Field("source", SOURCE.label, SOURCE.read, help=_("For all rows that do not say it.")),
)


class OrganisationList:
    """What the kinds of lists of organisations share: they plan, write and undo alike."""

    admits = True
    options: Sequence[Field] = (ADMIT, *OPTIONS)

    def constants(self, context: Context) -> Mapping[str, Any]:  # noqa: ARG002  of some lists alone
        """What a list says by being that list, beside its columns."""
        return {}

    def may(self, actor: Actor, network: Network | None) -> bool:
        return network is not None and rules.may_add_organisation(actor, network.uid)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        constants = self.constants(context)
        if constants:
            rows = [Given(row.number, {**row.values, **constants}) for row in rows]
        return Organisations(rows, context, Defaults.of(context, admit=self.admits)).plan()

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        write_organisations(changes, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        return organisation_states(subjects, context.network) | member_states(
            subjects, context.network
        )

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        restore_organisations(before, context)

    def told(self, state: State) -> Mapping[str, Any]:
        return told_of(state)

    def pages(
        self,
        subjects: Collection[str],
        context: Context,  # noqa: ARG002  the contract's
    ) -> Sequence[tuple[Sentence, str]]:
        """The pages of the organisations."""
        codes = codes_in(subjects, ORGANISATION) | codes_in(subjects, MEMBER)
        wanted = Q(code__in=sorted(codes)[:MOST_PAGES])
        rows = Organisation.objects.filter(wanted).order_by("sort_key", "id")
        return [(row.name, reverse("registry:organisation", args=[row.code])) for row in rows]

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        """Who takes part in the network or is kept by it, as it is today."""
        return exported(context)


class OrganisationsKind(OrganisationList):
    """Rows are told apart by code, by numbers, by name and municipality; what is alike is asked."""

    key = "organisations"
    slug = "organizzazioni"
    label: Sentence = _("Organisations")
    help: Sentence = _(
        "A row for each organisation: those that are not there yet are entered, and all take part in"
        " the network. Where a row looks like one that is there, you say whether it is the same."
    )
    fields: Sequence[Field] = ORGANISATION_COLUMNS


import_kinds.add(OrganisationsKind())
