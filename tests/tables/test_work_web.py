"""Bodies and seats at work, as the secretariat meets them; and what others are told of these pages."""

from datetime import date
from typing import Any

import pytest
from django.core.cache import cache
from django.forms import BoundField, Select
from django.http import HttpResponse
from django.test import Client

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.registry.actions import enter_fact
from tavolo.registry.models import Organisation, OrganisationSuccession
from tavolo.tables import actions
from tavolo.tables.models import Body, BodyName, BodyPurpose, BodyTerritory, Delegate, Seat
from tavolo.tables.queries import body_as_of, roster
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant, an_organisation
from tests.factories.tables import ACT, a_body, a_seat, many_seats
from tests.factories.territory import a_province

pytestmark = pytest.mark.django_db

WORK = 20
HERE = "/lavoro/tavoli/"


@pytest.fixture(autouse=True)
def _forgotten_codes() -> None:
    cache.clear()


@pytest.fixture
def network(client: Client) -> Network:
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return network


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo permanente", since="2015-06-01")


def send(client: Client, path: str, **told: Any) -> HttpResponse:
    """Fill the form in as it stands, but for these answers, and send it."""
    page = client.get(path)
    assert page.status_code == 200, path
    sent = {bound.html_name: chosen(bound) for bound in page.context["form"].form} | told
    kept = {name: value for name, value in sent.items() if value is not None and value is not False}
    return client.post(path, kept)


def chosen(bound: BoundField) -> Any:
    """What a browser sends of a field that nobody touches: of a list its first choice."""
    if type(bound.field.widget) is Select and bound.value() is None:
        return next(iter(bound.field.choices))[0]  # type: ignore[attr-defined]
    return bound.value()


def refused(answer: HttpResponse) -> list[str]:
    """What the page says against what was sent."""
    assert answer.status_code == 200
    return [fault.sentence for fault in answer.context["form"].faults]  # type: ignore[attr-defined]


def at(body: Body, rest: str = "") -> str:
    return f"{HERE}{body.code}/{rest}"


def seat_at(seat: Seat, rest: str = "") -> str:
    return at(seat.body, f"seggi/{seat.uid}/{rest}")


def only_seat(body: Body) -> Seat:
    return Seat.objects.known().select_related("body__network").get(body=body)


# Bodies


def test_an_empty_network_is_told_how_to_begin(client: Client, network: Network) -> None:
    page = client.get(HERE)
    assert (page.status_code, page.context["first"]) == (200, True)
    assert "/lavoro/tavoli/nuovo/" in page.content.decode()
    assert client.get(f"{HERE}?q=niente").context["first"] is False


def test_a_body_is_founded_once_however_often_it_is_sent(client: Client, network: Network) -> None:
    page = client.get(f"{HERE}nuovo/?tipo=commission")
    form = page.context["form"].form
    sent = {bound.html_name: bound.value() or "" for bound in form}
    sent |= {"name": "Commissione pari opportunità", "established": "12 marzo 2019"}
    for _twice in range(2):
        answer = client.post(f"{HERE}nuovo/", sent)
        assert answer["Location"] == f"{HERE}commissione-pari-opportunita/"
    body = Body.objects.get()
    assert (body.kind, str(body.valid_from)) == ("commission", "2019-03-12")


def test_a_second_group_with_the_same_number_is_refused_in_words(
    client: Client, network: Network, body: Body
) -> None:
    told = {"kind": "thematic_group", "name": "Lavoro", "parent": body.code, "number": 3}
    assert send(client, f"{HERE}nuovo/?in={body.code}", **told).status_code == 302
    answer = send(client, f"{HERE}nuovo/", **told | {"name": "Altro"})
    assert refused(answer)[0].startswith("Un altro gruppo ha già questo numero")


def test_the_groups_of_a_preset_come_in_one_act(client: Client, body: Body) -> None:
    answer = send(client, at(body, "gruppi/"), preset="milano_groups")
    assert answer["Location"] == at(body, "#gruppi")
    groups = body_as_of(body, on=date(2026, 1, 1)).groups
    assert [group.number for group in groups] == [1, 2, 3, 4, 5]
    assert "4. Contrasto al fenomeno della tratta" in client.get(at(body)).content.decode()


