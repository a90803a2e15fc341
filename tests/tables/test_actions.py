from datetime import date

import pytest
from django.db import IntegrityError, transaction

from tavolo.journal.models import Entry
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.registry.errors import AlreadyEnded, EndNotKnown, EndsBeforeItBegan, ReasonMissing
from tavolo.tables import actions, errors
from tavolo.tables.models import Body, BodyLineage, BodyName, Delegate, Seat
from tavolo.tables.plugs import group_presets
from tests.factories.people import a_network, a_person
from tests.factories.registry import acting, an_organisation
from tests.factories.tables import ACT, a_body, a_delegate, a_seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo permanente", since="2015-06-01")


def test_founding_writes_body_name_entry_and_fact(network: Network) -> None:
    body = a_body(
        network,
        "Tavolo contro la tratta",
        official_name="Gruppo 4 - contrasto della tratta",
        since="2015-06-01",
        started=PartialDate.parse("2015-06-30"),
        founding_act="decreto 1/2015",
    )
    names = BodyName.objects.known().filter(body=body).order_by("kind")
    assert [(row.kind, row.name) for row in names] == [
        ("official", "Gruppo 4 - contrasto della tratta"),
        ("public", "Tavolo contro la tratta"),
    ]
    assert (body.code, body.valid_from) == ("tavolo-contro-la-tratta", date(2015, 6, 1))
    assert str(body.started) == "2015-06-30"
    assert Entry.objects.filter(action="tables.body_founded").count() == 1
    assert AnnouncedFact.objects.filter(key="tables.BodyFounded").count() == 1


def test_a_body_established_nobody_knows_when_is_there_from_its_start(network: Network) -> None:
    assert a_body(network, started=PartialDate.parse("2015")).valid_from == date(2015, 1, 1)


def test_two_of_one_name_have_two_addresses(network: Network) -> None:
    codes = [a_body(network, "Cabina di regia").code for _time in range(2)]
    assert codes == ["cabina-di-regia", "cabina-di-regia-2"]


def test_a_reserved_word_is_no_address(network: Network) -> None:
    assert a_body(network, "Elenco").code == "elenco-2"


@pytest.mark.parametrize(
    ("values", "refusal"),
    [
        ({"kind": "club"}, errors.UnknownBodyKind),
        ({"name": "   "}, errors.BodyNameMissing),
    ],
)
def test_what_is_odd_is_not_founded(network: Network, values: dict, refusal: type) -> None:
    told = {"kind": "standing_table", "name": "Tavolo"} | values
    with pytest.raises(refusal):
        actions.found_body(network=network, by=OPERATOR, **told)


def test_a_body_is_part_of_one_of_its_own_network(network: Network, body: Body) -> None:
    with pytest.raises(errors.ParentOfAnother):
        a_body(a_network("altra"), parent=body)


def test_the_groups_of_milano_keep_their_numbers(body: Body) -> None:
    groups = actions.found_groups(
        parent=body, preset=group_presets.get("milano_groups"), by=OPERATOR
    )
    assert [(group.number, group.parent) for group in groups] == [(n, body) for n in range(1, 6)]
    with pytest.raises(errors.NumberTaken):
        a_body(body.network, parent=body, number=4)


def test_a_stranger_founds_nothing(network: Network, body: Body) -> None:
    stranger = acting(a_person())
    with pytest.raises(NotAllowed):
        actions.found_body(network=network, kind="standing_table", name="Tavolo", by=stranger)
    with pytest.raises(NotAllowed):
        actions.add_seat(body=body, organisation=an_organisation(network), act=ACT, by=stranger)
    seat = a_seat(body, an_organisation(network))
    with pytest.raises(NotAllowed):
        actions.name_delegate(seat=seat, person=a_person(), act=ACT, by=stranger)


def test_who_saves_second_is_told(body: Body) -> None:
    actions.edit_body(body=body, expected=1, theme="tratta", by=OPERATOR)
    with pytest.raises(StaleVersion):
        actions.edit_body(body=body, expected=1, theme="lavoro", by=OPERATOR)
    with pytest.raises(TypeError):
        actions.edit_body(body=body, expected=2, code="altro", by=OPERATOR)


def test_established_and_started_are_two_days(body: Body) -> None:
    actions.start_body(body=body, on=date(2015, 6, 30), by=OPERATOR)
    body.refresh_from_db()
    assert (str(body.established), str(body.started)) == ("2015-06-01", "2015-06-30")
    with pytest.raises(errors.AlreadyStarted):
        actions.start_body(body=body, on=date(2015, 7, 1), by=OPERATOR)


