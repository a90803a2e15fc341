"""Every write of registry: networks, organisations, who takes part, who acts for whom."""

from tavolo.registry.actions.affiliations import (
    affiliate,
    correct_affiliation,
    end_affiliation,
    withdraw_affiliation,
)
from tavolo.registry.actions.commitments import add_commitment, edit_commitment, take_step
from tavolo.registry.actions.deputies import appoint_deputy, revoke_deputy
from tavolo.registry.actions.elections import take_back_election
from tavolo.registry.actions.facts import (
    change_fact,
    correct_fact,
    end_fact,
    enter_fact,
    withdraw_fact,
)
from tavolo.registry.actions.handing_over import Handing, hand_over
from tavolo.registry.actions.in_office import discontinue_office, end_all_offices, reopen_office
from tavolo.registry.actions.leaving import leave_everything
from tavolo.registry.actions.merges import merge_organisations, unmerge_organisation
from tavolo.registry.actions.networks import change_setting, edit_network, found_network
from tavolo.registry.actions.offices import appoint_secretary, end_office
from tavolo.registry.actions.organisations import add_organisation, edit_organisation
from tavolo.registry.actions.outcomes import ask_outcome, report_outcome
from tavolo.registry.actions.participations import admit_organisation, end_participation
from tavolo.registry.actions.proposals import accept_proposal, decline_proposal, propose_change
from tavolo.registry.actions.taking import take_along
from tavolo.registry.actions.units import add_unit, edit_unit, end_unit

__all__ = [
    "Handing",
    "accept_proposal",
    "add_commitment",
    "add_organisation",
    "add_unit",
    "admit_organisation",
    "affiliate",
    "appoint_deputy",
    "appoint_secretary",
    "ask_outcome",
    "change_fact",
    "change_setting",
    "correct_affiliation",
    "correct_fact",
    "decline_proposal",
    "discontinue_office",
    "edit_commitment",
    "edit_network",
    "edit_organisation",
    "edit_unit",
    "end_affiliation",
    "end_all_offices",
    "end_fact",
    "end_office",
    "end_participation",
    "end_unit",
    "enter_fact",
    "found_network",
    "hand_over",
    "leave_everything",
    "merge_organisations",
    "propose_change",
    "reopen_office",
    "report_outcome",
    "revoke_deputy",
    "take_along",
    "take_back_election",
    "take_step",
    "unmerge_organisation",
    "withdraw_affiliation",
    "withdraw_fact",
]
