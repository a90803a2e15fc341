"""The pages on which applications are checked and decided, and the public list of who was admitted."""

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.models import Organisation
from tavolo.tables.actions.admitting import adopt_admission
from tavolo.tables.actions.admitting.adopting import ActSaid
from tavolo.tables.actions.checking import name_commissioner, set_criteria
from tavolo.tables.models import Application, Check, Decision, Notice, Score, Seat
from tests.factories.checks import CLOSED, a_check, a_notice, all_met, an_application, concluded
from tests.factories.counting import queries_of
from tests.factories.people import an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, many_participants

pytestmark = pytest.mark.django_db

TODAY = datetime.fromisoformat("2026-11-10T10:00:00+00:00")
WORK, PUBLIC = 20, 12


@pytest.fixture(autouse=True)
def _today() -> Iterator[None]:
    cache.clear()
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def network(client: Client) -> Network:
    network, account = a_network_with_secretary()
    sign_in(client, with_second_factor(account))
    return network


@pytest.fixture
def notice(network: Network) -> Notice:
    return a_notice(network)


def address(notice: Notice, more: str = "") -> str:
    return f"/lavoro/avvisi/{notice.code}/domande/{more}"


def one(application: Application, move: str = "") -> str:
    return address(application.notice, f"{application.uid}/{move and move + '/'}")


def answers(page: Any, **changes: Any) -> dict[str, Any]:
    """What the browser would send of the form as it stands, but for these answers."""
    form = page.context["form"].form
    told = {bound.html_name: bound.value() for bound in form} | changes
    return {n: v for n, v in told.items() if v is not None and v is not False}


def sent(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, answers(client.get(path), **changes))


def test_from_the_check_to_the_seat(client: Client, notice: Notice) -> None:
    application = an_application(notice)
    assert sent(client, one(application, "inizia")).url == one(application)
    items = {f"item_{n}": "met" for n in range(1, 5)}
    assert sent(client, one(application, "verifica"), **items).status_code == 302
    done = sent(client, one(application, "conclusione"), outcome="admitted")
    assert done.status_code == 302
    check = Check.objects.get()
    act = {
        "kind": "determination", "number": "12", "adopted_on": "2026-11-10",
        "organ": "Direzione", "checks": [str(check.uid)],
    }  # fmt: skip
    assert sent(client, f"/lavoro/avvisi/{notice.code}/atto/", **act).status_code == 302
    assert Seat.objects.known().get().organisation == application.organisation
    page = client.get(one(application))
    assert [str(moment.title) for moment in page.context["story"].moments] == [
        "L’istruttoria è iniziata", "L’istruttoria è stata conclusa", "Un atto ha deciso",
    ]  # fmt: skip
    row = Decision.objects.get().act
    sent(client, f"/lavoro/avvisi/{notice.code}/atti/{row.uid}/ritira/", reason="errore")
    assert not Seat.objects.known().exists()


def test_two_secretaries_at_once(client: Client, notice: Notice) -> None:
    application = an_application(notice)
    a_check(application)
    path = one(application, "integrazione")
    first, second = (answers(client.get(path), words="Manca lo statuto.") for _time in range(2))
    assert client.post(path, first).status_code == 302
    late = client.post(path, second)
    assert (late.status_code, "integrazione" in late.text) == (409, True) or late.status_code == 200
    assert Check.objects.get().steps.count() == 2
    assert client.post(path, first).url == one(application)


def test_a_stale_checklist_keeps_what_was_typed(client: Client, notice: Notice) -> None:
    application = an_application(notice)
    a_check(application)
    path = one(application, "verifica")
    first, second = (answers(client.get(path), item_1="met") for _time in range(2))
    client.post(path, first)
    late = client.post(path, {**second, "item_2": "met"})
    assert late.status_code == 409
    again = {**second, "item_2": "met", **{
        name: late.context["form"].form.data[name] for name in ("form_key", "version")
    }}  # fmt: skip
    assert client.post(path, again).status_code == 302
    assert Check.objects.get().answers.count() == 2


