"""Facts: entered, changed from a day, corrected, ended, withdrawn; what is refused; what is told."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from tavolo.journal.models import Entry, EntryValue
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.dates import PartialDate
from tavolo.kernel.errors import NotAllowed, Refusal
from tavolo.kernel.models import AnnouncedFact
from tavolo.people.models import Person
from tavolo.registry import errors
from tavolo.registry.actions import (
    add_unit,
    change_fact,
    correct_fact,
    end_fact,
    enter_fact,
    merge_organisations,
    withdraw_fact,
)
from tavolo.registry.actions.facts import changed
from tavolo.registry.models import (
    Contact,
    Identifier,
    OfficeHolding,
    Organisation,
    OrganisationFact,
    OrganisationName,
    OrganisationSuccession,
    Seat,
    ServedTerritory,
    Standing,
)
from tavolo.registry.queries import names_of, organisation_as_of
from tavolo.search.models import SearchChange
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, an_organisation
from tests.factories.territory import a_municipality
from tests.registry.conftest import Valley

TODAY = clock.today()
TAX_CODE, OTHER_TAX_CODE = "80012000826", "97103880585"
LONG_AGO = PartialDate(2000, 1, 1)


@pytest.fixture
def tenda(valley: Valley) -> Organisation:
    """Nothing is known of it but its name in use and its kind."""
    return an_organisation(valley.network, "La Tenda")


@pytest.fixture
def official(tenda: Organisation) -> Callable[..., OrganisationName]:
    """Enters an official name of it."""

    def enter(name: str, began: PartialDate | None = None, **values: Any) -> OrganisationName:
        fact = OrganisationName(
            organisation=tenda, kind="official", name=name, began=began, **values
        )
        return enter_fact(fact=fact, by=OPERATOR)

    return enter


def official_on(organisation: Organisation, *days: date, **values: Any) -> list[str]:
    return [
        organisation_as_of(organisation, on=day, actor=OPERATOR, **values).official_name
        for day in days
    ]


# Entering


def test_a_fact_is_entered_with_the_days_that_its_dates_can_mean(
    valley: Valley, tenda: Organisation
) -> None:
    before = clock.now()
    fact = enter_fact(
        fact=OrganisationName(
            organisation=tenda,
            kind="official",
            name="  Tenda   ODV ",
            began=PartialDate(2006, bound="since"),
            ended=PartialDate(2007, 3),
            source="statuto",
        ),
        by=valley.secretary,
    )
    fact.refresh_from_db()
    assert (fact.name, fact.search_key, fact.source) == ("Tenda ODV", "tenda odv", "statuto")
    assert (fact.valid_from, fact.valid_until) == (date(2006, 1, 1), date(2007, 4, 1))
    assert (str(fact.began), str(fact.ended)) == ("2006/..", "2007-03")
    assert fact.superseded_at is None
    assert before <= fact.recorded_at <= clock.now()


def test_an_act_on_a_fact_is_journalled_announced_and_noted_for_the_index(
    valley: Valley, tenda: Organisation
) -> None:
    SearchChange.objects.all().delete()
    fact = enter_fact(
        fact=Contact(organisation=tenda, channel="phone", value="0583 123"), by=valley.secretary
    )
    entry = Entry.objects.order_by("id").last()
    assert entry is not None
    assert (entry.action, entry.subject_kind, entry.subject_uid, entry.network) == (
        "registry.fact_entered",
        "registry.contact",
        fact.uid,
        valley.network,
    )
    assert '"value":"0583 123"' in EntryValue.objects.get(entry=entry).text
    announced = AnnouncedFact.objects.order_by("id").last()
    assert announced is not None
    assert (announced.key, announced.payload) == (
        "registry.OrganisationEdited",
        {"organisation": str(tenda.uid)},
    )
    assert list(SearchChange.objects.values_list("kind", "uid")) == [
        ("registry.organisation", tenda.uid)
    ]


def test_the_columns_say_what_the_facts_say_today(valley: Valley, tenda: Organisation) -> None:
    lucca = a_municipality("Lucca")
    version = tenda.version
    for fact in (
        Seat(organisation=tenda, kind="operating", municipality=lucca),
        Contact(organisation=tenda, channel="email", value="info@tenda.example"),
        Contact(organisation=tenda, channel="email", value="segreta@tenda.example", public=False),
        Contact(organisation=tenda, channel="certified_email", value="tenda@pec.example"),
        Identifier(organisation=tenda, scheme="tax_code", value=f"IT {TAX_CODE}"),
    ):
        enter_fact(fact=fact, by=valley.secretary)
    now = Organisation.objects.get(pk=tenda.pk)
    assert (now.municipality, now.public_email, now.tax_code) == (
        lucca,
        "info@tenda.example",
        TAX_CODE,
    )
    assert (tenda.public_email, tenda.version) == (now.public_email, now.version)
    assert now.version == version + 3


def test_only_the_stewards_secretariat_writes_facts(
    valley: Valley, tenda: Organisation, stranger: Actor
) -> None:
    other = a_founded_network("altra", "Altra")
    foreign = an_organisation(other, "Di altri")
    fact = OrganisationName.objects.get(organisation=tenda)
    acts: list[Callable[[Actor], object]] = [
        lambda by: enter_fact(fact=Standing(organisation=tenda, kind="school"), by=by),
        lambda by: change_fact(fact=fact, since=PartialDate(2020), values={"name": "X"}, by=by),
        lambda by: correct_fact(fact=fact, values={"name": "X"}, by=by),
        lambda by: end_fact(fact=fact, last=PartialDate(2020), by=by),
        lambda by: withdraw_fact(fact=fact, reason="mai", by=by),
    ]
    for act in acts:
        for by in (ANONYMOUS, stranger):
            with pytest.raises(NotAllowed):
                act(by)
    with pytest.raises(NotAllowed):
        enter_fact(
            fact=Contact(organisation=foreign, channel="phone", value="0583"), by=valley.secretary
        )
    assert OrganisationName.objects.filter(organisation=tenda).count() == 1


def test_a_fact_of_a_person_asks_who_may_name_people(
    valley: Valley, tenda: Organisation, stranger: Actor
) -> None:
    person: Person = a_person("Ada", "Neri")

    def office() -> OfficeHolding:
        return OfficeHolding(organisation=tenda, person=person, title="president", form="feminine")

    with pytest.raises(NotAllowed):
        enter_fact(fact=office(), by=stranger)
    fact = enter_fact(fact=office(), by=valley.secretary)
    assert OfficeHolding.objects.known().get() == fact


# Changing


def test_a_change_ends_the_old_the_day_before(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    old = official("Vecchia", LONG_AGO, source="atto")
    new = change_fact(
        fact=old, since=PartialDate(2016, 5, 10), values={"name": "Nuova"}, by=OPERATOR
    )
    assert official_on(tenda, date(1999, 12, 31), date(2016, 5, 9), date(2016, 5, 10), TODAY) == [
        "",
        "Vecchia",
        "Nuova",
        "Nuova",
    ]
    held = OrganisationName.objects.known().get(uid=old.uid)
    assert (str(held.ended), held.began, new.source) == ("2016-05-09", LONG_AGO, "atto")
    assert new.uid != old.uid
    assert held.recorded_at == new.recorded_at == old.superseded_at


def test_a_change_in_a_year_makes_up_no_day(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    old = official("Vecchia", LONG_AGO)
    change_fact(
        fact=old, since=PartialDate(2016, bound="since"), values={"name": "Nuova"}, by=OPERATOR
    )
    held = OrganisationName.objects.known().get(uid=old.uid)
    assert (str(held.ended), held.valid_until) == ("2016", date(2017, 1, 1))
    days = (date(2015, 12, 31), date(2016, 1, 1), date(2016, 12, 31), date(2017, 1, 1))
    assert official_on(tenda, *days) == ["Vecchia", "Nuova", "Nuova", "Nuova"]


def test_a_change_within_an_ended_fact_hands_its_end_on(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    old = official("Vecchia", LONG_AGO, ended=PartialDate(2010))
    change_fact(fact=old, since=PartialDate(2005, 1, 1), values={"name": "Nuova"}, by=OPERATOR)
    days = (date(2004, 12, 31), date(2005, 1, 1), date(2010, 12, 31), date(2011, 1, 1))
    assert official_on(tenda, *days) == ["Vecchia", "Nuova", "Nuova", ""]


@pytest.mark.parametrize(
    ("since", "refusal"),
    [
        ("2000-01-01", errors.EndsBeforeItBegan),
        ("1999", errors.EndsBeforeItBegan),
        ("0001-01-01", errors.EndsBeforeItBegan),
        ("2011-01-01", errors.AlreadyEnded),
        ("XXXX-03-09", errors.BeginningNotKnown),
        ("../2005", errors.BeginningNotKnown),
    ],
)
def test_a_change_that_cannot_be_is_refused(
    official: Callable[..., OrganisationName], since: str, refusal: type[Refusal]
) -> None:
    old = official("Vecchia", LONG_AGO, ended=PartialDate(2010))
    with pytest.raises(refusal):
        change_fact(fact=old, since=PartialDate.parse(since), values={"name": "N"}, by=OPERATOR)
    assert OrganisationName.objects.known().get(uid=old.uid) == old


def test_a_change_of_nothing_writes_nothing(
    official: Callable[..., OrganisationName],
) -> None:
    fact = official("Vecchia", LONG_AGO)
    rows, entries = OrganisationName.objects.count(), Entry.objects.count()
    assert (
        change_fact(fact=fact, since=PartialDate(2016), values={"name": "Vecchia"}, by=OPERATOR)
        == fact
    )
    assert correct_fact(fact=fact, values={"name": "Vecchia"}, by=OPERATOR) == fact
    assert (OrganisationName.objects.count(), Entry.objects.count()) == (rows, entries)


def test_what_is_no_value_of_a_fact_is_a_mistake_of_the_program(
    official: Callable[..., OrganisationName],
) -> None:
    fact = official("Vecchia")
    with pytest.raises(TypeError, match="valid_from"):
        correct_fact(fact=fact, values={"valid_from": TODAY}, by=OPERATOR)


# Correcting, ending, withdrawing


def test_a_correction_and_a_change_answer_differently_to_as_it_was_known(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    day = date(2020, 1, 1)
    first = official("Tende ODV", LONG_AGO)
    entered_at = clock.now()
    right = correct_fact(fact=first, values={"name": "Tenda ODV"}, by=OPERATOR)
    corrected_at = clock.now()
    change_fact(fact=right, since=PartialDate.of(day), values={"name": "Tenda ETS"}, by=OPERATOR)
    # A correction was always so, from the moment it is known; a change leaves the past alone.
    assert official_on(tenda, date(2010, 1, 1), day, known_at=entered_at) == ["Tende ODV"] * 2
    assert official_on(tenda, date(2010, 1, 1), day, known_at=corrected_at) == ["Tenda ODV"] * 2
    assert official_on(tenda, date(2010, 1, 1), day) == ["Tenda ODV", "Tenda ETS"]
    assert right.uid == first.uid


def test_nothing_was_known_before_it_was_recorded(tenda: Organisation) -> None:
    earlier = clock.now() - timedelta(days=365)
    found = organisation_as_of(tenda, on=TODAY, known_at=earlier, actor=OPERATOR)
    assert (found.seats, found.other_names, found.official_name) == ([], [], "")


def test_a_correction_may_move_the_dates(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    fact = official("Tenda", LONG_AGO)
    correct_fact(
        fact=fact, values={"began": PartialDate(2002), "ended": PartialDate(2003)}, by=OPERATOR
    )
    days = (date(2001, 12, 31), date(2002, 1, 1), date(2003, 12, 31), date(2004, 1, 1))
    assert official_on(tenda, *days) == ["", "Tenda", "Tenda", ""]


def test_who_corrects_second_is_told(official: Callable[..., OrganisationName]) -> None:
    fact = official("Tenda")
    read_before = OrganisationName.objects.get(pk=fact.pk)
    correct_fact(fact=fact, values={"name": "Tenda ODV"}, by=OPERATOR)
    for act in (
        lambda: correct_fact(fact=read_before, values={"name": "Tenda APS"}, by=OPERATOR),
        lambda: withdraw_fact(fact=read_before, reason="mai", by=OPERATOR),
        lambda: changed(read_before, PartialDate(2016), {"name": "Altra"}),
    ):
        with pytest.raises(errors.AlreadySuperseded):
            act()


def test_a_fact_ends_with_the_last_day_that_the_date_can_mean(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    row = end_fact(fact=official("Tenda"), last=PartialDate(2012, 2), by=OPERATOR, source="atto")
    assert (row.valid_until, str(row.ended), row.source) == (date(2012, 3, 1), "2012-02", "atto")
    assert official_on(tenda, date(2012, 2, 29), date(2012, 3, 1)) == ["Tenda", ""]
    with pytest.raises(errors.AlreadyEnded):
        end_fact(fact=row, last=PartialDate(2011), by=OPERATOR)


def test_an_end_needs_a_day_after_the_beginning(
    official: Callable[..., OrganisationName],
) -> None:
    fact = official("Tenda", LONG_AGO)
    with pytest.raises(errors.EndNotKnown):
        end_fact(fact=fact, last=PartialDate(2012, bound="since"), by=OPERATOR)
    with pytest.raises(errors.EndsBeforeItBegan):
        end_fact(fact=fact, last=PartialDate(1999), by=OPERATOR)


def test_what_was_withdrawn_was_known_until_then(
    tenda: Organisation, official: Callable[..., OrganisationName]
) -> None:
    fact = official("Tenda")
    before = clock.now()
    with pytest.raises(errors.ReasonMissing):
        withdraw_fact(fact=fact, reason=" ", by=OPERATOR)
    withdraw_fact(fact=fact, reason="era di altri", by=OPERATOR)
    assert official_on(tenda, TODAY) == [""]
    assert official_on(tenda, TODAY, known_at=before) == ["Tenda"]
    entry = Entry.objects.order_by("id").last()
    assert entry is not None
    assert "era di altri" in EntryValue.objects.get(entry=entry).text


def test_the_end_of_all_names_leaves_the_last_one_in_the_register(tenda: Organisation) -> None:
    name = OrganisationName.objects.get(organisation=tenda)
    end_fact(fact=name, last=PartialDate(2020), by=OPERATOR)
    found = organisation_as_of(tenda, on=TODAY, actor=OPERATOR)
    assert (found.exists, found.name) == (False, "La Tenda")
    assert organisation_as_of(tenda, on=date(2019, 1, 1), actor=OPERATOR).exists
    tenda.refresh_from_db()
    assert tenda.name == "La Tenda"


def test_of_whoever_was_merged_nothing_new_is_entered(valley: Valley, tenda: Organisation) -> None:
    other = an_organisation(valley.network, "La Tenda bis")
    merge_organisations(organisation=other, into=tenda, reason="la stessa", by=OPERATOR)
    name = OrganisationName.objects.get(organisation=other)
    with pytest.raises(errors.OrganisationMerged):
        enter_fact(fact=Contact(organisation=other, channel="phone", value="0583"), by=OPERATOR)
    with pytest.raises(errors.OrganisationMerged):
        change_fact(fact=name, since=PartialDate(2016), values={"name": "X"}, by=OPERATOR)
    # What stood wrong can still be put right.
    correct_fact(fact=name, values={"name": "La Tenda (doppione)"}, by=OPERATOR)
    assert [row.name for row in names_of(other)] == ["La Tenda (doppione)"]


# What is refused, model by model


def test_one_official_name_at_a_time(official: Callable[..., OrganisationName]) -> None:
    official("Prima", LONG_AGO, ended=PartialDate(2010, 6, 30))
    with pytest.raises(errors.AnotherNameHolds):
        official("Seconda", PartialDate(2010, 6, 30))
    official("Seconda", PartialDate(2010, 7, 1))
    with pytest.raises(errors.AnotherNameHolds):
        official("Terza")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ((None, "2010"), (None, None)),  # a former name, and one of which nobody knows since when
        ((None, None), ("2016", "2016")),  # the one without beginning may have come after
        (("2000", "2016"), ("2016", None)),
        (("2000", "2016-01"), ("2016-01", None)),
        (("2016", None), (None, "2016")),
        (("2000", "../2016"), ("2010", None)),
        (("2000", "2010"), ("2005", None)),  # refused below: 2005 to 2010 are both
    ],
)
def test_dates_known_in_part_may_follow_each_other(
    official: Callable[..., OrganisationName],
    first: tuple[str | None, str | None],
    second: tuple[str | None, str | None],
) -> None:
    def partial(text: str | None) -> PartialDate | None:
        return PartialDate.parse(text) if text else None

    official("Prima", partial(first[0]), ended=partial(first[1]))
    if first == ("2000", "2010"):
        with pytest.raises(errors.AnotherNameHolds):
            official("Seconda", partial(second[0]), ended=partial(second[1]))
    else:
        official("Seconda", partial(second[0]), ended=partial(second[1]))


def test_short_names_may_be_several(valley: Valley, tenda: Organisation) -> None:
    for name in ("AT", "Tenda"):
        enter_fact(fact=OrganisationName(organisation=tenda, kind="short", name=name), by=OPERATOR)
    with pytest.raises(errors.AlreadyThere):
        enter_fact(fact=OrganisationName(organisation=tenda, kind="short", name="at"), by=OPERATOR)


def test_an_organisation_is_one_thing_at_a_time(tenda: Organisation) -> None:
    with pytest.raises(errors.AnotherStandingHolds):
        enter_fact(fact=Standing(organisation=tenda, kind="foundation"), by=OPERATOR)
    standing = Standing.objects.get(organisation=tenda)
    change_fact(
        fact=standing,
        since=PartialDate(2016),
        values={"kind": "foundation", "legal_form": "foundation", "is_administration": False},
        by=OPERATOR,
    )
    found = organisation_as_of(tenda, on=TODAY, actor=OPERATOR)
    assert (found.kind, found.legal_form, found.is_administration) == (
        "foundation",
        "foundation",
        False,
    )


def wrong(tenda: Organisation) -> dict[str, tuple[OrganisationFact, type[Refusal]]]:
    other = an_organisation(tenda.steward, "Altra")
    unit = add_unit(organisation=other, name="Sportello", kind="service", by=OPERATOR)
    return {
        "no name": (OrganisationName(kind="official", name=" – "), errors.NameMissing),
        "no such kind of name": (OrganisationName(kind="nick", name="A"), errors.UnknownWord),
        "no such kind": (Standing(kind="circus"), errors.UnknownKind),
        "no such form": (Standing(kind="school", legal_form="guild"), errors.UnknownWord),
        "no place": (Seat(kind="operating"), errors.PlaceMissing),
        "postal code": (
            Seat(kind="operating", address="via Roma 1", postal_code="5510"),
            errors.PostalCodeWrong,
        ),
        "tax code": (Identifier(scheme="tax_code", value="80012000827"), errors.TaxCodeWrong),
        "vat": (Identifier(scheme="vat", value="80012000827"), errors.IdentifierWrong),
        "vat of a person": (
            Identifier(scheme="vat", value="RSSMRA85T10A562S"),
            errors.IdentifierWrong,
        ),
        "ipa": (Identifier(scheme="ipa", value="c e-"), errors.IdentifierWrong),
        "runts": (Identifier(scheme="runts", value="iscritta"), errors.IdentifierWrong),
        "e-mail": (Contact(channel="email", value="tenda"), errors.ContactWrong),
        "certified e-mail": (Contact(channel="certified_email", value="x"), errors.ContactWrong),
        "website": (Contact(channel="website", value="javascript:alert(1)"), errors.ContactWrong),
        "telephone": (Contact(channel="phone", value="chiamare Ada"), errors.ContactWrong),
        "no digits": (Contact(channel="phone", value="+"), errors.ContactWrong),
        "unit": (
            Contact(channel="phone", value="0583", unit=unit),
            errors.UnitOfAnother,
        ),
        "served nowhere": (ServedTerritory(), errors.PlaceMissing),
        "successor": (
            OrganisationSuccession(successor=tenda, manner="merger"),
            errors.SuccessorIsItself,
        ),
        "manner": (
            OrganisationSuccession(successor=other, manner="magic"),
            errors.UnknownWord,
        ),
    }


def test_what_cannot_stand_is_refused_by_name(tenda: Organisation) -> None:
    for fact, refusal in wrong(tenda).values():
        fact.organisation = tenda
        with pytest.raises(refusal):
            enter_fact(fact=fact, by=OPERATOR)
        assert fact.pk is None


def test_a_municipality_has_to_be_there_on_that_day(tenda: Organisation) -> None:
    gone = a_municipality("Lasta")
    gone.valid_from, gone.valid_until = date(1990, 1, 1), date(2014, 1, 1)
    gone.save()
    for model, values in ((Seat, {"kind": "operating"}), (ServedTerritory, {})):
        with pytest.raises(errors.MunicipalityNotThen):
            enter_fact(fact=model(organisation=tenda, municipality=gone, **values), by=OPERATOR)
        enter_fact(
            fact=model(organisation=tenda, municipality=gone, began=PartialDate(2010), **values),
            by=OPERATOR,
        )
        enter_fact(
            fact=model(
                organisation=tenda,
                municipality=gone,
                ended=PartialDate(2005),
                **values,
            ),
            by=OPERATOR,
        )


def test_several_seats_contacts_and_places_at_once_but_none_twice(tenda: Organisation) -> None:
    lucca = a_municipality("Lucca")
    pisa = a_municipality("Pisa", province=lucca.province)

    def rows() -> list[OrganisationFact]:
        return [
            Seat(organisation=tenda, kind="operating", municipality=lucca, address="via Roma 1"),
            Seat(organisation=tenda, kind="operating", municipality=pisa, address="via Roma 1"),
            Contact(organisation=tenda, channel="phone", value="0583 12"),
            Contact(organisation=tenda, channel="phone", value="0583 13"),
            ServedTerritory(organisation=tenda, municipality=lucca),
            ServedTerritory(organisation=tenda, area=lucca.province),
            Identifier(organisation=tenda, scheme="vat", value=TAX_CODE),
            Identifier(organisation=tenda, scheme="vat", value=OTHER_TAX_CODE),
        ]

    for fact in rows():
        enter_fact(fact=fact, by=OPERATOR)
    for fact in rows():
        with pytest.raises(errors.AlreadyThere):
            enter_fact(fact=fact, by=OPERATOR)


def test_what_stays_the_same_may_change_in_part_in_a_year_known_in_part(
    tenda: Organisation,
) -> None:
    phone = Contact(organisation=tenda, channel="phone", value="0583 1", label="centralino")
    fact = enter_fact(fact=phone, by=OPERATOR)
    new = change_fact(
        fact=fact, since=PartialDate(2016), values={"label": "segreteria"}, by=OPERATOR
    )
    assert (new.value, new.label, str(new.began)) == ("0583 1", "segreteria", "2016")


@pytest.mark.parametrize(
    ("scheme", "value", "refusal"),
    [
        ("tax_code", TAX_CODE, errors.TaxCodeTaken),
        ("vat", TAX_CODE, errors.IdentifierTaken),
        ("ipa", "C_E715", errors.IdentifierTaken),
        ("runts", "12345", errors.IdentifierTaken),
    ],
)
def test_a_number_is_borne_by_one_and_the_refusal_names_it(
    valley: Valley, tenda: Organisation, scheme: str, value: str, refusal: type[Refusal]
) -> None:
    number = enter_fact(
        fact=Identifier(organisation=tenda, scheme=scheme, value=value, began=LONG_AGO),
        by=OPERATOR,
    )
    other = an_organisation(valley.network, "Altra")

    def same(**values: Any) -> Identifier:
        text = value.lower() if scheme == "ipa" else value
        return enter_fact(
            fact=Identifier(organisation=other, scheme=scheme, value=text, **values), by=OPERATOR
        )

    with pytest.raises(refusal) as refused:
        same()
    assert "La Tenda" in str(refused.value.sentence)
    end_fact(fact=number, last=PartialDate(2015), by=OPERATOR)
    # It went to another later, as numbers of registers do.
    assert same(began=PartialDate(2016)).value == value


def test_one_tax_code_at_a_time(tenda: Organisation) -> None:
    enter_fact(fact=Identifier(organisation=tenda, scheme="tax_code", value=TAX_CODE), by=OPERATOR)
    with pytest.raises(errors.AnotherNumberHolds):
        enter_fact(
            fact=Identifier(organisation=tenda, scheme="tax_code", value=OTHER_TAX_CODE),
            by=OPERATOR,
        )


# Successions


def succeeded(
    one: Organisation, other: Organisation, began: PartialDate | None = None
) -> OrganisationSuccession:
    return enter_fact(
        fact=OrganisationSuccession(
            organisation=one, successor=other, manner="merger", began=began
        ),
        by=OPERATOR,
    )


def test_a_successor_with_a_date_known_in_part(valley: Valley) -> None:
    old = an_organisation(valley.network, "Azienda USL 2 di Lucca", kind="health_authority")
    new = an_organisation(valley.network, "Azienda USL Toscana nord ovest", kind="health_authority")
    succeeded(old, new, PartialDate(2016, 1))
    before, after = date(2015, 12, 31), date(2016, 1, 1)
    for row, day, seen in (
        (old, before, ([], [])),
        (old, after, ([], [new])),
        (new, after, ([old], [])),
    ):
        found = organisation_as_of(row, on=day, actor=ANONYMOUS)
        assert (
            [one.organisation for one in found.predecessors],
            [one.successor for one in found.successors],
        ) == seen


def test_nobody_succeeds_to_its_own_successor(valley: Valley) -> None:
    a, b, c = (an_organisation(valley.network, name) for name in "ABC")
    succeeded(a, b)
    succeeded(b, c)
    with pytest.raises(errors.SuccessionGoesRound):
        succeeded(c, a)
    with pytest.raises(errors.AlreadyThere):
        succeeded(a, b)
    assert OrganisationSuccession.objects.count() == 2


# What a stranger sees


def test_what_is_not_public_is_seen_by_the_steward_alone(
    valley: Valley, tenda: Organisation, stranger: Actor
) -> None:
    secret = Seat(organisation=tenda, kind="operating", address="via Segreta 1", public=False)
    shown = Seat(organisation=tenda, kind="registered", address="via Roma 1")
    hidden = Contact(organisation=tenda, channel="phone", value="0583 99", public=False)
    for fact in (secret, shown, hidden):
        enter_fact(fact=fact, by=valley.secretary)
    for actor in (ANONYMOUS, stranger):
        found = organisation_as_of(tenda, on=TODAY, actor=actor)
        assert (found.seats, found.contacts) == ([shown], [])
        assert "Segreta" not in repr(found)
    found = organisation_as_of(tenda, on=TODAY, actor=valley.secretary)
    assert (found.seats, found.contacts) == ([secret, shown], [hidden])
    tenda.refresh_from_db()
    assert (tenda.phone, tenda.municipality) == ("", None)
