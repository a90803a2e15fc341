"""Units, taking part, mergers and proposals in the work area."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.people.models import Account
from tavolo.registry.actions import (
    accept_proposal,
    add_unit,
    admit_organisation,
    edit_unit,
    enter_fact,
    merge_organisations,
    propose_change,
)
from tavolo.registry.models import Organisation, OrganisationUnit, Participation, Proposal, Seat
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import (
    a_founded_network,
    a_network_with_secretary,
    a_participant,
    acting_for,
    an_organisation,
)
from tests.factories.territory import a_municipality
from tests.registry.working import HERE, faults, in_office, partly, said, sent, taken

WORK = 20
PROPOSALS = "/lavoro/organizzazioni/proposte/"


@pytest.fixture
def run(db: None) -> Account:
    _network, account = a_network_with_secretary()
    return with_second_factor(account)


@pytest.fixture
def secretary(run: Account, client: Client) -> Client:
    return sign_in(client, run)


@pytest.fixture
def town(run: Account) -> Organisation:
    return a_participant(Network.objects.get(slug="valle"), "Comune di Valle", kind="municipality")


@pytest.fixture
def neighbour(run: Account, new_client: Callable[[], Client]) -> Client:
    """The secretary of another network."""
    _network, account = a_network_with_secretary("altra")
    return sign_in(new_client(), with_second_factor(account))


# Units


def test_a_unit_is_entered_put_right_and_ended(secretary: Client, town: Organisation) -> None:
    a_municipality("Capannori")
    path = f"{HERE}unita/nuova/"
    typed = {"name": "Polizia Locale", "kind": "corps", "municipality": "Capannori"}
    assert taken(sent(secretary, path, **typed, began="2010")) == f"{HERE}#unita"
    unit = OrganisationUnit.objects.get()
    assert (unit.organisation, unit.kind, str(unit.began)) == (town, "corps", "2010")
    assert "Polizia Locale Corpo dal 2010" in said(secretary.get(HERE))
    taken(sent(secretary, path, name="Nucleo tutela", kind="office", parent=unit.code))
    assert "Ufficio di Polizia Locale" in said(secretary.get(HERE))
    here = f"{HERE}unita/{unit.code}/"
    assert 'value="Polizia Locale"' in secretary.get(here).content.decode()
    taken(sent(secretary, here, name="Polizia locale", kind="corps", version=unit.version))
    unit.refresh_from_db()
    assert unit.name == "Polizia locale"
    ended = f"{here}?come=fine"
    assert faults(sent(secretary, ended, last="", version=unit.version))[0][0] == "#id_last"
    taken(sent(secretary, ended, last="2020", version=unit.version))
    unit.refresh_from_db()
    assert str(unit.ended) == "2020"
    assert secretary.get(ended).context["tabs"] is None


def test_two_who_edit_a_unit_see_both_versions(secretary: Client, town: Organisation) -> None:
    unit = add_unit(organisation=town, name="CUG", kind="organ", by=OPERATOR)
    first = unit.version
    edit_unit(unit=unit, version=first, name="Comitato unico", kind="organ", by=OPERATOR)
    path = f"{HERE}unita/{unit.code}/"
    answer = sent(secretary, path, name="Comitato", kind="organ", version=first)
    assert answer.status_code == 409
    assert "Com’è ora Comitato unico" in said(answer)
    assert 'value="Comitato"' in answer.content.decode()
    shown = answer.context["form"].form
    again = {name: shown[name].value() for name in ("version", "form_key")}
    taken(secretary.post(path, {"name": "Comitato", "kind": "organ", **again}))
    assert OrganisationUnit.objects.get().name == "Comitato"


def test_the_neighbour_has_no_units_to_edit(neighbour: Client, town: Organisation) -> None:
    unit = add_unit(organisation=town, name="CUG", kind="organ", by=OPERATOR)
    for path in (f"{HERE}unita/nuova/", f"{HERE}unita/{unit.code}/", f"{HERE}unita/nulla/"):
        assert neighbour.get(path).status_code == 404
        assert sent(neighbour, path, name="X", kind="organ", version=1).status_code == 404


# Taking part


def test_an_organisation_of_another_steward_is_let_in_and_leaves(
    neighbour: Client, town: Organisation
) -> None:
    path = f"{HERE}reti/nuova/"
    assert "Falla partecipare" in said(neighbour.get(HERE))
    typed = {"network": "altra", "role": "contributor", "since": "marzo 2015"}
    assert taken(sent(neighbour, path, **typed, source="Verbale")) == f"{HERE}#reti"
    row = Participation.objects.get(network__slug="altra")
    assert (row.organisation, row.role, str(row.began)) == (town, "contributor", "2015-03")
    assert neighbour.get(path).status_code == 404
    end = f"{HERE}reti/{row.uid}/"
    assert faults(sent(neighbour, end, last="2014"))[0][0] == "#id_last"
    taken(sent(neighbour, end, last="giugno 2016"))
    row.refresh_from_db()
    assert str(row.ended) == "2016-06"
    assert neighbour.get(end).status_code == 404


def test_nobody_lets_into_a_network_of_others(neighbour: Client, town: Organisation) -> None:
    foreign = a_founded_network("terza")
    answer = sent(neighbour, f"{HERE}reti/nuova/", network=foreign.slug, role="participant")
    assert [href for href, _words in faults(answer)] == ["#id_network"]
    own = Participation.objects.get(network__slug="valle")
    assert neighbour.get(f"{HERE}reti/{own.uid}/").status_code == 404
    assert sent(neighbour, f"{HERE}reti/{own.uid}/", last="2030").status_code == 404


def test_the_register_of_all_is_there_to_let_in_others(
    neighbour: Client, town: Organisation
) -> None:
    assert "Comune di Valle" not in said(neighbour.get("/lavoro/organizzazioni/"))
    page = said(neighbour.get("/lavoro/organizzazioni/registro/"))
    assert "Comune di Valle" in page


# Mergers


def test_two_records_are_compared_merged_and_set_apart(
    secretary: Client, town: Organisation
) -> None:
    other = a_participant(
        Network.objects.get(slug="valle"), "Municipio di Valle", kind="municipality"
    )
    path = "/lavoro/organizzazioni/municipio-di-valle/unione/"
    assert "Quale organizzazione è la stessa?" in said(secretary.get(path))
    beside = f"{path}?con=comune+di+valle"
    page = secretary.get(beside)
    cells = [[str(cell.value) for cell in row.cells] for row in page.context["compared"].rows]
    assert cells[0][0] == "Nomi"
    assert cells[0][1].startswith("Municipio di Valle")
    assert cells[0][2].startswith("Comune di Valle")
    assert faults_of(sent(secretary, beside, reason="")) == ["#id_reason"]
    taken(sent(secretary, beside, reason="Inserita due volte"))
    other.refresh_from_db()
    assert other.merged_into == town
    here = "/lavoro/organizzazioni/municipio-di-valle/"
    assert "è la stessa organizzazione di Comune di Valle" in said(secretary.get(here))
    assert "due organizzazioni" in said(secretary.get(path))
    taken(sent(secretary, path))
    other.refresh_from_db()
    assert other.merged_into is None


def test_the_comparison_shows_of_others_what_everybody_sees(
    secretary: Client, neighbour: Client, town: Organisation
) -> None:
    other = a_participant(Network.objects.get(slug="altra"), "Casa delle donne")
    enter_fact(
        fact=Seat(organisation=other, kind="postal", address="Via Chiusa 9", public=False),
        by=OPERATOR,
    )
    in_office(other, "president", a_person("Elena", "Segreta"), public=False)
    page = said(secretary.get(f"{HERE}unione/?con=casa-delle-donne"))
    assert "Casa delle donne (nome in uso)" in page
    assert "Via Chiusa" not in page
    assert "Segreta" not in page
    mine = said(
        neighbour.get("/lavoro/organizzazioni/casa-delle-donne/unione/?con=comune-di-valle")
    )
    assert "Via Chiusa 9" in mine
    assert "Segreta" in mine


def faults_of(answer) -> list[str]:
    return [fault.href for fault in answer.context["question"].form.faults]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Questo campo è obbligatorio."),
        ("Nessuno", "Nel registro nessuna organizzazione si chiama «Nessuno»."),
        ("comune-di-valle", "È questa stessa scheda."),
    ],
)
def test_what_cannot_be_compared_is_said(
    secretary: Client, town: Organisation, typed: str, sentence: str
) -> None:
    page = secretary.get(f"{HERE}unione/", {"con": typed})
    assert sentence in said(page)
    assert 'aria-invalid="true"' in page.content.decode()


def test_a_network_does_not_lose_a_member_by_a_merger(
    secretary: Client, town: Organisation
) -> None:
    an_organisation(Network.objects.get(slug="valle"), "Municipio di Valle", kind="municipality")
    answer = sent(secretary, f"{HERE}unione/?con=municipio-di-valle", reason="Doppione")
    assert answer.status_code == 200
    assert faults_of(answer) == [""]
    town.refresh_from_db()
    assert town.merged_into is None


def test_the_neighbour_merges_nothing(neighbour: Client, town: Organisation) -> None:
    other = an_organisation(Network.objects.get(slug="altra"), "Doppione")
    assert neighbour.get(f"{HERE}unione/").status_code == 404
    merge_organisations(organisation=other, into=town, reason="x", by=OPERATOR)
    assert sent(neighbour, f"{HERE}unione/?con=doppione", reason="x").status_code == 404


# Proposals


def filled(town: Organisation, **values: str) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "name": town.name,
        "kind": town.kind,
        "municipality": "",
        "website": "",
        "public_email": "",
        "phone": "",
        "tax_code": "",
        "source": "",
        "network": "altra",
        "reason": "Hanno cambiato sede",
    } | values


def test_a_proposal_is_made_read_and_taken_up(
    secretary: Client, neighbour: Client, town: Organisation
) -> None:
    a_municipality("Capannori")
    typed = filled(town, phone="0583 1", municipality="Capannori", name="Comune di Vallebassa")
    answer = neighbour.post(f"{HERE}proponi/", typed)
    assert taken(answer) == PROPOSALS
    row = Proposal.objects.get()
    assert (row.network.slug, row.reason) == ("altra", "Hanno cambiato sede")
    assert row.values == {
        "name": "Comune di Vallebassa",
        "municipality": "Capannori",
        "phone": "0583 1",
    }
    assert "Comune di Valle" in said(neighbour.get(PROPOSALS))
    assert "Una proposta in attesa" in said(secretary.get(HERE))
    page = said(secretary.get(PROPOSALS))
    assert "Comune di Valle Nome, Comune della sede, Telefono Rete altra" in page
    path = f"{PROPOSALS}{row.uid}/"
    shown = secretary.get(path)
    compared = [[str(cell.value) for cell in each.cells] for each in shown.context["compared"].rows]
    assert ["Telefono", "vuoto", "0583 1"] in compared
    assert "Hanno cambiato sede" in said(shown)
    assert taken(sent(secretary, path, version=row.version)) == HERE
    town.refresh_from_db()
    assert (town.name, town.phone) == ("Comune di Vallebassa", "0583 1")
    assert "Accogli" not in said(secretary.get(path))
    assert "accolta" in said(neighbour.get(path))


def test_a_proposal_is_declined_with_a_reason(
    secretary: Client, neighbour: Client, town: Organisation
) -> None:
    taken(neighbour.post(f"{HERE}proponi/", filled(town, phone="1 2 3")))
    row = Proposal.objects.get()
    path = f"{PROPOSALS}{row.uid}/"
    without = sent(secretary, path, version=row.version, decline="1", answer="")
    assert faults(without)[0][0] == "#id_answer"
    taken(sent(secretary, path, version=row.version, decline="1", answer="Numero sbagliato"))
    assert "Numero sbagliato" in said(neighbour.get(path))
    town.refresh_from_db()
    assert town.phone == ""


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, ""),
        ({"reason": "", "phone": "1 2 3"}, "#id_reason"),
        ({"tax_code": "1"}, "#id_tax_code"),
        ({"name": "…"}, "#id_name"),
        ({"municipality": "Nessuna"}, "#id_municipality"),
    ],
)
def test_what_cannot_be_proposed_is_said_at_its_field(
    neighbour: Client, town: Organisation, values: dict[str, str], field: str
) -> None:
    answer = neighbour.post(f"{HERE}proponi/", filled(town, **values))
    assert [href for href, _words in faults(answer)] == [field]
    assert Proposal.objects.count() == 0


def test_a_proposal_answered_meanwhile_is_not_answered_again(
    secretary: Client, neighbour: Client, town: Organisation
) -> None:
    taken(neighbour.post(f"{HERE}proponi/", filled(town, phone="1 2 3")))
    row = Proposal.objects.get()
    stale = sent(secretary, f"{PROPOSALS}{row.uid}/", version=row.version + 1)
    assert "Guarda che cosa c’è adesso" in said(stale)
    accept_proposal(proposal=row, version=row.version, by=OPERATOR)
    late = sent(secretary, f"{PROPOSALS}{row.uid}/", version=row.version)
    assert late.status_code == 200
    assert "accolta" in said(late)


def test_the_steward_does_not_propose_and_others_see_nothing(
    secretary: Client, new_client: Callable[[], Client], town: Organisation
) -> None:
    assert secretary.get(f"{HERE}proponi/").status_code == 404
    other = a_founded_network("terza")
    row = propose_change(
        organisation=town, network=other, values={"phone": "1 2 3"}, reason="x", by=OPERATOR
    )
    member = an_account()
    acting_for(town, member.person)
    _network, fourth = a_network_with_secretary("quarta")
    for account in (member, an_account(), fourth):
        client = sign_in(new_client(), with_second_factor(account))
        assert client.get(f"{PROPOSALS}{row.uid}/").status_code == 404
        assert "Comune di Valle" not in said(client.get(PROPOSALS))


def test_pages_stay_within_the_budget(
    secretary: Client, neighbour: Client, town: Organisation
) -> None:
    other = Network.objects.get(slug="altra")
    found = []
    for number in ENOUGH:
        for place in range(number - Proposal.objects.count()):
            propose_change(
                organisation=town,
                network=other,
                values={"phone": f"0583 {number}{place}"},
                reason="x",
                by=OPERATOR,
            )
        row = Proposal.objects.order_by("id")[0]
        found.append(
            [
                queries_of(secretary, PROPOSALS),
                queries_of(neighbour, PROPOSALS),
                queries_of(secretary, f"{PROPOSALS}{row.uid}/"),
            ]
        )
    assert found[0] == found[1] == found[2]
    unit = add_unit(organisation=town, name="CUG", kind="organ", began=partly("2010"), by=OPERATOR)
    elsewhere = an_organisation(other, "Doppione")
    admit_organisation(network=other, organisation=elsewhere, since=None, by=OPERATOR)
    paths = [
        f"{HERE}unita/nuova/",
        f"{HERE}unita/{unit.code}/",
        f"{HERE}unione/",
        f"{HERE}reti/{Participation.objects.get(network__slug='valle').uid}/",
        "/lavoro/organizzazioni/registro/",
    ]
    asked = [*found[0], *(queries_of(secretary, path) for path in paths)]
    asked += [queries_of(neighbour, f"{HERE}{page}/") for page in ("proponi", "reti/nuova")]
    assert max(asked) <= WORK


def test_the_comparison_asks_as_much_for_many_facts(secretary: Client, town: Organisation) -> None:
    an_organisation(Network.objects.get(slug="valle"), "Municipio di Valle")
    assert queries_of(secretary, f"{HERE}unione/?con=municipio-di-valle") <= WORK