def test_a_body_that_starts_first_is_there_since_then(network: Network) -> None:
    body = a_body(network)
    actions.start_body(body=body, on=date(2015, 6, 30), by=OPERATOR)
    assert Body.objects.get(pk=body.pk).valid_from == date(2015, 6, 30)


def test_a_body_ends_with_its_seats_and_delegates(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    a_delegate(seat, a_person(), since="2015-07-01")
    actions.end_body(body=body, last=date(2020, 12, 31), act="delibera 9/2020", by=OPERATOR)
    held = Seat.objects.known().get(body=body)
    assert (held.valid_until, held.end_reason) == (date(2021, 1, 1), "body")
    assert Delegate.objects.known().get(seat=seat.uid).valid_until == date(2021, 1, 1)
    with pytest.raises(AlreadyEnded):
        actions.end_body(body=body, last=date(2021, 12, 31), act=ACT, by=OPERATOR)


def test_a_body_does_not_end_so(body: Body) -> None:
    with pytest.raises(errors.SeatActMissing):
        actions.end_body(body=body, last=date(2020, 1, 1), act=" ", by=OPERATOR)
    with pytest.raises(EndNotKnown):
        actions.end_body(body=body, last=None, act=ACT, by=OPERATOR)
    with pytest.raises(EndsBeforeItBegan):
        actions.end_body(body=body, last=date(2014, 1, 1), act=ACT, by=OPERATOR)
    a_body(body.network, parent=body)
    with pytest.raises(errors.GroupsStillThere):
        actions.end_body(body=body, last=date(2020, 1, 1), act=ACT, by=OPERATOR)


def test_a_body_is_confirmed_as_itself(body: Body) -> None:
    actions.confirm_body(body=body, on=date(2021, 3, 1), act="decreto 3/2021", by=OPERATOR)
    row = BodyLineage.objects.get(body=body)
    assert (row.manner, row.successor, str(row.began)) == ("confirmed", None, "2021-03-01")
    with pytest.raises(errors.SeatActMissing):
        actions.confirm_body(body=body, on=date(2022, 3, 1), act="", by=OPERATOR)


def test_what_is_succeeded_ends_the_day_before(body: Body) -> None:
    other = a_body(body.network, "Tavolo nuovo", since="2021-01-01")
    actions.succeed_body(
        body=body, successor=other, manner="succeeded", on=date(2021, 1, 1), act=ACT, by=OPERATOR
    )
    assert Body.objects.get(pk=body.pk).valid_until == date(2021, 1, 1)
    with pytest.raises(errors.ParentOfAnother):
        actions.succeed_body(
            body=other,
            successor=a_body(a_network("altra")),
            manner="succeeded",
            on=date(2022, 1, 1),
            act=ACT,
            by=OPERATOR,
        )


def test_a_body_renewed_in_another_goes_on_until_an_act_ends_it(body: Body) -> None:
    other = a_body(body.network)
    actions.succeed_body(
        body=body, successor=other, manner="renewed", on=date(2021, 1, 1), act=ACT, by=OPERATOR
    )
    assert Body.objects.get(pk=body.pk).valid_until is None


def test_a_public_name_becomes_the_one_in_lists(body: Body) -> None:
    row = actions.name_body(body=body, name="Tavolo  rosa", by=OPERATOR)
    assert Body.objects.get(pk=body.pk).name == "Tavolo rosa"
    with pytest.raises(errors.AlreadyThere):
        actions.name_body(body=body, name="Tavolo rosa", by=OPERATOR)
    actions.end_said(fact=row, last=date(2016, 1, 1), by=OPERATOR)
    assert Body.objects.get(pk=body.pk).name == "Tavolo permanente"
    with pytest.raises(EndNotKnown):
        actions.end_said(fact=row, last=None, by=OPERATOR)
    with pytest.raises(errors.BodyNameMissing):
        actions.name_body(body=body, name=" ", by=OPERATOR)


def test_what_was_never_true_is_withdrawn_with_a_reason(body: Body) -> None:
    row = actions.name_body(body=body, name="Tavolo rosa", by=OPERATOR)
    with pytest.raises(ReasonMissing):
        actions.withdraw_said(fact=row, reason=" ", by=OPERATOR)
    actions.withdraw_said(fact=row, reason="era un altro tavolo", by=OPERATOR)
    assert Body.objects.get(pk=body.pk).name == "Tavolo permanente"


def test_purposes_are_numbered_and_name_known_spheres(body: Body) -> None:
    actions.add_sphere(network=body.network, name="Vita sociale", by=OPERATOR)
    first = actions.add_purpose(body=body, words="Primo", spheres=["vita-sociale"], by=OPERATOR)
    second = actions.add_purpose(body=body, words="Secondo", by=OPERATOR)
    assert [first.number, second.number] == [1, 2]
    with pytest.raises(errors.AlreadyThere):
        actions.add_purpose(body=body, words="Altro", number=2, by=OPERATOR)
    with pytest.raises(errors.UnknownSphere):
        actions.add_purpose(body=body, words="Altro", spheres=["vita-politica"], by=OPERATOR)
    with pytest.raises(errors.BodyNameMissing):
        actions.add_purpose(body=body, words="", by=OPERATOR)
    with pytest.raises(errors.AlreadyThere):
        actions.add_sphere(network=body.network, name="Sociale", key="vita-sociale", by=OPERATOR)


def test_a_territory_is_one_place(body: Body) -> None:
    with pytest.raises(errors.PlaceMissing):
        actions.place_body(body=body, by=OPERATOR)


def test_a_seat_without_an_act_is_refused_by_action_and_database(body: Body) -> None:
    organisation = an_organisation(body.network)
    with pytest.raises(errors.SeatActMissing):
        a_seat(body, organisation, act="  ")
    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            network=body.network,
            body=body,
            organisation=organisation,
            category="association",
            basis="notice",
            act="",
            recorded_at="2020-01-01T00:00:00Z",
        )


