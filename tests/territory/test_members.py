"""Who belongs to an area, from which day; and that nobody belongs to two where that cannot be."""

from datetime import date

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS, OPERATOR
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import AnnouncedFact
from tavolo.territory.actions import (
    copy_members,
    correct_members,
    create_area,
    end_area,
    place_network,
    set_members,
    undo_change,
)
from tavolo.territory.errors import (
    AlreadyUndone,
    AreaChangedMeanwhile,
    ChangedAfterwards,
    EndsBeforeItBegins,
    InTwoAreas,
    NothingToCopy,
    NotInTerritory,
    NotThereThen,
    TwiceInTheArea,
)
from tavolo.territory.models import AreaMembership, Municipality, Succession
from tavolo.territory.queries.editing import carried, composition_of
from tavolo.territory.stays import Stay, Told
from tests.factories.districts import a_district, a_unit, members_on, periods
from tests.factories.people import a_network, a_person, secretary_of
from tests.factories.territory import a_municipality, a_province

pytestmark = pytest.mark.django_db

DAY, LATER, LAST = date(2016, 1, 1), date(2020, 1, 1), date(2024, 1, 1)


@pytest.fixture
def towns() -> list[Municipality]:
    province = a_province()
    return [a_municipality(name, province=province) for name in ("Altopascio", "Barga", "Camaiore")]


def facts() -> list[str]:
    rows = AnnouncedFact.objects.order_by("id").values_list("key", flat=True)
    return [key.removeprefix("territory.") for key in rows if "Area" in key]


def test_what_leaves_ends_on_the_day_and_what_comes_begins(towns) -> None:
    first, second, third = towns
    area = a_district("Piana", first, second, since=DAY)

    change = set_members(
        area=area, day=LATER, municipalities=[second, third], told=Told("delibera"), by=OPERATOR
    )

    assert periods(area) == [
        ("Altopascio", "", "2016-01-01", "2020-01-01"),
        ("Barga", "", "2016-01-01", ""),
        ("Camaiore", "", "2020-01-01", ""),
    ]
    assert list(
        AreaMembership.objects.order_by("id").filter(area=area).values_list("source", flat=True)
    ) == ["prova", "prova", "delibera"]
    assert (change.kind, change.day, change.area) == ("set", LATER, area)
    assert Entry.objects.filter(action="territory.area_members_set").count() == 2
    assert facts() == ["AreaCreated", "AreaMembersChanged", "AreaMembersChanged"]


def test_a_change_of_earlier_times_leaves_what_is_known_of_later_ones(towns) -> None:
    first, second, third = towns
    area = a_district("Piana", first, since=DAY)
    set_members(area=area, day=LAST, municipalities=[second], by=OPERATOR)
    set_members(area=area, day=LATER, municipalities=[first, third], by=OPERATOR)
    assert [members_on(area, day) for day in (DAY, LATER, LAST)] == [
        ["Altopascio"],
        ["Altopascio", "Camaiore"],
        ["Barga"],
    ]


def test_without_a_day_it_has_always_been_so(towns) -> None:
    area = a_district("Piana", towns[0])
    assert periods(area) == [("Altopascio", "", "", "")]


def test_nothing_changes_where_nothing_differs(towns) -> None:
    area = a_district("Piana", towns[0], since=DAY)
    assert set_members(area=area, day=LATER, municipalities=[towns[0]], by=OPERATOR) is None
    assert area.changes.count() == 1


def test_a_municipality_lies_in_one_area_of_a_kind_that_partitions(towns) -> None:
    first, second, _third = towns
    a_district("Piana", first, since=DAY)
    valley = a_district("Valle", second, since=DAY)

    with pytest.raises(InTwoAreas) as refused:
        set_members(area=valley, day=LATER, municipalities=[first, second], by=OPERATOR)

    assert str(refused.value).startswith("Altopascio è già in «Piana» in data 1° gennaio 2020.")
    assert periods(valley) == [("Barga", "", "2016-01-01", "")]
    # Another kind, or one that does not partition, is another matter.
    a_district("Scuole", first, kind="education_area", since=DAY)
    for _each in range(2):
        a_district("", first, kind="project_area", since=DAY)


def test_who_has_always_been_elsewhere_is_said_so(towns) -> None:
    a_district("Piana", towns[0])
    with pytest.raises(InTwoAreas) as refused:
        a_district("Valle", towns[0])
    assert str(refused.value).startswith("Altopascio è da sempre in «Piana».")


def test_the_time_after_it_left_is_free_again(towns) -> None:
    area = a_district("Piana", towns[0], since=DAY)
    end_area(area=area, day=LATER, by=OPERATOR)
    a_district("Valle", towns[0], since=LATER)
    with pytest.raises(InTwoAreas):
        a_district("Altra", towns[0], since=date(2019, 12, 31))


