"""Every write of registry: networks, organisations, who takes part, who acts for whom."""

from tavolo.registry.actions.affiliations import affiliate, end_affiliation
from tavolo.registry.actions.networks import change_setting, edit_network, found_network
from tavolo.registry.actions.offices import appoint_secretary, end_office
from tavolo.registry.actions.organisations import add_organisation, edit_organisation
from tavolo.registry.actions.participations import admit_organisation, end_participation

__all__ = [
    "add_organisation",
    "admit_organisation",
    "affiliate",
    "appoint_secretary",
    "change_setting",
    "edit_network",
    "edit_organisation",
    "end_affiliation",
    "end_office",
    "end_participation",
    "found_network",
]