def test_a_seat_has_one_holder(body: Body) -> None:
    organisation = an_organisation(body.network)
    for held in ({}, {"organisation": organisation, "person": a_person()}):
        with pytest.raises(errors.HolderMissing):
            actions.add_seat(body=body, act=ACT, by=OPERATOR, **held)


def test_nobody_sits_twice_at_once(body: Body) -> None:
    organisation = an_organisation(body.network)
    a_seat(body, organisation, since="2015-07-01", until="2016-06-30")
    with pytest.raises(errors.AlreadySits):
        a_seat(body, organisation, since="2016-06-30")
    again = a_seat(body, organisation, since="2016-07-01")
    office = a_seat(body, organisation, since="2016-07-01", title="mayor")
    assert {again.category, office.category} == {"association"}


def test_a_seat_lies_within_the_time_of_its_body(body: Body) -> None:
    organisation = an_organisation(body.network)
    with pytest.raises(errors.BodyHasEnded):
        a_seat(body, organisation, since="2015-05-31")
    assert a_seat(body, organisation).valid_from == date(2015, 6, 1)
    actions.end_body(body=body, last=date(2020, 12, 31), act=ACT, by=OPERATOR)
    with pytest.raises(errors.BodyHasEnded):
        a_seat(body, an_organisation(body.network), since="2016-01-01")


