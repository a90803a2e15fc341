"""What of this room holds documents: organisations, steps of commitments, a network's logo."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from tavolo.documents.choices import Visibility
from tavolo.documents.plugs import Told, document_holders
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.kernel.models import Network
from tavolo.registry import rules
from tavolo.registry.choices import HOLDS_EVIDENCE, HOLDS_LOGO, HOLDS_PAPERS
from tavolo.registry.models import CommitmentStep, Organisation
from tavolo.ui.address import address

PUBLIC, NETWORK, PRIVATE = Visibility.PUBLIC, Visibility.NETWORK, Visibility.PRIVATE


class OrganisationDocuments:
    """Statute, balance sheet, regulations: entered by the steward's secretariat."""

    key = HOLDS_PAPERS
    label: Sentence = _("organisation")
    visibilities = (PUBLIC, NETWORK, PRIVATE)

    def may_see(self, actor: Actor, uids: Iterable[UUID], visibility: Visibility) -> set[UUID]:
        rows = Organisation.objects.filter(uid__in=uids).values_list("uid", "steward__uid")
        return {
            uid
            for uid, steward in rows
            if rules.may_see_document(
                actor, organisation=uid, steward=steward, visibility=visibility
            )
        }

    def may_add(self, actor: Actor, uid: UUID) -> bool:
        row = Organisation.objects.filter(uid=uid).values_list("steward__uid").first()
        return row is not None and rules.may_edit_organisation(actor, row[0])

    def told(self, uids: Iterable[UUID]) -> Mapping[UUID, Told]:
        rows = Organisation.objects.filter(uid__in=uids).select_related("steward")
        return {
            row.uid: Told(row.name, reverse("registry:organisation", args=[row.code]), row.steward)
            for row in rows
        }


class Evidence:
    """What shows that a commitment was kept: seen by whoever sees the commitment."""

    key = HOLDS_EVIDENCE
    label: Sentence = _("step of a commitment")
    visibilities = (NETWORK, PUBLIC)

    def may_see(self, actor: Actor, uids: Iterable[UUID], visibility: Visibility) -> set[UUID]:
        told = CommitmentStep.objects.filter(uid__in=uids).values_list(
            "uid", "commitment__network__uid", "commitment__public"
        )
        return {
            uid
            for uid, network, public in told
            if rules.may_see_commitment(
                actor, network=network, public=public and visibility == PUBLIC
            )
        }

    def may_add(self, actor: Actor, uid: UUID) -> bool:
        rows = CommitmentStep.objects.filter(uid=uid).values_list("commitment__network__uid")
        row = rows.first()
        return row is not None and rules.may_keep_commitments(actor, row[0])

    def told(self, uids: Iterable[UUID]) -> Mapping[UUID, Told]:
        rows = CommitmentStep.objects.filter(uid__in=uids).select_related("commitment__network")
        return {
            row.uid: Told(
                row.commitment.name,
                reverse("registry:commitment", args=[row.commitment.uid]),
                row.commitment.network,
            )
            for row in rows
        }


class Logo:
    """The sign of a network: the newest that was not withdrawn stands on its page."""

    key = HOLDS_LOGO
    label: Sentence = _("logo of a network")
    visibilities = (PUBLIC,)

    def may_see(self, actor: Actor, uids: Iterable[UUID], visibility: Visibility) -> set[UUID]:  # noqa: ARG002
        known = Network.objects.filter(uid__in=uids).values_list("uid", flat=True)
        return set(known) if visibility == PUBLIC else set()

    def may_add(self, actor: Actor, uid: UUID) -> bool:
        return rules.may_edit_network(actor, uid)

    def told(self, uids: Iterable[UUID]) -> Mapping[UUID, Told]:
        rows = Network.objects.filter(uid__in=uids)
        return {row.uid: Told(row.name, address(f"/reti/{row.slug}/"), row) for row in rows}


document_holders.add(OrganisationDocuments())
document_holders.add(Evidence())
document_holders.add(Logo())
