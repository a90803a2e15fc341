"""The demonstration says what the four sources say, the same every time, and invents nothing unmarked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from random import Random
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tavolo.kernel.actor import actor_of
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation, setting_of
from tavolo.kernel.plugs import DemoContext, demo_parts
from tavolo.people.models import Account, Person
from tavolo.registry.demo import MILANO, NETWORKS, sign_ins
from tavolo.registry.models import Affiliation, OfficeHolding, Organisation, Participation
from tavolo.registry.settings import CONTACT, SOURCES
from tavolo.territory.models import Area, AreaMembership, Municipality, NetworkArea

DAY = date(2026, 11, 22)
IN_BOLOGNA = ("Argelato", "Bentivoglio", "Zola Predosa")


def lay_places() -> None:
    """As much of Italy as the sources name."""
    region = Area.objects.create(kind="region", code="00", name="Ovunque", title="Ovunque")
    areas = {
        key: Area.objects.create(kind=kind, code=code, name=key, title=key, parent=region)
        for key, kind, code in (
            ("Milano", "metropolitan_city", "215"),
            ("Bologna", "metropolitan_city", "237"),
            ("Lucca", "province", "046"),
        )
    }
    seats = {named.seat for network in NETWORKS for named in network.named if named.seat}
    for code in sorted(
        seats | {network.place[1] for network in NETWORKS if len(network.place[1]) == 6}
    ):
        home = areas["Lucca" if code.startswith("046") else "Milano"]
        a_town(code, f"Comune {code}", home, region)
    for number, name in enumerate(IN_BOLOGNA):
        a_town(f"03700{number}", name, areas["Bologna"], region)


def a_town(code: str, name: str, home: Area, region: Area) -> None:
    town, made = Municipality.objects.get_or_create(
        istat_code=code,
        defaults={"name": name, "cadastral_code": "Z000", "province": home, "region": region},
    )
    if not made:
        Municipality.objects.filter(pk=town.pk).update(name=name)
    AreaMembership.objects.get_or_create(area=home, municipality=town)


@pytest.fixture(scope="module")
def demonstration(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for all tests of the file, which only read it; taken back at the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        lay_places()
        here = installation()
        here.demonstration, here.seed, here.reference_day = True, 1, DAY
        here.save()
        demo_parts.get("registry").load(DemoContext(1, DAY))
        yield
        transaction.set_rollback(True)


def names(network: str, role: str) -> set[str]:
    rows = Participation.objects.filter(network__slug=network, role=role)
    return set(rows.values_list("organisation__name", flat=True))


@pytest.mark.usefixtures("demonstration", "db")
class TestTheFourNetworks:
    def test_they_are_those_of_the_sources(self) -> None:
        found = {
            network.slug: (network.name, str(network.active_since))
            for network in Network.objects.all()
        }
        assert found == {
            "milano": ("Città metropolitana di Milano", "2015-06-30"),
            "cesano-boscone": ("Comune di Cesano Boscone", "2025-11-24"),
            "bologna": ("Città metropolitana di Bologna", "XXXX-03-09"),
            "lucca": ("Provincia di Lucca", "2006"),
        }

    def test_each_stands_on_its_territory(self) -> None:
        found = {
            row.network.slug: row.area.title if row.area else row.municipality.istat_code
            for row in NetworkArea.objects.select_related("network", "area", "municipality")
        }
        assert found == {
            "milano": "Milano",
            "cesano-boscone": "015074",
            "bologna": "Bologna",
            "lucca": "Lucca",
        }

    def test_each_is_promoted_by_whom_the_source_says(self) -> None:
        assert {network.slug: names(network.slug, "promoter") for network in NETWORKS} == {
            "milano": {"Città metropolitana di Milano"},
            "cesano-boscone": {"Comune di Cesano Boscone"},
            "bologna": {"Città metropolitana di Bologna"},
            "lucca": {"Provincia di Lucca"},
        }

    def test_milano_has_fifty_four_associations_that_show_they_are_invented(self) -> None:
        rows = Participation.objects.filter(
            network__slug="milano", organisation__kind="association"
        )
        assert rows.count() == 54
        for row in rows.select_related("organisation"):
            assert row.organisation.name.endswith("(dimostrazione)")
            assert "inventato" in row.organisation.source
            assert str(row.began) == "2015-06-30"

    def test_nothing_else_is_invented(self) -> None:
        invented = Organisation.objects.filter(name__contains="(dimostrazione)")
        assert invented.exclude(steward__slug="milano").count() == 0
        assert invented.count() == 54
        assert not Organisation.objects.exclude(tax_code="", phone="", website="").exists()

    def test_milano_names_who_contributes(self) -> None:
        assert names("milano", "contributor") == {
            "Prefettura di Milano",
            "Consiglio per le pari opportunità di Regione Lombardia",
        }

    def test_the_signatories_of_cesano_that_are_organisations(self) -> None:
        assert names("cesano-boscone", "participant") == {
            "AFOL città metropolitana",
            "ASST Rhodense",
            "Fondazione Somaschi Onlus",
            "Istituto comprensivo Alessandrini",
            "Istituto comprensivo Leonardo da Vinci",
            "ATB Azione Cattolica Cesano Boscone",
            "AUSER",
            "RIPARI cooperativa sociale-Impresa sociale",
            "Associazione Sibilla Aleramo",
        }

    def test_all_municipalities_of_bologna_take_part(self) -> None:
        found = names("bologna", "participant")
        assert {f"Comune di {name}" for name in IN_BOLOGNA} <= found
        assert len(found) == Municipality.objects.filter(province__name="Bologna").count()

    def test_the_parties_of_lucca_keep_their_years(self) -> None:
        rows = Participation.objects.filter(network__slug="lucca").select_related("organisation")
        found = {
            row.organisation.name: (str(row.began or ""), str(row.ended or "")) for row in rows
        }
        parties = {name for name, (began, _ended) in found.items() if began == "2007"}
        assert parties == {
            "Questura di Lucca",
            "Comune di Altopascio",
            "Comune di Capannori",
            "Comune di Castelnuovo di Garfagnana",
            "Comune di Viareggio",
            "Azienda USL n°2 di Lucca",
            "Azienda USL n°12 Versilia",
        }
        assert {name for name, (_began, ended) in found.items() if ended == "2016-01"} == {
            "Azienda USL n°2 di Lucca",
            "Azienda USL n°12 Versilia",
        }
        assert found["Regione Toscana"] == ("", "")

    def test_whom_the_sources_name_is_entered_with_that_alone(self) -> None:
        """They have no account, and appear in the acts where the sources name them alone."""
        holders = [holder for network in NETWORKS for holder in network.holders]
        named = {f"{holder.given_name} {holder.family_name}" for holder in holders}
        persons = Person.objects.filter(name__in=named)
        assert persons.count() == len(named) == 7
        assert not Account.objects.filter(person__in=persons).exists()
        assert not Affiliation.objects.filter(person__in=persons).exists()
        assert OfficeHolding.objects.filter(person__in=persons).count() == 7
        assert OfficeHolding.objects.count() == 7
        said = " ".join(Organisation.objects.values_list("name", flat=True))
        assert not [holder for holder in holders if holder.family_name in said]

    def test_each_network_says_its_source_and_whom_to_write_to(self) -> None:
        for network in Network.objects.all():
            assert setting_of(network, SOURCES, on=DAY)
            assert setting_of(network, CONTACT, on=DAY) == f"segreteria@{network.slug}.example"

    def test_of_each_three_sign_ins_the_roles_are_as_told(self) -> None:
        told = sign_ins()
        assert Counter(account.role_key for account in told) == {
            "secretary": 4,
            "member": 4,
            "stranger": 4,
        }
        for account in told:
            row = Account.objects.select_related("person").get(email=account.email)
            roles = {role.key for role in actor_of(row.person.uid, on=DAY).roles}
            assert (row.demonstration, row.check_password(account.password), roles) == (
                True,
                True,
                {
                    "secretary": {"network_secretary"},
                    "member": {"organisation_member"},
                    "stranger": set(),
                }[account.role_key],
            )
        assert Affiliation.objects.count() == 4

    def test_its_examples_are_there(self, client: Client) -> None:
        for example in demo_parts.get("registry").examples():
            path = reverse(example.url_name, kwargs=dict(example.kwargs)) + example.query
            expected = 200 if example.who == "anyone" else 302
            assert client.get(path).status_code == expected, path


def test_equal_seeds_give_equal_names_and_others_others() -> None:
    def invented(seed: int) -> list[str]:
        return [named.name for named in MILANO.invented(Random(f"{seed}:milano"))]

    assert invented(1) == invented(1)
    assert invented(1) != invented(2)
    assert len(set(invented(2))) == 54


def test_the_sign_ins_are_told_without_a_database() -> None:
    assert sign_ins()[0].email == "segreteria@milano.example"
    assert {account.password for account in sign_ins()} == {sign_ins()[0].password}