def test_coordinations_are_shown_before_they_are_founded(client: Client, network: Network) -> None:
    province = a_province(municipalities=2)
    told = {
        "kind": "coordination_political",
        "area_kind": "province",
        "within": province.title,
        "name": "Coordinamento di {area}",
    }
    page = send(client, f"{HERE}nuovo/coordinamenti/", preview="1", **told)
    assert [(one.municipalities, one.there) for one in page.context["seen"]] == [(2, False)]  # type: ignore[attr-defined]
    assert not Body.objects.exists()
    told |= {"act": ACT, "established": "1/3/2020", "seats": ""}
    assert send(client, f"{HERE}nuovo/coordinamenti/", **told).status_code == 302
    assert [body.name for body in Body.objects.all()] == [f"Coordinamento di {province.title}"]
    page = send(client, f"{HERE}nuovo/coordinamenti/", preview="1", **told)
    assert [one.there for one in page.context["seen"]] == [True]  # type: ignore[attr-defined]


def test_a_name_without_the_place_of_the_area_is_refused(client: Client, network: Network) -> None:
    province = a_province(municipalities=1)
    told = {"within": province.title, "name": "Coordinamento", "act": ACT, "established": "2020"}
    assert len(refused(send(client, f"{HERE}nuovo/coordinamenti/", **told))) == 1


def test_names_territory_and_purposes_are_entered_ended_and_withdrawn(
    client: Client, body: Body
) -> None:
    province = a_province(municipalities=1)
    send(client, at(body, "sfere/"), name="Vita sociale")
    send(client, at(body, "fatti/nomi/nuovo/"), name="Tavolo contro la tratta", began="2016")
    send(client, at(body, "fatti/territorio/nuovo/"), place=province.title)
    send(client, at(body, "fatti/finalita/nuovo/"), words="Parità", spheres=["vita-sociale"])
    purpose = BodyPurpose.objects.known().get()
    assert (purpose.words, purpose.spheres) == ("Parità", ["vita-sociale"])
    name = BodyName.objects.known().get(name="Tavolo contro la tratta")
    page = send(client, at(body, f"fatti/nomi/{name.uid}/"), last="31/12/2020")
    assert page["Location"] == at(body, "#nomi")
    place = BodyTerritory.objects.known().get()
    path = at(body, f"fatti/territorio/{place.uid}/?come=ritira")
    assert send(client, path, reason="").status_code == 200
    assert send(client, path, reason="errore").status_code == 302
    shown = client.get(at(body)).content.decode()
    assert "Vita sociale" in shown
    assert "Non più: 1" in shown
    assert not BodyTerritory.objects.known().exists()


def test_who_saves_second_is_shown_what_stands_there_now(client: Client, body: Body) -> None:
    page = client.get(at(body, "modifica/"))
    sent = {bound.html_name: bound.value() or "" for bound in page.context["form"].form}
    actions.edit_body(body=body, expected=body.version, theme="lavoro", by=OPERATOR)
    answer = client.post(at(body, "modifica/"), sent | {"theme": "tratta"})
    assert (answer.status_code, Body.objects.get().theme) == (409, "lavoro")
    form = answer.context["form"].form
    again = {bound.html_name: bound.value() or "" for bound in form}
    assert client.post(at(body, "modifica/"), again).status_code == 302
    assert Body.objects.get().theme == "tratta"


def test_a_body_begins_is_confirmed_and_goes_on_in_another(
    client: Client, network: Network, body: Body
) -> None:
    other = a_body(network, "Tavolo metropolitano", since="2020-01-01")
    life = at(body, "vita/")
    assert send(client, f"{life}?come=avvio", began="30/6/2015").status_code == 302
    assert send(client, f"{life}?come=conferma", began="2018", act=ACT).status_code == 302
    assert refused(send(client, f"{life}?come=fine", last="31/12/2021", act="")) == [
        "Indica l’atto su cui si fonda."
    ]
    told = {"successor": other.code, "manner": "merged", "began": "1/1/2022", "act": ACT}
    assert send(client, f"{life}?come=seguito", **told).status_code == 302
    body.refresh_from_db()
    assert (str(body.started), str(body.last_day)) == ("2015-06-30", "2021-12-31")
    assert client.get(life).status_code == 404
    assert client.get(f"{HERE}?quali=finiti").context["total"] == 1


# Seats


