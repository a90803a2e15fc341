"""Two entries that are one: merged by pointer, led on, left out of lists, taken apart again."""

from datetime import date

import pytest

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.registry import errors
from tavolo.registry.actions import (
    admit_organisation,
    edit_organisation,
    end_participation,
    merge_organisations,
    unmerge_organisation,
)
from tavolo.registry.models import Organisation, OrganisationName, Participation
from tavolo.registry.queries import (
    TakingPart,
    followed,
    kinds_in_use,
    organisation_by_code,
    organisations,
    participants,
    taking_part,
)
from tests.factories.registry import a_founded_network, a_participant, an_organisation
from tests.registry.conftest import Valley
from tests.registry.test_actions import facts, told

TODAY = clock.today()
TAX_CODE = "80012000826"


@pytest.fixture
def pair(valley: Valley) -> tuple[Organisation, Organisation]:
    return an_organisation(valley.network, "Aurora"), an_organisation(valley.network, "L’Aurora")


def merged(one: Organisation, into: Organisation, by: Actor = OPERATOR) -> Organisation:
    return merge_organisations(organisation=one, into=into, reason="la stessa", by=by)


def listed() -> list[str]:
    return list(organisations(on=TODAY).order_by("sort_key").values_list("name", flat=True))


def test_a_merger_leads_on_and_repoints_nothing(
    valley: Valley, pair: tuple[Organisation, Organisation]
) -> None:
    one, double = pair
    version = double.version
    merged(double, one, valley.secretary)
    assert followed(organisation_by_code(double.code)) == one
    assert OrganisationName.objects.get(organisation=double).name == "L’Aurora"
    double.refresh_from_db()
    assert (double.merged_into, double.version) == (one, version + 1)
    assert told(valley.network)[-1] == "registry.organisation_merged"
    assert facts(valley.network)[-1] == "registry.OrganisationMerged"


def test_whoever_was_merged_is_in_no_list_and_no_count(valley: Valley) -> None:
    one = a_participant(valley.network, "Aurora", kind="school")
    double = a_participant(valley.network, "L’Aurora", kind="court")
    merged(double, one)
    assert listed() == ["Aurora"]
    assert [str(kind) for kind in kinds_in_use()] == ["school"]
    assert [row.organisation for row in participants(valley.network, on=TODAY)] == [one]
    assert taking_part(TODAY) == {valley.network.pk: TakingPart(1, 0, {"school": 1})}


def test_pointers_are_followed_to_their_end(valley: Valley) -> None:
    a, b, c = (an_organisation(valley.network, name) for name in "ABC")
    merged(a, b)
    merged(b, c)
    assert followed(Organisation.objects.get(pk=a.pk)) == c
    assert followed(c) == c
    assert Organisation.objects.get(pk=a.pk).merged_into == b


def test_what_goes_round_is_refused(valley: Valley) -> None:
    a, b, c = (an_organisation(valley.network, name) for name in "ABC")
    merged(a, b)
    merged(b, c)
    with pytest.raises(errors.AlreadyMerged):
        merged(a, c)
    for into in (c, a, b):
        with pytest.raises(errors.MergesIntoItself):
            merged(c, into)


def test_a_merger_needs_a_reason_and_the_right_to_it(
    valley: Valley, pair: tuple[Organisation, Organisation], stranger: Actor
) -> None:
    one, double = pair
    with pytest.raises(errors.ReasonMissing):
        merge_organisations(organisation=double, into=one, reason=" ", by=valley.secretary)
    foreign = an_organisation(a_founded_network("altra", "Altra"), "Di altri")
    for by, row in ((ANONYMOUS, double), (stranger, double), (valley.secretary, foreign)):
        with pytest.raises(NotAllowed):
            merged(row, one, by)
    merged(double, foreign, valley.secretary)


def test_no_network_loses_a_member_by_a_merger(
    valley: Valley, pair: tuple[Organisation, Organisation]
) -> None:
    one, double = pair
    row = admit_organisation(network=valley.network, organisation=double, since=TODAY, by=OPERATOR)
    with pytest.raises(errors.TakesPartAlone) as refused:
        merged(double, one)
    assert valley.network.name in str(refused.value.sentence)
    end_participation(participation=row, last_day=TODAY, by=OPERATOR)
    merged(double, one)
    assert Participation.objects.get().organisation == double


def test_whoever_was_merged_is_not_edited(pair: tuple[Organisation, Organisation]) -> None:
    one, double = pair
    merged(double, one)
    with pytest.raises(errors.OrganisationMerged):
        edit_organisation(
            organisation=double, version=double.version, name="X", kind="school", by=OPERATOR
        )


def test_whoever_was_merged_enters_no_network(
    valley: Valley, pair: tuple[Organisation, Organisation]
) -> None:
    one, double = pair
    merged(double, one)
    with pytest.raises(errors.OrganisationMerged):
        admit_organisation(network=valley.network, organisation=double, since=TODAY, by=OPERATOR)


def test_a_merger_is_undone_whole(valley: Valley) -> None:
    one = an_organisation(valley.network, "Aurora")
    double = an_organisation(valley.network, "L’Aurora", tax_code=TAX_CODE)
    before = Organisation.objects.filter(pk=double.pk).values().get()
    merged(double, one)
    unmerge_organisation(organisation=double, by=valley.secretary)
    after = Organisation.objects.filter(pk=double.pk).values().get()
    assert after | {"version": 0} == before | {"version": 0}
    assert listed() == ["Aurora", "L’Aurora"]
    assert facts(valley.network)[-2:] == [
        "registry.OrganisationMerged",
        "registry.OrganisationUnmerged",
    ]
    with pytest.raises(errors.NotMerged):
        unmerge_organisation(organisation=double, by=valley.secretary)


def test_undoing_a_merger_needs_the_right_to_it(
    pair: tuple[Organisation, Organisation], stranger: Actor
) -> None:
    one, double = pair
    merged(double, one)
    for by in (ANONYMOUS, stranger):
        with pytest.raises(NotAllowed):
            unmerge_organisation(organisation=double, by=by)


def test_a_number_that_went_to_the_other_meanwhile_keeps_them_one(valley: Valley) -> None:
    one = an_organisation(valley.network, "Aurora")
    double = an_organisation(valley.network, "L’Aurora", tax_code=TAX_CODE)
    merged(double, one)
    edit_organisation(
        organisation=one,
        version=one.version,
        name="Aurora",
        kind="association",
        tax_code=TAX_CODE,
        by=OPERATOR,
    )
    with pytest.raises(errors.TaxCodeTaken):
        unmerge_organisation(organisation=double, by=OPERATOR)
    double.refresh_from_db()
    assert double.merged_into == one


def test_a_merged_one_keeps_its_past(pair: tuple[Organisation, Organisation]) -> None:
    one, double = pair
    merged(double, one)
    assert double.merged_at is not None
    assert double.merged_at.date() >= date(2020, 1, 1)
