"""Organisations as a spreadsheet: what a row means, what it would do, and that it can all be taken back."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tavolo.imports.actions import apply_batch, decide_rows, undo_batch
from tavolo.imports.plugs import Context, Given, import_kinds
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.registry.actions.summary import bring_all_up_to_date
from tavolo.registry.models import (
    Contact,
    Identifier,
    Organisation,
    OrganisationName,
    Participation,
    Seat,
    Standing,
)
from tests.factories.people import (
    a_network,
    an_account,
    secretary_of,
    sign_in,
    with_second_factor,
)
from tests.factories.registry import a_network_with_secretary, an_organisation
from tests.factories.territory import a_municipality, a_province
from tests.registry.importing import checked, faults, outcomes, questions, whole

pytestmark = pytest.mark.django_db

HEADINGS = ("Denominazione", "Tipo", "Codice fiscale", "Comune", "E-mail", "Sito web", "Dal")
TABLES = (
    Organisation,
    OrganisationName,
    Standing,
    Seat,
    Identifier,
    Contact,
    Participation,
)
KIND = import_kinds.get("organisations")
TAX = "01232710374"


@pytest.fixture
def network():
    return a_network()


@pytest.fixture
def town():
    return a_municipality("Bologna", province=a_province(), istat_code="037006")


def test_organisations_are_made_and_take_part(network, town) -> None:
    batch = checked(
        network,
        HEADINGS,
        (
            "Casa delle donne",
            "Associazione",
            "",
            "Bologna",
            "Info@Casa.example",
            "casa.example",
            2006,
        ),
        ("Comune di Bologna", "comune", TAX, "bologna", "", "", ""),
    )
    assert (outcomes(batch), faults(batch)) == (["create", "create"], [])
    apply_batch(batch=batch, by=OPERATOR)
    house, city = Organisation.objects.order_by("sort_key")
    assert (house.code, house.kind, house.municipality, house.public_email, house.website) == (
        "casa-delle-donne",
        "association",
        town,
        "info@casa.example",
        "https://casa.example",
    )
    assert (city.tax_code, city.municipality, city.steward) == (TAX, town, network)
    spells = Participation.objects.order_by("organisation__sort_key")
    assert [(str(s.began or ""), str(s.valid_from or ""), s.role) for s in spells] == [
        ("2006", "2006-01-01", "participant"),
        ("", "", "participant"),
    ]
    assert bring_all_up_to_date() == 0


def test_undoing_brings_back_every_byte(network, town) -> None:
    there = an_organisation(network, "Auser Bologna", municipality=town, phone="051 1")
    before = whole(*TABLES)
    batch = checked(
        network,
        (*HEADINGS, "Telefono"),
        ("Auser Bologna", "Associazione", "", "Bologna", "a@auser.example", "", "2020", "051 222"),
        ("Casa delle donne", "Associazione", "", "Bologna", "", "", 2006, ""),
    )
    assert (outcomes(batch), faults(batch), questions(batch)) == (["change", "create"], [], [])
    apply_batch(batch=batch, by=OPERATOR)
    there.refresh_from_db()
    assert (there.phone, there.public_email) == ("051 222", "a@auser.example")
    assert bring_all_up_to_date() == 0
    undo_batch(batch=batch, by=OPERATOR)
    assert whole(*TABLES) == before


def test_what_is_alike_is_asked_and_the_answer_counts(network, town) -> None:
    there = an_organisation(network, "Casa delle donne", municipality=town)
    rows = (
        ("Casa dele donne", "Associazione", "", "Bologna", "", "www.casa.example", ""),
        ("Artemisia aps", "Associazione", "", "Bologna", "", "", ""),
        ("Artmeisia", "Associazione", "", "Bologna", "", "", ""),
        ("Comune di Bologna", "Comune", TAX, "Bologna", "", "", ""),
        ("Polizia Locale", "Polizia", TAX, "Bologna", "", "", ""),
    )
    batch = checked(network, HEADINGS, *rows)
    assert questions(batch) == [
        (2, "organisation:casa-delle-donne", "Casa delle donne (Bologna)"),
        (4, "row:3", "Artemisia aps (Bologna)"),
    ]
    assert outcomes(batch) == ["likely", "create", "likely", "fault", "fault"]

    said = {2: "organisation:casa-delle-donne", 4: "row:3"}
    batch = decide_rows(batch=batch, decisions=said, by=OPERATOR)
    assert outcomes(batch) == ["change", "create", "same", "fault", "fault"]
    apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    there.refresh_from_db()
    assert (there.name, there.website) == ("Casa delle donne", "https://www.casa.example")
    assert Organisation.objects.count() == 2

    batch = checked(network, HEADINGS, ("Artmeisia", "Associazione", "", "Bologna", "", "", ""))
    batch = decide_rows(batch=batch, decisions={2: "new"}, by=OPERATOR)
    assert outcomes(batch) == ["create"]


def test_what_another_network_keeps_is_let_in_and_not_changed(network, town) -> None:
    other = a_network("mare", "Rete del mare")
    there = an_organisation(other, "Faro", municipality=town, phone="051 1")
    Contact.objects.create(
        organisation=there,
        channel="email",
        value="riservata@faro.example",
        public=False,
        recorded_at=there.created_at,
    )
    before = whole(*TABLES[:-1])
    batch = checked(
        network, HEADINGS, ("Faro", "Consorzio", "", "Bologna", "x@faro.example", "", "")
    )
    assert outcomes(batch) == ["create"]
    apply_batch(batch=batch, by=OPERATOR)
    assert whole(*TABLES[:-1]) == before
    assert [spell.network for spell in Participation.objects.all()] == [network]
    state = KIND.states(["organisation:faro"], Context(on=date(2026, 1, 1), network=network))
    assert "riservata" not in str(state)
    assert "riservata" not in str(list(KIND.export(Context(on=date(2026, 1, 1), network=network))))


def test_hostile_cells_are_faults_or_stand_as_they_are(network, town) -> None:
    batch = checked(
        network,
        HEADINGS,
        ('=HYPERLINK("http://x")', "Associazione", "", "", "", "", ""),
        ("x" * 301, "Associazione", "", "", "", "", ""),
        ("جمعية", "Associazione", "", "", "", "", ""),
        ("<script>alert(1)</script>", "Associazione", "", "Bologna", "", "javascript:alert(1)", ""),
        ("Rete\u202e", "Associazione", "", "", "", "", ""),
        ("---", "Associazione", "", "", "", "", ""),
        ("Senza tipo", "", "", "", "", "", ""),
        ("Luogo", "Associazione", "", "Atlantide", "", "", ""),
        ("Numero", "Associazione", "12345678901", "", "a@", "", "30/02/2020"),
    )
    assert outcomes(batch) == ["create", "fault", "create", *["fault"] * 6]
    apply_batch(batch=batch, by=OPERATOR, without_faulty=True)
    codes = sorted(Organisation.objects.values_list("code", "name"))
    assert codes == [("hyperlink-http-x", '=HYPERLINK("http://x")'), ("x", "جمعية")]


def test_the_same_list_twice_changes_nothing_and_an_export_comes_back(network, town) -> None:
    row = (
        "Casa delle donne",
        "Associazione",
        TAX,
        "Bologna",
        "a@casa.example",
        "casa.example",
        2006,
    )
    apply_batch(batch=checked(network, HEADINGS, row), by=OPERATOR)
    assert outcomes(checked(network, HEADINGS, row)) == ["same"]
    rows = list(KIND.export(Context(on=clock.today(), network=network)))
    given = [Given(2, {field.key: rows[0].get(field.key) for field in KIND.fields})]
    plan = KIND.plan(given, Context(on=clock.today(), network=network))
    assert [(c.before == c.after) for c in plan.changes] == [True]
    assert (list(plan.faults), list(plan.likely)) == ([], [])


def test_only_the_secretariat_imports(network) -> None:
    other = a_network("mare", "Rete del mare")
    assert [
        KIND.may(actor, network)
        for actor in (OPERATOR, secretary_of(network), secretary_of(other), ANONYMOUS)
    ] == [True, True, False, False]
    assert not KIND.may(OPERATOR, None)
    with pytest.raises(NotAllowed):
        KIND.write([], Context(on=clock.today(), actor=secretary_of(other), network=network))
    with pytest.raises(NotAllowed):
        KIND.restore({}, Context(on=clock.today(), actor=secretary_of(other), network=network))


def test_planning_costs_no_queries_by_row(network, town) -> None:
    counts = []
    for enough in (1, 10, 200):
        rows = [
            Given(
                n, {"name": f"Nome{n} parola{n}", "kind": "association", "municipality": "Bologna"}
            )
            for n in range(enough)
        ]
        context = Context(on=clock.today(), network=network)
        with CaptureQueriesContext(connection) as counted:
            plan = KIND.plan(rows, context)
        with CaptureQueriesContext(connection) as told:
            KIND.states([change.subject for change in plan.changes], context)
        counts.append((len(counted), len(told)))
    assert counts[0] == counts[1] == counts[2]


def test_lists_of_registers_fill_the_register(network, town) -> None:
    headings = ("Codice_IPA", "Denominazione_ente", "Codice_Categoria", "Codice_comune_ISTAT")
    batch = checked(network, headings, ("c_a944", "Comune di Bologna", "L6", "37006"), kind="ipa")
    assert (outcomes(batch), faults(batch)) == (["create"], [])
    apply_batch(batch=batch, by=OPERATOR)
    city = Organisation.objects.get()
    assert (city.kind, city.is_administration, city.municipality) == ("municipality", True, town)
    assert Participation.objects.count() == 0
    headings = ("Repertorio", "Denominazione", "Sezione", "Comune sede legale")
    batch = checked(network, headings, ("4711", "Artemisia", "APS", "Bologna"), kind="runts")
    assert (outcomes(batch), faults(batch)) == (["create"], [])
    apply_batch(batch=batch, by=OPERATOR)
    third = Organisation.objects.get(code="artemisia")
    assert (third.kind, third.legal_form) == ("association", "social_promotion_association")


def test_the_page_of_doubles_shows_pairs_of_her_own(client, town) -> None:
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    an_organisation(network, "Casa delle donne", municipality=town)
    an_organisation(network, "Casa dele donne", municipality=town)
    far = a_network("mare", "Rete del mare")
    an_organisation(far, "Faro", municipality=town)
    an_organisation(far, "Faro aps", municipality=town)
    answer = client.get("/lavoro/organizzazioni/doppioni/")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "casa-dele-donne/unione/?con=casa-delle-donne" in text
    assert "Faro" not in text


def test_the_stranger_finds_no_page_of_doubles(client) -> None:
    sign_in(client, with_second_factor(an_account()))
    assert client.get("/lavoro/organizzazioni/doppioni/").status_code == 404