def test_an_organisation_gets_a_seat_and_sends_somebody(
    client: Client, network: Network, body: Body
) -> None:
    an_organisation(network, "Casa delle donne")
    told = {"organisation": "Casa delle donne", "act": ACT, "began": "30/6/2015"}
    answer = send(client, at(body, "seggi/nuovo/"), **told)
    seat = only_seat(body)
    assert answer["Location"] == seat_at(seat)
    assert (seat.category, seat.basis) == ("association", "adhesion")
    who = {"family_name": "Rossi", "given_name": "Ada", "act": ACT, "began": "1/7/2015"}
    assert send(client, seat_at(seat, "delegati/nuovo/"), **who).status_code == 302
    again = send(client, seat_at(seat, "delegati/nuovo/"), **who | {"family_name": "Bianchi"})
    assert refused(again)[0].startswith("In quel periodo il posto ha già una delega")
    assert "Ada Rossi" in client.get(seat_at(seat)).content.decode()
    twice = send(client, at(body, "seggi/nuovo/"), **told)
    assert refused(twice)[0].startswith("In quel periodo ha già un posto")


def test_without_act_without_holder_there_is_no_seat(
    client: Client, network: Network, body: Body
) -> None:
    answer = send(client, at(body, "seggi/nuovo/"), organisation="Nessuna", act="")
    assert len(refused(answer)) == 2
    assert len(
        refused(send(client, at(body, "seggi/nuovo/?chi=ufficio"), organisation="", act=ACT))
    )
    assert not Seat.objects.exists()


def test_an_office_sits_by_itself_and_is_vacant_first(
    client: Client, network: Network, body: Body
) -> None:
    town = an_organisation(network, "Comune di Rozzano", kind="municipality")
    a_seat(body, an_organisation(network, "Associazione"))
    told = {"organisation": town.name, "theme": "equal_opportunities", "act": ACT}
    assert send(client, at(body, "seggi/nuovo/?chi=ufficio"), **told).status_code == 302
    page = client.get(at(body, "seggi/"))
    rows = page.context["table"].rows
    assert [str(row.cells[0].value).split(",")[0] for row in rows] == [town.name, "Associazione"]
    vacant = client.get(at(body, "seggi/?quali=vacanti")).context["table"]
    assert vacant.paging.total == 1
    seat = Seat.objects.known().get(organisation=town)
    assert "/deleghe/" in client.get(seat_at(seat)).context["fill_href"]
    form = client.get(seat_at(seat, "delegati/nuovo/")).context["form"].form
    assert [key for key, _label in form.fields["kind"].choices] == ["substitute"]


def test_a_person_sits_by_appointment_and_sends_nobody(client: Client, body: Body) -> None:
    told = {"family_name": "Verdi", "given_name": "Bianca", "act": ACT}
    assert send(client, at(body, "seggi/nuovo/?chi=persona"), **told).status_code == 302
    seat = only_seat(body)
    assert (seat.category, seat.basis) == ("person", "appointment")
    assert client.get(seat_at(seat, "delegati/nuovo/")).status_code == 404
    assert client.get(seat_at(seat, "passa/")).status_code == 404


def test_many_participants_get_a_seat_by_one_act(
    client: Client, network: Network, body: Body
) -> None:
    rows = [a_participant(network, name) for name in ("Prima", "Seconda", "Terza")]
    a_seat(body, rows[2])
    path = at(body, "seggi/insieme/")
    assert refused(send(client, path, act=ACT, organisations=[])) == [
        "Spunta almeno un’organizzazione."
    ]
    codes = [row.code for row in rows[:2]]
    assert send(client, path, act=ACT, organisations=codes).status_code == 302
    assert client.get(path).context["offered"] == 0
    found = roster(body, on=date(2026, 1, 1), actor=OPERATOR)
    assert [line.holder for line in found.lines] == ["Prima", "Seconda", "Terza"]


def test_many_get_a_seat_or_nobody_does(client: Client, network: Network, body: Body) -> None:
    rows = [a_participant(network, name) for name in ("Prima", "Seconda")]
    path = at(body, "seggi/insieme/")
    page = client.get(path)
    told = {bound.html_name: bound.value() or "" for bound in page.context["form"].form}
    told |= {"act": ACT, "organisations": [row.code for row in rows], "began": "1/1/2010"}
    assert len(refused(client.post(path, told))) == 1
    assert not Seat.objects.exists()


