"""Who may do what with networks and organisations: pure functions on the actor and on uids."""

import re
from datetime import date
from uuid import UUID

from tavolo.kernel.actor import Actor
from tavolo.people import rules as people
from tavolo.registry.choices import Capacity, CommitmentState, OrganisationKind

# What addresses beside a network's slug or an organisation's code use; a test holds it to the URLs.
RESERVED_WORDS = frozenset(
    {
        "admin", "aggiungi", "api", "calendario", "cerca", "csv", "dati", "doppioni", "elenco", "en",
        "esporta", "grafo", "importa", "it", "mappa", "modifica", "nuova", "nuovo", "proponi", "proposte",
        "registro", "tavolo",
    }
)  # fmt: skip

# The parts of the work that can be given to a deputy one by one (`roles.py`); a rule that names
# none of them is for those who hold the office whole.
ORGANISATIONS, COMMITMENTS, SETTINGS = "organisations", "commitments", "settings"
PEOPLE = people.PEOPLE

# Administrations by law wherever nobody has said (art. 1, c. 2, d.lgs. 165/2001).
ADMINISTRATIONS = frozenset(
    {
        OrganisationKind.MUNICIPALITY,
        OrganisationKind.MUNICIPAL_UNION,
        OrganisationKind.PROVINCE,
        OrganisationKind.METROPOLITAN_CITY,
        OrganisationKind.REGION,
        OrganisationKind.MINISTRY,
        OrganisationKind.PREFECTURE,
        OrganisationKind.POLICE,
        OrganisationKind.COURT,
        OrganisationKind.HEALTH_AUTHORITY,
    }
)
# Those who sit at one table know who is sent to it.
AT_THE_TABLE = frozenset({Capacity.DELEGATE, Capacity.SUBSTITUTE})

OPEN, IN_PROGRESS = CommitmentState.OPEN, CommitmentState.IN_PROGRESS
DONE, PARTLY, DROPPED = CommitmentState.DONE, CommitmentState.PARTLY, CommitmentState.DROPPED
# What was closed by mistake, or comes up again, is taken up by a step of its own.
NEXT_STATES = {
    OPEN: (IN_PROGRESS, DONE, PARTLY, DROPPED),
    IN_PROGRESS: (DONE, PARTLY, DROPPED),
    PARTLY: (DONE, IN_PROGRESS, DROPPED),
    DONE: (IN_PROGRESS,),
    DROPPED: (IN_PROGRESS,),
}
UNDER_WAY = frozenset({OPEN, IN_PROGRESS})
WANT_EVIDENCE = frozenset({DONE, PARTLY})

_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTHS = range(2, 61)


def runs_network(actor: Actor, network: UUID, part: str = "") -> bool:
    """Whether the actor holds the network's secretariat, or the shell of the installation.

    A deputy may hold it for some parts of the work: with `part`, for that one.
    """
    return actor.has("operator") or actor.has("network_secretary", network=network, part=part)


def runs_any(actor: Actor, part: str = "") -> bool:
    """Whether there is some network that the actor runs, whole or with regard to that part."""
    return actor.has("operator") or actor.has("network_secretary", part=part)


def works_on_organisations(actor: Actor) -> bool:
    """Whether she works on the organisations of some network, or on who acts for them."""
    return any(runs_any(actor, part) for part in (ORGANISATIONS, PEOPLE))


def works_at(actor: Actor, network: UUID) -> bool:
    """Whether the actor has some part of the network's secretariat, and so comes to its desk."""
    return actor.has("operator") or network in desks_of(actor)


def desks_of(actor: Actor) -> set[UUID]:
    """The networks of which the actor has some part of the secretariat."""
    return {
        role.network for role in actor.roles if role.key == "network_secretary" and role.network
    }


def organisations_of(actor: Actor) -> set[UUID]:
    """The organisations for which the actor acts, in whatever network and for whatever part."""
    return {
        role.scope[1] for role in actor.roles if role.key == "organisation_member" and role.scope
    }


def acts_in_person(actor: Actor) -> bool:
    """Whether nobody else's place is taken: votes and signatures are given in person alone.

    Whoever acts for another never appoints others either: what she was given ends with its term.
    """
    return actor.acting_for is None


def may_found_network(actor: Actor) -> bool:
    return actor.has("operator")


def may_edit_network(actor: Actor, network: UUID) -> bool:
    return runs_network(actor, network, SETTINGS)


def may_add_organisation(actor: Actor, network: UUID) -> bool:
    """To enter it with that network as its steward."""
    return runs_network(actor, network, ORGANISATIONS)


def may_edit_organisation(actor: Actor, steward: UUID) -> bool:
    """The steward's secretariat alone (decision 12); the others propose."""
    return runs_network(actor, steward, ORGANISATIONS)


def may_propose(actor: Actor, network: UUID, *, steward: UUID) -> bool:
    """To propose changes in that network's name; whoever may edit does so and proposes nothing."""
    return runs_network(actor, network, ORGANISATIONS) and network != steward


def may_see_document(actor: Actor, *, organisation: UUID, steward: UUID, visibility: str) -> bool:
    """Of an organisation: public ones all; the network's who takes part in the steward's network.

    The rest who works on it, and who acts for it.
    """
    own = may_edit_organisation(actor, steward) or actor.has(
        "organisation_member", scope=("organisation", organisation), part=ORGANISATIONS
    )
    if visibility == "network":
        return (
            own
            or works_at(actor, steward)
            or actor.has("organisation_member", network=steward, part=ORGANISATIONS)
        )
    return own or visibility == "public"


def may_take_along(actor: Actor, *, organisation: UUID, steward: UUID) -> bool:
    """To take everything of an organisation in one file: who acts for it, and its steward's secretariat.

    In person: nobody takes it in another's place.
    """
    own = actor.has("organisation_member", scope=("organisation", organisation))
    return acts_in_person(actor) and (own or may_edit_organisation(actor, steward))