def test_a_step_that_is_refused_says_why(client: Client, notice: Notice) -> None:
    application = an_application(notice)
    all_met(a_check(application), but=2)
    page = sent(client, one(application, "conclusione"), outcome="refused", reason="?")
    assert "preavviso di rigetto" in page.text


def test_a_commissioner_gives_her_points_and_does_nothing_else(
    client: Client, new_client: Any, network: Network
) -> None:
    notice = a_notice(network, competitive=True)
    set_criteria(notice=notice, criteria=[("Scopo", Decimal(10))], by=OPERATOR)
    application = an_application(notice)
    a_check(application)
    account = an_account("commissario@example.org", "Bea")
    name_commissioner(
        notice=notice, person=account.person, act="atto 3", since=clock.today(), by=OPERATOR
    )
    hers = new_client()
    sign_in(hers, with_second_factor(account))
    page = hers.get(one(application))
    assert [label for label, _href in page.context["moves"]] == ["Dai i tuoi punti"]
    assert sent(hers, one(application, "punti"), points_1="8.50").status_code == 302
    assert Score.objects.get().points == Decimal("8.50")
    paths = [one(application, "verifica"), f"/lavoro/avvisi/{notice.code}/atto/"]
    assert [hers.get(path).status_code for path in paths] == [404, 404]
    assert client.get(one(application, "punti")).status_code == 404


def test_a_stranger_finds_nothing(client: Client, new_client: Any, notice: Notice) -> None:
    application = an_application(notice)
    row = concluded(an_application(notice))
    said = ActSaid("determination", "12", clock.today(), "Direzione")
    act = adopt_admission(notice=notice, act=said, checks=[row.uid], by=OPERATOR)
    paths = [
        address(notice),
        one(application),
        one(application, "inizia"),
        f"/lavoro/avvisi/{notice.code}/atto/",
        f"/lavoro/avvisi/{notice.code}/atti/{act.uid}/ritira/",
    ]
    stranger = new_client()
    sign_in(stranger, with_second_factor(an_account("estranea@example.org")))
    assert [stranger.get(path).status_code for path in paths] == [404] * 5
    assert [stranger.post(path).status_code for path in paths[2:]] == [404] * 3
    assert {new_client().get(path).status_code for path in paths} <= {302, 401}
    assert [client.get(path).status_code for path in paths] == [200] * 5


def test_the_public_list_names_organisations_only(new_client: Any, notice: Notice) -> None:
    application = an_application(notice, representative="Ada Segreta", email="ada@segreta.example")
    path = f"/avvisi/{notice.code}/ammessi/"
    assert new_client().get(path).status_code == 404
    row = concluded(application)
    said = ActSaid("determination", "12", clock.today(), "Direzione")
    adopt_admission(notice=notice, act=said, checks=[row.uid], by=OPERATOR)
    page = new_client().get(path)
    assert application.organisation.name in page.text
    assert "egreta" not in page.text


def many(notice: Notice, number: int) -> None:
    many_participants(notice.network, number)
    start = Application.objects.filter(notice=notice).count()
    rows = Organisation.objects.filter(steward=notice.network).order_by("-id")[:number]
    made = []
    for place, row in enumerate(rows):
        each = Application(
            network=notice.network, notice=notice, organisation=row, name=row.name,
            state="in_check", timing="in_time", way="signed", begun_at=CLOSED, received_at=CLOSED,
            counts_at=CLOSED, year=2026, number=50000 + start + place,
        )  # fmt: skip
        each.fold()
        made.append(each)
    made = Application.objects.bulk_create(made)
    Check.objects.bulk_create(
        Check(
            network=notice.network, application=each, state="in_check", starts_on=CLOSED.date(),
            due_on=CLOSED.date(),
        )
        for each in made
    )  # fmt: skip


def test_the_list_takes_as_many_queries_for_ten_as_for_six_hundred(
    client: Client, notice: Notice
) -> None:
    counts = []
    for number in (10, 590):
        many(notice, number)
        counts.append(queries_of(client, address(notice)))
    assert counts[0] == counts[1] <= WORK
    row = Application.objects.order_by("id")[0]
    assert queries_of(client, one(row)) <= WORK