def test_a_seat_ends_and_a_mistaken_end_is_taken_back(
    client: Client, network: Network, body: Body
) -> None:
    seat = a_seat(body, an_organisation(network), since="2015-06-30")
    told = {"last": "31/12/2020", "reason": "resignation", "act": ACT}
    assert send(client, seat_at(seat, "fine/"), **told).status_code == 302
    row = only_seat(body)
    assert (str(row.last_day), row.end_reason) == ("2020-12-31", "resignation")
    assert client.get(seat_at(seat, "fine/")).status_code == 404
    assert send(client, seat_at(seat, "correggi/"), ended="").status_code == 302
    row = only_seat(body)
    assert (row.last_day, row.end_reason, row.end_act) == (None, "", "")
    assert len(client.get(seat_at(seat)).context["earlier"]) == 2


def test_who_acts_on_a_seat_that_was_changed_meanwhile_is_told(
    client: Client, network: Network, body: Body
) -> None:
    seat = a_seat(body, an_organisation(network), since="2015-06-30")
    page = client.get(seat_at(seat, "ritira/"))
    sent = {bound.html_name: bound.value() or "" for bound in page.context["form"].form}
    actions.correct_seat(seat=seat, began=seat.began, role="observer", by=OPERATOR)
    answer = client.post(seat_at(seat, "ritira/"), sent | {"reason": "mai esistito"})
    assert (answer.status_code, only_seat(body).role) == (409, "observer")
    sent["seen"] = answer.context["form"].form["seen"].value()
    sent["form_key"] = answer.context["form"].form["form_key"].value()
    answer = client.post(seat_at(seat, "ritira/"), sent | {"reason": "mai esistito"})
    assert answer["Location"] == at(body, "seggi/")
    assert not Seat.objects.known().exists()


def test_the_seat_of_who_went_on_in_another_is_proposed_and_passed(
    client: Client, network: Network, body: Body
) -> None:
    old, new = (an_organisation(network, name, kind="municipality") for name in ("Xa", "Ya"))
    seat = a_seat(body, old, since="2015-06-30")
    succeeded(old, new)
    proposed = client.get(at(body)).context["to_pass"]
    assert [one.succession.successor for one, _words, _href in proposed] == [new]
    href = proposed[0][2]
    assert href.endswith(f"passa/?a={new.code}&dal=2019-01-01")
    assert send(client, href, act=ACT).status_code == 302
    now = Seat.objects.known().get(valid_until=None)
    assert (now.organisation, str(now.valid_from), now.takes_over) == (new, "2019-01-01", seat.uid)
    assert client.get(at(body)).context["to_pass"] == []


def succeeded(old: Organisation, new: Organisation) -> None:
    began = PartialDate.of(date(2019, 1, 1))
    row = OrganisationSuccession(organisation=old, successor=new, manner="merger", began=began)
    enter_fact(fact=row, by=OPERATOR)


def test_a_role_changes_from_a_day(client: Client, network: Network, body: Body) -> None:
    seat = a_seat(body, an_organisation(network), since="2015-06-30")
    told = {"role": "coordinator", "began": "1/1/2018", "act": ACT}
    assert send(client, seat_at(seat, "ruolo/"), **told).status_code == 302
    rows = Seat.objects.known().filter(body=body).order_by("valid_from")
    assert [(row.role, str(row.last_day or "")) for row in rows] == [
        ("member", "2017-12-31"),
        ("coordinator", ""),
    ]


def test_a_delegate_ends_or_was_never_sent(client: Client, network: Network, body: Body) -> None:
    seat = a_seat(body, an_organisation(network), since="2015-06-30")
    for name in ("Rossi", "Bianchi"):
        who = {"family_name": name, "given_name": "Ada", "act": ACT, "kind": "substitute"}
        send(client, seat_at(seat, "delegati/nuovo/"), **who)
    one, other = Delegate.objects.known().order_by("id")
    path = seat_at(seat, f"delegati/{one.uid}/")
    assert send(client, path, last="1/1/2020", reason="resignation").status_code == 302
    path = seat_at(seat, f"delegati/{other.uid}/?come=ritira")
    assert len(refused(send(client, path, reason=""))) == 1
    assert send(client, path, reason="omonima").status_code == 302
    assert [str(row.last_day) for row in Delegate.objects.known()] == ["2020-01-01"]


