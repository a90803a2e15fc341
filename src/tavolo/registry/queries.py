"""Named reads. Organisations and who takes part are public; who acts for them is not."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.kernel.text import search_key
from tavolo.registry.choices import Office, OrganisationKind, ParticipationRole
from tavolo.registry.models import Affiliation, NetworkOffice, Organisation, Participation
from tavolo.territory.models import Municipality

MOST_WORDS = 8


@dataclass(frozen=True)
class TakingPart:
    """How many take part in a network: all, those that promote it, and how many of each kind."""

    organisations: int = 0
    promoters: int = 0
    kinds: Mapping[str, int] = field(default_factory=dict)


def matching(words: str, key: str = "search_key") -> Q:
    """The rows in which each typed word begins a word of the folded `key`, in any order."""
    condition = Q()
    for word in search_key(words).split()[:MOST_WORDS]:
        condition &= Q(**{f"{key}__startswith": word}) | Q(**{f"{key}__contains": f" {word}"})
    return condition


def networks() -> QuerySet[Network]:
    """All networks of the installation, in their order."""
    return Network.objects.order_by("id")


def network_by_slug(slug: str) -> Network:
    """Refuses with NotFound."""
    network = Network.objects.filter(slug=slug).first()
    if network is None:
        raise NotFound
    return network


def organisation_by_code(code: str) -> Organisation:
    """With its steward and its seat. Refuses with NotFound."""
    rows = Organisation.objects.select_related("steward", "municipality__province")
    organisation = rows.filter(code=code).first()
    if organisation is None:
        raise NotFound
    return organisation


def organisations(
    *, words: str = "", kind: str = "", network: str = "", on: date
) -> QuerySet[Organisation]:
    """The register, with seats: those that match the words, of a kind, taking part in a network."""
    rows = Organisation.objects.select_related("municipality").filter(matching(words))
    if kind:
        rows = rows.filter(kind=kind)
    if network:
        taking_part = Participation.objects.on(on).filter(network__slug=network)
        rows = rows.filter(Exists(taking_part.filter(organisation=OuterRef("pk"))))
    return rows


def participations_of(organisation: Organisation) -> QuerySet[Participation]:
    """In which networks it takes or took part: the present first, then the latest end."""
    return (
        Participation.objects.filter(organisation=organisation)
        .select_related("network", "organisation")
        .order_by(*("valid_until", "network__sort_key", "id"))
    )


def participants(network: Network, *, on: date) -> QuerySet[Participation]:
    """Who takes part in a network on that day, with the organisation and its seat."""
    return (
        Participation.objects.on(on)
        .filter(network=network)
        .select_related("organisation__municipality")
    )


def networks_of(
    organisations: Iterable[Organisation], *, on: date
) -> dict[int, list[Participation]]:
    """For each of them, by primary key, where it takes part on that day; one query."""
    found: dict[int, list[Participation]] = {}
    rows = Participation.objects.on(on).filter(organisation__in=[o.pk for o in organisations])
    for row in rows.select_related("network").order_by("network__sort_key", "id"):
        found.setdefault(row.organisation_id, []).append(row)
    return found


def taking_part(on: date) -> dict[int, TakingPart]:
    """The counts of every network, by primary key; one query."""
    kinds: dict[int, Counter[str]] = {}
    promoters: Counter[int] = Counter()
    rows = Participation.objects.on(on).values_list("network", "organisation__kind", "role")
    for network_id, kind, role in rows:
        kinds.setdefault(network_id, Counter())[kind] += 1
        promoters[network_id] += role == ParticipationRole.PROMOTER
    return {
        network_id: TakingPart(count.total(), promoters[network_id], count)
        for network_id, count in kinds.items()
    }


def secretaries(network: Network, *, on: date) -> QuerySet[NetworkOffice]:
    """Who runs a network on that day, with the persons."""
    return (
        NetworkOffice.objects.on(on)
        .filter(network=network, office=Office.SECRETARY)
        .select_related("person")
        .order_by("person__sort_key", "id")
    )


def networks_run_by(actor: Actor) -> QuerySet[Network]:
    """Where the actor holds the secretariat; all for the operator (`rules.runs_network`)."""
    if actor.has("operator"):
        return networks()
    return networks().filter(uid__in=actor.networks("network_secretary"))


def organisations_editable_by(actor: Actor) -> QuerySet[Organisation]:
    """`rules.may_edit_organisation` in SQL."""
    return Organisation.objects.filter(steward__in=networks_run_by(actor))


def organisations_at_work(
    actor: Actor, *, words: str = "", kind: str = "", network: str = "", on: date
) -> QuerySet[Organisation]:
    """Of the register, those that her networks steward and those that take part in them."""
    run = networks_run_by(actor)
    here = Participation.objects.on(on).filter(organisation=OuterRef("pk"), network__in=run)
    rows = organisations(words=words, kind=kind, network=network, on=on)
    return rows.filter(Q(steward__in=run) | Exists(here))


def affiliations_visible_to(actor: Actor) -> QuerySet[Affiliation]:
    """`rules.may_see_affiliation` in SQL."""
    rows = Affiliation.objects.known()
    if actor.has("operator"):
        return rows
    return rows.filter(
        Q(organisation__steward__uid__in=actor.networks("network_secretary"))
        | Q(organisation__uid__in=_organisations_of(actor))
        | Q(person__uid=actor.person)
    )


def municipalities_called(text: str) -> list[Municipality]:
    """Those of today whose whole name it is, with or without the letters of the province in brackets."""
    name, _bracket, letters = text.partition("(")
    living = Municipality.objects.filter(valid_until__isnull=True)
    rows = living.select_related("province").filter(search_key=search_key(name))
    if letters:
        rows = rows.filter(province__short=letters.strip(" )").upper())
    return list(rows.order_by("sort_key", "id"))


def kinds_in_use() -> list[OrganisationKind]:
    """The kinds that some organisation has, in the order of the vocabulary; one query."""
    used = set(Organisation.objects.order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in OrganisationKind if kind in used]


def _organisations_of(actor: Actor) -> set[UUID]:
    return {
        role.scope[1] for role in actor.roles if role.key == "organisation_member" and role.scope
    }