def test_municipalities_are_taken_over_from_the_other_area(towns) -> None:
    first, second, third = towns
    plain = a_district("Piana", first, second, since=DAY)
    valley = a_district("Valle", third, since=DAY)

    change = set_members(
        area=valley, day=LATER, municipalities=[first, third], take_over=True, by=OPERATOR
    )

    assert periods(plain) == [
        ("Altopascio", "", "2016-01-01", "2020-01-01"),
        ("Barga", "", "2016-01-01", ""),
    ]
    assert members_on(valley, LATER) == ["Altopascio", "Camaiore"]
    undo_change(change=change, by=OPERATOR)
    assert members_on(plain, LATER) == ["Altopascio", "Barga"]
    assert members_on(valley, LATER) == ["Camaiore"]


def test_the_whole_and_its_parts_are_one(towns) -> None:
    milan = towns[0]
    north, south = a_unit(milan, "Municipio 1"), a_unit(milan, "Municipio 2")
    one = a_district("Uno", units=[north], since=DAY)
    a_district("Due", units=[south], since=DAY)

    with pytest.raises(InTwoAreas) as refused:
        a_district("Tre", milan, since=LATER)
    assert "«Uno»" in str(refused.value)
    with pytest.raises(InTwoAreas) as refused:
        a_district("Quattro", units=[north], since=LATER)
    assert str(refused.value).startswith("Municipio 1 (Altopascio) è già in «Uno»")
    with pytest.raises(TwiceInTheArea):
        set_members(area=one, day=LATER, municipalities=[milan], units=[north], by=OPERATOR)

    whole = create_area(kind=one.kind, name="Intera", by=OPERATOR)
    set_members(area=whole, day=LATER, municipalities=[milan], take_over=True, by=OPERATOR)
    assert periods(one) == [("Altopascio", "Municipio 1", "2016-01-01", "2020-01-01")]


def test_who_is_not_there_on_the_day_does_not_come(towns) -> None:
    first, second, _third = towns
    Municipality.objects.filter(pk=first.pk).update(valid_from=LATER)
    area = create_area(kind="education_area", name="Scuole", by=OPERATOR)

    with pytest.raises(NotThereThen) as refused:
        set_members(area=area, day=DAY, municipalities=[first, second], by=OPERATOR)
    assert "Altopascio" in str(refused.value)
    assert "Barga" not in str(refused.value)
    unit = a_unit(second, valid_until=LATER)
    with pytest.raises(NotThereThen):
        set_members(area=area, day=LATER, municipalities=[], units=[unit], by=OPERATOR)


def test_a_membership_lasts_no_longer_than_a_life(towns) -> None:
    first, second, _third = towns
    Municipality.objects.filter(pk=first.pk).update(valid_until=LATER)
    Municipality.objects.filter(pk=second.pk).update(valid_from=LATER)
    assert periods(a_district("Piana", first, since=DAY)) == [
        ("Altopascio", "", "2016-01-01", "2020-01-01")
    ]
    assert periods(a_district("Valle", second)) == [("Barga", "", "2020-01-01", "")]


def test_two_who_looked_at_the_same_are_told_so(towns) -> None:
    area = a_district("Piana", towns[0], since=DAY)
    seen = composition_of(area).mark
    change = {"area": area, "day": LATER, "expected": seen, "by": OPERATOR}
    set_members(municipalities=towns[:2], **change)
    with pytest.raises(AreaChangedMeanwhile):
        set_members(municipalities=towns[2:], **change)
    with pytest.raises(AreaChangedMeanwhile):
        end_area(**change)
    assert members_on(area, LATER) == ["Altopascio", "Barga"]


def test_a_secretariat_moves_what_lies_in_its_territory_on_that_day(towns) -> None:
    first, second, third = towns
    network = a_network()
    for town, ends in ((first, None), (second, LATER)):
        place_network(network=network, municipality=town, valid_until=ends, by=OPERATOR)
    by = secretary_of(network, a_person())
    area = a_district("Piana", third, since=DAY)
    mine = {"area": area, "network": network, "by": by}

    change = set_members(day=DAY, municipalities=[first, second, third], **mine)

    assert (change.network, change.by) == (network, by.person)
    for municipalities in ([first, second], [first, third]):
        with pytest.raises(NotInTerritory):
            set_members(day=LATER, municipalities=municipalities, **mine)
    with pytest.raises(NotInTerritory) as refused:
        end_area(day=LATER, **mine)
    assert "Barga, Camaiore" in str(refused.value)
    assert members_on(area, LATER) == ["Altopascio", "Barga", "Camaiore"]