def test_the_seats_of_any_day_by_category_town_and_group_as_page_and_file(
    client: Client, network: Network, body: Body
) -> None:
    group = a_body(network, "Gruppo", kind="thematic_group", parent=body, since="2016-01-01")
    first, second = (an_organisation(network, name) for name in ("Prima", "Seconda"))
    union = an_organisation(network, "Sindacato", kind="trade_union")
    for row in (first, second, union):
        a_seat(body, row, since="2015-06-30")
    a_seat(group, second, since="2016-01-01")

    def shown(query: str) -> list[str]:
        page = client.get(at(body, f"seggi/{query}"))
        return [str(row.cells[0].value) for row in page.context["table"].rows]

    def filed(query: str) -> int:
        answer = client.get(at(body, f"seggi/elenco.csv{query}"))
        return len(b"".join(answer).decode().splitlines()) - 1  # type: ignore[call-overload]

    assert shown("") == ["Prima", "Seconda", "Sindacato"]
    assert (shown("?categoria=trade_union"), filed("?categoria=trade_union")) == (["Sindacato"], 1)
    assert (shown(f"?gruppo={group.code}"), filed(f"?gruppo={group.code}")) == (["Seconda"], 1)
    assert (shown("?al=2015-06-29"), filed("?al=2015-06-29")) == ([], 0)
    assert (shown("?quali=senza-delegato"), filed("?quali=vacanti")) == (shown(""), 0)


def test_a_long_roster_is_paged(client: Client, body: Body) -> None:
    many_seats(body, 101)
    first = client.get(at(body, "seggi/")).context["table"]
    last = client.get(at(body, "seggi/?pagina=99")).context["table"]
    assert (len(first.rows), first.paging.next_href) == (100, "?pagina=2")
    assert (len(last.rows), last.paging.previous_href) == (1, "?pagina=1")


def test_who_has_not_joined_is_a_page_and_a_file(
    client: Client, network: Network, body: Body
) -> None:
    province = a_province(municipalities=3)
    towns = [row.municipality for row in province.memberships.order_by("id")]
    actions.place_body(body=body, area=province, by=OPERATOR)
    sits, known = (
        an_organisation(network, town.name, kind="municipality", municipality=town)
        for town in towns[:2]
    )
    a_seat(body, sits)
    page = client.get(at(body, "seggi/mancano/"))
    assert page.context["total"] == 2
    hrefs = {row.cells[2].href for row in page.context["table"].rows}
    assert f"{at(body, 'seggi/nuovo/')}?org={known.code}" in hrefs
    lines = b"".join(client.get(at(body, "seggi/mancano.csv"))).decode().splitlines()  # type: ignore[call-overload]
    assert len(lines) == 3


# Who may open them, and at what cost


@pytest.mark.parametrize(
    "rest",
    ["", "modifica/", "gruppi/", "vita/", "sfere/", "seggi/", "seggi/nuovo/", "seggi/insieme/"],
)
def test_for_others_these_pages_do_not_exist(client: Client, rest: str) -> None:
    network, _account = a_network_with_secretary("altra")
    body = a_body(network, "Tavolo")
    assert client.get(at(body, rest)).status_code == 302
    sign_in(client, with_second_factor(an_account("ada@example.org")))
    assert client.get(at(body, rest)).status_code == 404
    assert client.post(at(body, rest)).status_code in {404, 405}
    assert client.get(HERE).status_code == 404


def test_the_secretariat_of_another_network_finds_nothing(client: Client, network: Network) -> None:
    other, _account = a_network_with_secretary("altra")
    body = a_body(other, "Tavolo")
    seat = a_seat(body, an_organisation(other))
    for path in (at(body), seat_at(seat), seat_at(seat, "fine/"), at(body, "seggi/elenco.csv")):
        assert client.get(path).status_code == 404
    assert client.get(HERE).context["total"] == 0


def test_a_seat_is_found_under_its_own_body_alone(
    client: Client, network: Network, body: Body
) -> None:
    seat = a_seat(a_body(network, "Altro"), an_organisation(network))
    assert client.get(at(body, f"seggi/{seat.uid}/")).status_code == 404


def test_pages_ask_the_same_of_one_seat_and_of_many(client: Client, network: Network) -> None:
    bodies = []
    for number in ENOUGH:
        bodies.append(a_body(network, since="2015-06-01"))
        many_seats(bodies[-1], number)
    for rest in ("", "seggi/", "seggi/elenco.csv"):
        counts = {queries_of(client, at(body, rest)) for body in bodies}
        assert len(counts) == 1
        assert counts.pop() <= WORK
    assert queries_of(client, HERE) <= WORK
