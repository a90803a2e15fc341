"""Named reads. Organisations and who takes part are public; who acts for them is not."""

from tavolo.registry.queries.affiliations import affiliations_visible_to
from tavolo.registry.queries.answering import persons_without_account
from tavolo.registry.queries.as_of import (
    AsOf,
    current_names,
    followed,
    names_of,
    organisation_as_of,
    units_of,
)
from tavolo.registry.queries.asked_for import name_asked_for, organisation_by_uid
from tavolo.registry.queries.asking import Ask
from tavolo.registry.queries.commitments import (
    Promised,
    StepTaken,
    commitment_at,
    commitments,
    commitments_of,
    commitments_visible_to,
    history,
    members_of,
    networks_of_commitments,
    owners_in,
)
from tavolo.registry.queries.deputies import (
    deputies_ended,
    deputies_in,
    deputies_visible_to,
    deputy_at,
    persons_in,
    principals_of,
    what_they_hold,
)
from tavolo.registry.queries.handing_over import Closing, Handed, closing_at, held_by
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
    desks_of,
    network_by_slug,
    networks,
    networks_run_by,
    seat_town,
    seat_words,
    secretaries,
    taking_part,
    town_words,
)
from tavolo.registry.queries.on_day import Brief, briefs
from tavolo.registry.queries.organisations import (
    kinds_in_use,
    municipalities_called,
    organisation_by_code,
    organisations,
    organisations_at_work,
    organisations_editable_by,
    standing_for_themselves,
)
from tavolo.registry.queries.papers import Sign, evidence_of, logo_of, printed_logo_of
from tavolo.registry.queries.participations import networks_of, participants, participations_of
from tavolo.registry.queries.places import Meant, at_place, place_meant
from tavolo.registry.queries.register import REGISTER_ORDER, register_on
from tavolo.registry.queries.speaking import Ground, Speaker, who_speaks, who_speaks_for
from tavolo.registry.queries.ties import Ties, members_on, ties_of
from tavolo.registry.queries.vacancies import Vacant, vacancies
from tavolo.registry.queries.visible import (
    delegations_visible_to,
    offices_visible_to,
    representations_visible_to,
)
from tavolo.registry.queries.voices import Voices, voices_of
from tavolo.registry.queries.words import MOST_WORDS, matching

__all__ = [
    "MOST_WORDS",
    "REGISTER_ORDER",
    "AsOf",
    "Ask",
    "Brief",
    "Closing",
    "Delegated",
    "Ground",
    "Handed",
    "InOffice",
    "Meant",
    "Promised",
    "Sign",
    "Speaker",
    "StepTaken",
    "TakingPart",
    "Ties",
    "Vacant",
    "Voices",
    "affiliations_visible_to",
    "at_place",
    "briefs",
    "closing_at",
    "commitment_at",
    "commitments",
    "commitments_of",
    "commitments_visible_to",
    "current_names",
    "delegations_visible_to",
    "deputies_ended",
    "deputies_in",
    "deputies_visible_to",
    "deputy_at",
    "desks_of",
    "evidence_of",
    "followed",
    "held_by",
    "history",
    "in_office",
    "in_office_of",
    "kinds_in_use",
    "known_as",
    "logo_of",
    "matching",
    "members_of",
    "members_on",
    "municipalities_called",
    "name_asked_for",
    "names_of",
    "network_by_slug",
    "networks",
    "networks_of",
    "networks_of_commitments",
    "networks_run_by",
    "offices_story",
    "offices_visible_to",
    "organisation_as_of",
    "organisation_by_code",
    "organisation_by_uid",
    "organisations",
    "organisations_at_work",
    "organisations_editable_by",
    "owners_in",
    "participants",
    "participations_of",
    "persons_in",
    "persons_without_account",
    "place_meant",
    "principals_of",
    "printed_logo_of",
    "register_on",
    "representations_visible_to",
    "seat_town",
    "seat_words",
    "secretaries",
    "standing_for_themselves",
    "taking_part",
    "ties_of",
    "town_words",
    "units_of",
    "vacancies",
    "voices_of",
    "what_they_hold",
    "who_speaks",
    "who_speaks_for",
]