@pytest.mark.parametrize("kind", ["province", "health_social_district"])
def test_nobody_else_changes_members(towns, kind: str) -> None:
    network = a_network()
    area = a_district("Piana", towns[0], kind="health_social_district", since=DAY)
    if kind == "province":
        area = towns[0].province
    change = area.changes.first()
    stays = composition_of(area).stays
    actors = [ANONYMOUS, secretary_of(a_network("monte", "Rete del monte"))]
    if kind == "province":
        actors.append(secretary_of(network))
    for by in actors:
        same = {"area": area, "network": network, "by": by}
        with pytest.raises(NotAllowed):
            set_members(day=LATER, municipalities=towns, **same)
        with pytest.raises(NotAllowed):
            copy_members(source=area, on=LATER, day=LAST, **same)
        with pytest.raises(NotAllowed):
            correct_members(stays=stays, **same)
        with pytest.raises(NotAllowed):
            end_area(day=LATER, **same)
        if change:
            with pytest.raises(NotAllowed):
                undo_change(change=change, network=network, by=by)


def test_what_was_wrong_is_put_right(towns) -> None:
    first, second, _third = towns
    area = a_district("Piana", first, since=DAY)

    correct_members(
        area=area,
        stays=[Stay(area.pk, first.pk, None, LATER), Stay(area.pk, second.pk, None, DAY, LAST)],
        by=OPERATOR,
    )

    assert periods(area) == [
        ("Altopascio", "", "2020-01-01", ""),
        ("Barga", "", "2016-01-01", "2024-01-01"),
    ]
    assert Entry.objects.filter(action="territory.area_members_corrected").count() == 1
    assert facts()[-1] == "AreaMembersCorrected"


def test_nothing_impossible_is_put_right(towns) -> None:
    first, second, _third = towns
    area = a_district("Piana", first, since=DAY)
    a_district("Valle", second, since=DAY)
    Municipality.objects.filter(pk=second.pk).update(valid_from=DAY)
    stay = Stay(area.pk, first.pk, None, DAY)
    for stays, refusal in (
        ([Stay(area.pk, first.pk, None, LATER, LATER)], EndsBeforeItBegins),
        ([Stay(area.pk, first.pk, None, LATER, DAY)], EndsBeforeItBegins),
        ([stay, Stay(area.pk, first.pk, None, LATER)], TwiceInTheArea),
        ([stay, stay], TwiceInTheArea),
        ([stay, Stay(area.pk, second.pk)], NotThereThen),
        ([stay, Stay(area.pk, 0)], NotThereThen),
        ([stay, Stay(area.pk, second.pk, None, LATER)], InTwoAreas),
    ):
        with pytest.raises(refusal):
            correct_members(area=area, stays=stays, by=OPERATOR)
    assert periods(area) == [("Altopascio", "", "2016-01-01", "")]


def test_a_secretariat_puts_right_what_is_its_territory_or_was(towns) -> None:
    first, second, _third = towns
    network = a_network()
    place_network(network=network, municipality=first, valid_until=DAY, by=OPERATOR)
    area = a_district("Piana", first, second, since=DAY)
    same = {"area": area, "network": network, "by": secretary_of(network)}
    _first, kept = composition_of(area).stays
    correct_members(stays=[kept], **same)
    assert members_on(area, DAY) == ["Barga"]
    with pytest.raises(NotInTerritory):
        correct_members(stays=[], **same)


def test_an_area_ends_and_nothing_comes_later(towns) -> None:
    first, second, _third = towns
    area = a_district("Piana", first, since=DAY)
    set_members(area=area, day=LAST, municipalities=[first, second], by=OPERATOR)
    change = end_area(area=area, day=LATER, by=OPERATOR)
    assert periods(area) == [("Altopascio", "", "2016-01-01", "2020-01-01")]
    assert facts()[-1] == "AreaEnded"
    assert end_area(area=area, day=LAST, by=OPERATOR) is None
    undo_change(change=change, by=OPERATOR)
    assert members_on(area, LAST) == ["Altopascio", "Barga"]


def test_last_years_members_are_copied(towns) -> None:
    first, second, third = towns
    area = a_district("Progetto 2019", first, second, kind="project_area", since=DAY)
    end_area(area=area, day=LATER, by=OPERATOR)
    new = create_area(kind="project_area", name="Progetto 2020", by=OPERATOR)
    day_of_last_year = date(2019, 11, 22)

    copy_members(source=area, on=day_of_last_year, area=new, day=LATER, by=OPERATOR)

    assert members_on(new, LATER) == ["Altopascio", "Barga"]
    assert set(new.memberships.values_list("source", flat=True)) == {"prova"}
    change = copy_members(source=area, on=day_of_last_year, area=area, day=LAST, by=OPERATOR)
    assert change.kind == "copied"
    assert members_on(area, LAST) == ["Altopascio", "Barga"]
    with pytest.raises(NothingToCopy):
        copy_members(source=area, on=LATER, area=new, day=LAST, by=OPERATOR)
    assert third.name not in members_on(new, LAST)


