"""Milano: the standing table since 30 June 2015, its five groups, its steering group."""

from datetime import date

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.choices import DelegationTheme, OrganisationKind
from tavolo.registry.demo.milano import BEGINNING, SOURCE
from tavolo.registry.models import Organisation, Participation
from tavolo.tables.actions import (
    add_purpose,
    add_seat,
    add_sphere,
    found_body,
    found_groups,
    name_body,
)
from tavolo.tables.choices import ActKind, Basis, Level, SeatRole
from tavolo.tables.models import Body
from tavolo.tables.plugs import group_presets
from tavolo.territory.models import Area

NOTICE = "Avviso pubblico di Città metropolitana; la fonte non ne dice il numero né il giorno"
AS_TOLD = "Come lo racconta la fonte; l’atto non vi è citato"
SPHERES = ("Vita sociale", "Vita culturale", "Vita economica", "Vita politica")
PURPOSE = (
    "di uguaglianza tra uomini e donne, promuovendo la democrazia paritaria nella vita sociale,"
    " culturale, economica e politica"
)
STARTED = date.fromisoformat(BEGINNING)


def load() -> None:
    """The table, who answered the notice, who takes part by another way, and the groups."""
    network = Network.objects.get(slug="milano")
    table = _table(network)
    keys = [add_sphere(network=network, name=name, by=OPERATOR).key for name in SPHERES]
    add_purpose(body=table, words=PURPOSE, spheres=keys, source=SOURCE, by=OPERATOR)
    _associations(table)
    rozzano = Organisation.objects.get(name="Comune di Rozzano", steward=network)
    add_seat(
        body=table,
        organisation=rozzano,
        theme=DelegationTheme.EQUAL_OPPORTUNITIES,
        basis=Basis.ADHESION,
        act=AS_TOLD,
        source=f"«tramite l'Assessora alle pari opportunità»: {SOURCE}",
        by=OPERATOR,
    )
    council = "Consiglio per le pari opportunità di Regione Lombardia"
    add_seat(
        body=table,
        organisation=Organisation.objects.get(name=council, steward=network),
        role=SeatRole.CONTRIBUTOR,
        basis=Basis.INVITATION,
        act=AS_TOLD,
        source=f"«dal contributo fondamentale»: {SOURCE}",
        by=OPERATOR,
    )
    _groups(table, rozzano)


def _table(network: Network) -> Body:
    city = Organisation.objects.get(kind=OrganisationKind.METROPOLITAN_CITY, steward=network)
    return found_body(
        network=network,
        kind="standing_table",
        name="Tavolo permanente sulle pari opportunità",
        level=Level.METROPOLITAN,
        theme="pari opportunità",
        promoter=city,
        on_impulse_of="Consigliera Maria Rosaria Iardino, con delega alle Pari Opportunità",
        founding_kind=ActKind.OTHER,
        founding_act=NOTICE,
        started=STARTED,
        areas=[Area.objects.get(kind="metropolitan_city", code="215")],
        source=SOURCE,
        by=OPERATOR,
    )


def _associations(table: Body) -> None:
    """The 54 of the source, each with a name of the demonstration: admitted by the notice."""
    rows = Participation.objects.filter(
        network=table.network, organisation__kind=OrganisationKind.ASSOCIATION
    )
    for row in rows.select_related("organisation").order_by("organisation__sort_key", "id"):
        add_seat(
            body=table,
            organisation=row.organisation,
            basis=Basis.NOTICE,
            act=NOTICE,
            began=STARTED,
            source=row.source,
            by=OPERATOR,
        )


def _groups(table: Body, rozzano: Organisation) -> None:
    groups = found_groups(parent=table, preset=group_presets.get("milano_groups"), by=OPERATOR)
    trafficking = next(group for group in groups if group.number == 4)  # noqa: PLR2004  # the source's
    name_body(body=trafficking, name="Tavolo contro la tratta", source=SOURCE, by=OPERATOR)
    add_seat(
        body=trafficking,
        organisation=rozzano,
        role=SeatRole.COORDINATOR,
        basis=Basis.ADHESION,
        act=AS_TOLD,
        source=f"«Rozzano coordina il gruppo»: {SOURCE}",
        by=OPERATOR,
    )
    steering = found_body(
        network=table.network,
        kind="steering_group",
        name="Cabina di regia",
        parent=table,
        level=Level.METROPOLITAN,
        source=SOURCE,
        by=OPERATOR,
    )
    words = "accompagnamento ma soprattutto di stimolo"
    add_purpose(body=steering, words=words, source=SOURCE, by=OPERATOR)
    add_seat(
        body=steering,
        organisation=rozzano,
        basis=Basis.APPOINTMENT,
        act=AS_TOLD,
        source=f"«fa parte della Cabina di Regia»: {SOURCE}",
        by=OPERATOR,
    )
