"""Named reads. Organisations and who takes part are public; who acts for them is not."""

from tavolo.registry.queries.affiliations import affiliations_visible_to
from tavolo.registry.queries.in_office import (
    Delegated,
    InOffice,
    in_office,
    in_office_of,
    offices_story,
)
from tavolo.registry.queries.merged import known_as
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
from tavolo.registry.queries.speaking import Ground, Speaker, who_speaks, who_speaks_for
from tavolo.registry.queries.vacancies import Ask, Vacant, vacancies
from tavolo.registry.queries.visible import (
    delegations_visible_to,
    offices_visible_to,
    representations_visible_to,
)
from tavolo.registry.queries.words import MOST_WORDS, matching

__all__ = [
    "MOST_WORDS",
    "Ask",
    "Delegated",
    "Ground",
    "InOffice",
    "Speaker",
    "TakingPart",
    "Vacant",
    "affiliations_visible_to",
    "delegations_visible_to",
    "in_office",
    "in_office_of",
    "kinds_in_use",
    "known_as",
    "matching",
    "municipalities_called",
    "network_by_slug",
    "networks",
    "networks_of",
    "networks_run_by",
    "offices_story",
    "offices_visible_to",
    "organisation_by_code",
    "organisations",
    "organisations_at_work",
    "organisations_editable_by",
    "participants",
    "participations_of",
    "representations_visible_to",
    "secretaries",
    "taking_part",
    "vacancies",
    "who_speaks",
    "who_speaks_for",
]