@pytest.fixture
def merged(towns) -> Municipality:
    """The first and the second go into a new one, which goes into another in its turn."""
    first, second, third = towns
    middle = a_municipality("Mezzo", province=first.province)
    for town in (first, second):
        Municipality.objects.filter(pk=town.pk).update(valid_until=LATER)
        Succession.objects.create(predecessor=town, successor=middle, day=LATER, kind="merger")
    Municipality.objects.filter(pk=middle.pk).update(valid_from=LATER, valid_until=LAST)
    Municipality.objects.filter(pk=third.pk).update(valid_from=LAST)
    Succession.objects.create(predecessor=middle, successor=third, day=LAST, kind="merger")
    Succession.objects.create(predecessor=middle, successor=first, day=LAST, kind="part")
    return middle


def test_successors_stand_for_who_is_no_more(towns, merged) -> None:
    first, second, third = (town.pk for town in towns)
    every = [first, second, merged.pk, third]
    assert carried(every, DAY) == {
        first: [first],
        second: [second],
        merged.pk: [first, second],
        third: [first, second],
    }
    assert carried(every, LATER) == {key: [merged.pk] for key in every}
    assert carried(every, LAST) == {key: [third] for key in every}
    assert carried([], LAST) == {}
    assert carried([0], LAST) == {0: []}


def test_the_members_of_last_year_are_followed_by_their_successors(towns, merged) -> None:
    first, second, _third = towns
    unit = a_unit(merged, valid_from=LATER)
    area = a_district("Piana", first, second, since=DAY)
    copy_members(source=area, on=DAY, area=area, day=LATER, by=OPERATOR)
    assert periods(area) == [
        ("Altopascio", "", "2016-01-01", "2020-01-01"),
        ("Barga", "", "2016-01-01", "2020-01-01"),
        ("Mezzo", "", "2020-01-01", "2024-01-01"),
    ]
    parts = a_district("Parti", units=[unit], kind="education_area", since=LATER)
    with pytest.raises(NotThereThen):
        copy_members(source=parts, on=LATER, area=parts, day=LAST, by=OPERATOR)


def test_what_was_put_to_another_and_founded_again_leads_nowhere_round(towns) -> None:
    first, second, _third = towns
    for one, other in ((first, second), (second, first)):
        Municipality.objects.filter(pk=one.pk).update(valid_until=DAY)
        Succession.objects.create(predecessor=one, successor=other, day=DAY, kind="incorporation")
    assert carried([first.pk, second.pk], LATER) == {first.pk: [], second.pk: []}


def test_undoing_brings_back_what_was(towns) -> None:
    first, second, third = towns
    area = a_district("Piana", first, second, since=DAY)
    before = composition_of(area)
    change = set_members(area=area, day=DAY, municipalities=[third], by=OPERATOR)
    assert periods(area) == [("Camaiore", "", "2016-01-01", "")]

    undo_change(change=change, by=OPERATOR)

    assert composition_of(area) == before
    change.refresh_from_db()
    assert change.undone_at is not None
    assert facts()[-1] == "AreaChangeUndone"
    assert Entry.objects.filter(action="territory.area_change_undone").count() == 1
    with pytest.raises(AlreadyUndone):
        undo_change(change=change, by=OPERATOR)


def test_what_was_changed_again_is_not_undone(towns) -> None:
    first, second, third = towns
    area = a_district("Piana", first, second, since=DAY)
    change = set_members(area=area, day=LATER, municipalities=[first], by=OPERATOR)
    again = set_members(area=area, day=LAST, municipalities=[first, second], by=OPERATOR)
    with pytest.raises(ChangedAfterwards):
        undo_change(change=area.changes.order_by("id")[0], by=OPERATOR)
    undo_change(change=again, by=OPERATOR)
    a_district("Valle", second, third, since=LATER)
    with pytest.raises(InTwoAreas):
        undo_change(change=change, by=OPERATOR)
    assert members_on(area, LATER) == ["Altopascio"]


def test_a_secretariat_undoes_what_it_may_move(towns) -> None:
    first, second, _third = towns
    network = a_network()
    place_network(network=network, municipality=first, by=OPERATOR)
    area = a_district("Piana", first, since=DAY)
    same = {"network": network, "by": secretary_of(network)}
    undo_change(change=area.changes.get(), **same)
    assert periods(area) == []
    wider = set_members(area=area, day=DAY, municipalities=[first, second], by=OPERATOR)
    with pytest.raises(NotInTerritory):
        undo_change(change=wider, **same)
