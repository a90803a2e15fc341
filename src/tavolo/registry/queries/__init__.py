"""Named reads. Organisations and who takes part are public; who acts for them is not."""

from tavolo.registry.queries.affiliations import affiliations_visible_to
from tavolo.registry.queries.networks import (
    TakingPart,
    network_by_slug,
    networks,
    networks_run_by,
    secretaries,
    taking_part,
)
from tavolo.registry.queries.organisations import (
    kinds_in_use,
    municipalities_called,
    organisation_by_code,
    organisations,
    organisations_at_work,
    organisations_editable_by,
)
from tavolo.registry.queries.participations import networks_of, participants, participations_of
from tavolo.registry.queries.words import MOST_WORDS, matching

__all__ = [
    "MOST_WORDS",
    "TakingPart",
    "affiliations_visible_to",
    "kinds_in_use",
    "matching",
    "municipalities_called",
    "network_by_slug",
    "networks",
    "networks_of",
    "networks_run_by",
    "organisation_by_code",
    "organisations",
    "organisations_at_work",
    "organisations_editable_by",
    "participants",
    "participations_of",
    "secretaries",
    "taking_part",
]
