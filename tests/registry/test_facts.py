from datetime import date

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.dates import PartialDate
from tavolo.registry.actions import change_fact, correct_fact, enter_fact
from tavolo.registry.choices import NameKind
from tavolo.registry.models import OrganisationName
from tavolo.registry.queries import organisation_as_of
from tests.factories.registry import an_organisation
from tests.registry.conftest import Valley

TODAY = clock.today()


def test_a_name_changes_from_a_day(valley: Valley) -> None:
    organisation = an_organisation(valley.network, "Vecchia")
    name = OrganisationName(
        organisation=organisation,
        name="Vecchia ODV",
        kind=NameKind.OFFICIAL,
        began=PartialDate(2006),
    )
    enter_fact(fact=name, by=valley.secretary)
    new = change_fact(
        fact=name, since=PartialDate(2016, 1, 1), values={"name": "Nuova ODV"}, by=valley.secretary
    )
    assert [
        organisation_as_of(organisation, on=date(y, 5, 1), actor=OPERATOR).official_name
        for y in (2005, 2006, 2015, 2016)
    ] == ["", "Vecchia ODV", "Vecchia ODV", "Nuova ODV"]
    before = clock.now()
    correct_fact(fact=new, values={"name": "Nuovissima ODV"}, by=valley.secretary)
    assert (
        organisation_as_of(organisation, on=TODAY, actor=OPERATOR).official_name == "Nuovissima ODV"
    )
    assert (
        organisation_as_of(organisation, on=TODAY, known_at=before, actor=OPERATOR).official_name
        == "Nuova ODV"
    )