def may_admit(actor: Actor, network: UUID) -> bool:
    """To let organisations into that network, and to end their taking part."""
    return runs_network(actor, network, ORGANISATIONS)


def may_affiliate(actor: Actor, steward: UUID) -> bool:
    """To say who acts for an organisation whose steward that network is."""
    return runs_network(actor, steward, PEOPLE)


def may_appoint(actor: Actor, network: UUID) -> bool:
    """To appoint and to end offices of that network: in person, by whoever holds one whole."""
    return acts_in_person(actor) and runs_network(actor, network)


def may_appoint_deputy(actor: Actor, principal: UUID, network: UUID) -> bool:
    """To let somebody act for `principal`, and to end it: she herself, or the secretariat; in person."""
    return acts_in_person(actor) and (actor.person == principal or runs_network(actor, network))


def may_revoke_deputy(actor: Actor, *, principal: UUID, deputy: UUID, network: UUID) -> bool:
    """Whoever may appoint one, and the deputy herself, who gives it back."""
    gives_back = acts_in_person(actor) and actor.person == deputy
    return gives_back or may_appoint_deputy(actor, principal, network)


def may_open_deputies(actor: Actor, network: UUID) -> bool:
    """The page of that network's deputies: the secretariat, and who may give what is hers; in person."""
    return acts_in_person(actor) and (
        runs_network(actor, network) or actor.has("organisation_member", network=network)
    )


def may_see_deputy(actor: Actor, *, principal: UUID, deputy: UUID, network: UUID) -> bool:
    """The two whom it is about, and the secretariat of the network."""
    own = acts_in_person(actor) and actor.person in {principal, deputy}
    return own or runs_network(actor, network)


def may_hand_over(actor: Actor, network: UUID) -> bool:
    """To hand what a person holds in that network to others: in person, by the secretariat."""
    return acts_in_person(actor) and runs_network(actor, network)


def may_keep_commitments(actor: Actor, network: UUID) -> bool:
    """To enter and change the commitments of that network, and to say what became of them."""
    return runs_network(actor, network, COMMITMENTS)


def may_see_commitment(actor: Actor, *, network: UUID, public: bool) -> bool:
    """What is public is seen by all, the rest by whoever takes part in the network or runs it."""
    return (
        public
        or may_keep_commitments(actor, network)
        or actor.has("organisation_member", network=network, part=COMMITMENTS)
    )


def may_see_affiliation(actor: Actor, *, person: UUID, organisation: UUID, steward: UUID) -> bool:
    """Her own; those of an organisation for which she acts; those that her network stewards."""
    return (
        runs_network(actor, steward, PEOPLE)
        or (actor.person == person and acts_in_person(actor))
        or actor.has("organisation_member", scope=("organisation", organisation), part=PEOPLE)
    )


def may_keep_offices(actor: Actor, steward: UUID) -> bool:
    """To say who holds which office of an organisation whose steward that network is."""
    return runs_network(actor, steward, PEOPLE)


def is_administration(said: bool | None, kind: str) -> bool:  # noqa: FBT001  # a value, perhaps none
    """What was said of it; where nobody has, what its kind is by law."""
    return kind in ADMINISTRATIONS if said is None else said


def may_see_office(
    actor: Actor,
    *,
    public: bool,
    administration: bool,
    person: UUID,
    organisation: UUID,
    steward: UUID,
) -> bool:
    """Offices of administrations are public, also those that ended; of others those that say so.

    The rest is seen by whoever may see affiliations: the person, her organisation, its steward.
    A delegation is as public as the office on which it rests, else as its organisation.
    """
    return (
        public
        or administration
        or may_see_affiliation(actor, person=person, organisation=organisation, steward=steward)
    )


def may_see_representation(
    actor: Actor,
    *,
    capacity: str,
    administration: bool,
    person: UUID,
    organisation: UUID,
    steward: UUID,
    network: UUID | None,
) -> bool:
    """Public are legal representatives, whom registers publish, and delegates of administrations.

    Whoever an association sends may be a volunteer of an anti-violence centre: her name is seen
    by herself, her organisation, its steward, the secretariat of the network to which she is sent
    and, but for contact persons, those who take part in it (decision 28).
    """
    return (
        capacity == Capacity.LEGAL_REPRESENTATIVE
        or (capacity == Capacity.DELEGATE and administration)
        or may_see_affiliation(actor, person=person, organisation=organisation, steward=steward)
        or (network is not None and runs_network(actor, network, PEOPLE))
        or (
            network is not None
            and capacity in AT_THE_TABLE
            and actor.has("organisation_member", network=network)
        )
    )


def reads_commitments(actor: Actor) -> bool:
    """Whether there is some network whose commitments the actor sees, those too that are not public."""
    return runs_any(actor, COMMITMENTS) or actor.has("organisation_member", part=COMMITMENTS)


def next_states(state: str) -> tuple[CommitmentState, ...]:
    """The states into which a commitment can pass from this one, the likeliest first."""
    return NEXT_STATES[CommitmentState(state)]


def wants_reason(now: str, then: str) -> bool:
    """Whether a passage has to be explained: dropping it, and taking up again what was closed."""
    closed = {CommitmentState.DONE, CommitmentState.DROPPED}
    return then == CommitmentState.DROPPED or now in closed


def is_overdue(state: str, due: date | None, *, on: date) -> bool:
    """Whether the term has passed and nothing says how it ended."""
    return state in UNDER_WAY and due is not None and due < on


def is_slug(text: str) -> bool:
    return bool(_SLUG.fullmatch(text)) and len(text) in SLUG_LENGTHS