def test_a_seat_ends_with_its_delegates(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    a_delegate(seat, a_person(), since="2015-07-01")
    a_delegate(seat, a_person("Carla"), since="2019-01-01", kind="substitute")
    row = actions.end_seat(
        seat=seat, last=date(2017, 6, 30), reason="resignation", act="lettera 4/2017", by=OPERATOR
    )
    assert (row.uid, row.last_day, row.end_reason) == (seat.uid, date(2017, 6, 30), "resignation")
    ends = Delegate.objects.known().filter(seat=seat.uid).values_list("valid_until", flat=True)
    assert list(ends) == [date(2017, 7, 1)]
    with pytest.raises(AlreadyEnded):
        actions.end_seat(seat=row, last=date(2018, 1, 1), reason="other", act=ACT, by=OPERATOR)


def test_a_seat_does_not_end_so(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    with pytest.raises(errors.SeatActMissing):
        actions.end_seat(seat=seat, last=date(2017, 1, 1), reason="other", act="", by=OPERATOR)
    with pytest.raises(EndNotKnown):
        actions.end_seat(seat=seat, last=None, reason="other", act=ACT, by=OPERATOR)
    with pytest.raises(EndsBeforeItBegan):
        actions.end_seat(seat=seat, last=date(2014, 1, 1), reason="other", act=ACT, by=OPERATOR)


def test_a_member_becomes_coordinator_with_her_delegate(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    delegate = a_delegate(seat, a_person(), since="2015-07-01")
    a_delegate(seat, a_person("Carla"), since="2018-01-01", kind="substitute")
    again = actions.change_role(
        seat=seat, role="coordinator", began=date(2016, 1, 1), act="verbale 3", by=OPERATOR
    )
    rows = Seat.objects.known().filter(body=body).order_by("valid_from")
    assert [(row.role, row.valid_from, row.valid_until) for row in rows] == [
        ("member", date(2015, 7, 1), date(2016, 1, 1)),
        ("coordinator", date(2016, 1, 1), None),
    ]
    assert again.takes_over == seat.uid
    sent = Delegate.objects.known().filter(person=delegate.person).order_by("valid_from")
    assert [row.seat for row in sent] == [seat.uid, again.uid]
    assert Delegate.objects.known().get(kind="substitute").seat == again.uid
    with pytest.raises(EndNotKnown):
        actions.change_role(seat=again, role="member", began=None, act=ACT, by=OPERATOR)


def test_a_seat_passes_to_the_successor(body: Body) -> None:
    old, new = (an_organisation(body.network, name) for name in ("Vecchia", "Nuova"))
    seat = a_seat(body, old, since="2015-07-01")
    passed = actions.pass_seat_on(
        seat=seat, to=new, began=date(2018, 1, 1), act="fusione 2018", by=OPERATOR
    )
    assert (passed.organisation, passed.takes_over, passed.basis) == (new, seat.uid, "succession")
    before = Seat.objects.known().get(uid=seat.uid)
    assert (before.last_day, before.end_reason) == (date(2017, 12, 31), "succession")


def test_who_sits_there_already_keeps_one_seat_after_a_merger(body: Body) -> None:
    old, new = (an_organisation(body.network, name) for name in ("Vecchia", "Nuova"))
    held = a_seat(body, new, since="2015-07-01")
    seat = a_seat(body, old, since="2015-07-01")
    assert (
        actions.pass_seat_on(seat=seat, to=new, began=date(2018, 1, 1), act=ACT, by=OPERATOR)
        == held
    )


def test_a_seat_is_corrected_from_the_beginning(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    row = actions.correct_seat(
        seat=seat, began=date(2015, 9, 1), category="trade_union", by=OPERATOR
    )
    assert (row.uid, row.valid_from, row.category) == (seat.uid, date(2015, 9, 1), "trade_union")
    assert Seat.objects.filter(uid=seat.uid).count() == 2


def test_a_seat_that_was_never_held_is_withdrawn(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network))
    a_delegate(seat, a_person())
    with pytest.raises(ReasonMissing):
        actions.withdraw_seat(seat=seat, reason="", by=OPERATOR)
    actions.withdraw_seat(seat=seat, reason="altra associazione", by=OPERATOR)
    assert not Seat.objects.known().exists()
    assert not Delegate.objects.known().exists()


def test_one_effective_delegate_at_a_time_and_any_substitutes(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01")
    first = a_delegate(seat, a_person(), since="2015-07-01")
    with pytest.raises(errors.EffectiveDelegateThere):
        a_delegate(seat, a_person("Carla"), since="2016-01-01")
    with pytest.raises(errors.AlreadyDelegate):
        a_delegate(seat, first.person, since="2016-01-01", kind="substitute")
    a_delegate(seat, a_person("Dora"), since="2016-01-01", kind="substitute")
    actions.end_delegate(delegate=first, last=date(2016, 12, 31), by=OPERATOR)
    a_delegate(seat, a_person("Elsa"), since="2017-01-01")
    with pytest.raises(EndNotKnown):
        actions.end_delegate(delegate=first, last=None, by=OPERATOR)


def test_a_delegate_is_sent_within_the_time_of_the_seat(body: Body) -> None:
    seat = a_seat(body, an_organisation(body.network), since="2015-07-01", until="2016-06-30")
    for since, until in (("2015-06-30", "2016-01-01"), ("2016-01-01", None)):
        with pytest.raises(errors.OutsideSeat):
            a_delegate(seat, a_person(), since=since, ended=until and PartialDate.parse(until))
    with pytest.raises(errors.SeatActMissing):
        actions.name_delegate(seat=seat, person=a_person(), act="", by=OPERATOR)


def test_the_seat_of_an_office_fills_itself_and_a_person_sits_in_person(body: Body) -> None:
    office = a_seat(body, an_organisation(body.network), theme="equal_opportunities")
    with pytest.raises(errors.FillsItself):
        a_delegate(office, a_person())
    a_delegate(office, a_person(), kind="substitute")
    with pytest.raises(errors.SitsInPerson):
        a_delegate(a_seat(body, person=a_person()), a_person(), kind="substitute")
