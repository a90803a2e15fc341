"""Which of this room's dated facts give rights."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Grant, Part, Role, grant_sources, parts_of_work, role_sources
from tavolo.registry import rules
from tavolo.registry.choices import Office
from tavolo.registry.models import Affiliation, Deputy, NetworkOffice, Participation


class Secretariat:
    """Whoever holds a network's secretariat by act runs the network."""

    key = "registry.secretariat"

    def roles(self, person: UUID, network: UUID | None, on: date) -> set[Role]:
        held = NetworkOffice.objects.on(on).filter(person__uid=person, office=Office.SECRETARY)
        if network is not None:
            held = held.filter(network__uid=network)
        return {
            Role("network_secretary", uid, None, first, end)
            for uid, first, end in held.values_list("network__uid", "valid_from", "valid_until")
        }


class Members:
    """Whoever acts for an organisation is its member in each network in which it takes part."""

    key = "registry.members"

    def roles(self, person: UUID, network: UUID | None, on: date) -> set[Role]:
        affiliations = Affiliation.objects.on(on).filter(person__uid=person)
        taking_part = Participation.objects.on(on).filter(
            organisation__in=affiliations.values("organisation")
        )
        if network is not None:
            taking_part = taking_part.filter(network__uid=network)
        return {
            Role("organisation_member", uid, ("organisation", organisation), first, end)
            for uid, organisation, first, end in taking_part.values_list(
                "network__uid", "organisation__uid", "valid_from", "valid_until"
            )
        }


class Deputies:
    """Whoever was named deputy acts for the principal, for the term and the parts that the act names."""

    key = "registry.deputies"

    def grants(self, deputy: UUID, principal: UUID, on: date) -> set[Grant]:
        rows = Deputy.objects.on(on).filter(deputy__uid=deputy, principal__uid=principal)
        told = rows.values_list(
            "network__uid", "organisation__uid", "parts", "valid_from", "valid_until"
        )
        return {
            Grant(
                network,
                ("organisation", organisation) if organisation else None,
                frozenset(parts) if parts else None,
                first,
                end,
            )
            for network, organisation, parts, first, end in told
        }


role_sources.add(Secretariat())
role_sources.add(Members())
grant_sources.add(Deputies())
parts_of_work.add(Part(rules.ORGANISATIONS, _("Organisations")))
parts_of_work.add(Part(rules.COMMITMENTS, _("Commitments")))
parts_of_work.add(Part(rules.SETTINGS, _("What the network says of itself")))
