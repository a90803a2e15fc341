"""Deputies at the desk: named, chosen for the session, told on every page, closed out of what was not given."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, actor_of
from tavolo.people.models import Account
from tavolo.registry.actions import appoint_deputy, revoke_deputy
from tavolo.registry.models import Deputy
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person, an_account, sign_in, with_second_factor

HERE = "/lavoro/reti/valle/"
DEPUTIES = f"{HERE}sostituti/"
FOR = "/lavoro/per-conto/"
TERM = clock.today() + timedelta(days=30)
WORK = 20


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def given(valley: Valley, deputy: Account, **told: Any) -> Deputy:
    values = {"principal": valley.secretary.person, "act": "Determina 7", "by": OPERATOR}
    return appoint_deputy(
        network=valley.network, deputy=deputy.person, last_day=TERM, **{**values, **told}
    )


def filled(valley: Valley, **told: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "given": f"{valley.secretary.person.uid}:",
        "deputy": str(valley.member.person.uid),
        "email": "",
        "given_name": "",
        "family_name": "",
        "kind": "deputy",
        "parts": ["imports", "territory"],
        "since": clock.today().isoformat(),
        "last_day": TERM.isoformat(),
        "act": "",
    } | told


@pytest.fixture
def for_her(valley: Valley, as_member: Client) -> Client:
    """The member, who acts for the secretary in two parts of the work."""
    given(valley, valley.member, parts=["imports", "territory"])
    answer = as_member.post(FOR, {"person": str(valley.secretary.person.uid)})
    assert answer.status_code == 302
    return as_member


def test_a_secretary_names_a_deputy(valley: Valley, as_secretary: Client) -> None:
    answer = as_secretary.post(f"{DEPUTIES}nuovo/", filled(valley))
    assert answer["Location"] == DEPUTIES
    row = Deputy.objects.get()
    assert (row.principal, row.deputy, row.parts, row.last_day, row.organisation) == (
        valley.secretary.person,
        valley.member.person,
        ["imports", "territory"],
        TERM,
        None,
    )
    told = text(as_secretary.get(DEPUTIES))
    for words in ("Marta Rossi", "Chiara Neri", "Importazione di elenchi, Territorio"):
        assert words in told


def test_everything_is_given_by_one_box(valley: Valley, as_secretary: Client) -> None:
    as_secretary.post(f"{DEPUTIES}nuovo/", filled(valley, parts=["everything", "imports"]))
    assert Deputy.objects.get().parts == []


def test_somebody_new_is_invited_and_named_together(valley: Valley, as_secretary: Client) -> None:
    new = {"deputy": "", "email": "dora@valle.example", "given_name": "Dora"}
    answer = as_secretary.post(
        f"{DEPUTIES}nuovo/", filled(valley, **new, family_name="Conti", kind="staff")
    )
    assert answer.status_code == 302
    row = Deputy.objects.get()
    assert (row.deputy.name, row.kind) == ("Dora Conti", "staff")
    assert mail.outbox[-1].to == ["dora@valle.example"]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"deputy": ""}, "deputy"),
        ({"email": "dora@valle.example"}, "email"),
        ({"parts": []}, "parts"),
        ({"last_day": ""}, "last_day"),
        ({"last_day": "2001-01-01"}, "last_day"),
        ({"given": f"{uuid4()}:"}, "given"),
        ({"deputy": str(uuid4())}, "deputy"),
    ],
)
def test_what_lacks_is_said_beside_its_field(
    valley: Valley, as_secretary: Client, told: dict[str, Any], field: str
) -> None:
    answer = as_secretary.post(f"{DEPUTIES}nuovo/", filled(valley, **told))
    assert answer.status_code == 200
    assert list(answer.context["form"].form.errors) == [field]
    assert not Deputy.objects.exists()


def test_for_another_the_act_is_needed(valley: Valley, as_secretary: Client) -> None:
    other = with_second_factor(an_account(given_name="Elsa"))
    of_member = {"given": f"{valley.member.person.uid}:{valley.organisation.code}"}
    given(valley, other)
    sent = filled(valley, **of_member, deputy=str(other.person.uid))
    assert Deputy.objects.count() == 1
    answer = as_secretary.post(f"{DEPUTIES}nuovo/", sent)
    # Somebody who has no part in the network is not among those who can be chosen.
    assert "deputy" in answer.context["form"].form.errors
    answer = as_secretary.post(
        f"{DEPUTIES}nuovo/", filled(valley, deputy="", email="dora@valle.example", **of_member)
    )
    assert "act" in answer.context["form"].form.errors


def test_a_member_gives_what_is_hers_and_sees_no_other(
    valley: Valley, as_member: Client, as_stranger: Client
) -> None:
    given(valley, valley.stranger)
    form = as_member.get(f"{DEPUTIES}nuovo/").context["form"].form
    assert list(form.holdings) == [f"{valley.member.person.uid}:{valley.organisation.code}"]
    assert "email" not in form.fields
    assert as_member.get(DEPUTIES).context["held"].rows == ()
    assert as_stranger.get(DEPUTIES).status_code == 404


def test_a_deputy_opens_what_was_given_and_nothing_else(valley: Valley, for_her: Client) -> None:
    told = {
        path: for_her.get(path).status_code
        for path in (
            HERE,
            f"{HERE}importa/",
            f"{HERE}aree/",
            f"{HERE}territorio/",
            f"{HERE}persone/",
            f"{HERE}dati/",
            DEPUTIES,
            f"{HERE}consegne/",
            "/lavoro/organizzazioni/",
            "/lavoro/impegni/",
            f"{HERE}persone/segreteria/",
        )
    }
    assert [path for path, status in told.items() if status == 200] == [
        HERE,
        f"{HERE}importa/",
        f"{HERE}aree/",
        f"{HERE}territorio/",
    ]
    assert set(told.values()) == {200, 404}
    absent = for_her.get("/lavoro/reti/altrove/persone/").content
    assert for_her.get(f"{HERE}persone/").content == absent.replace(b"altrove", b"valle")


def test_every_page_says_in_whose_place_she_acts(valley: Valley, for_her: Client) -> None:
    for path in ("/lavoro/", HERE, f"{HERE}importa/", FOR):
        assert "Stai agendo per conto di Chiara Neri ." in text(for_her.get(path))
    answer = for_her.post(FOR, {"person": ""})
    assert answer["Location"] == "/lavoro/"
    assert "Stai agendo" not in text(for_her.get("/lavoro/"))
    assert for_her.get(HERE).status_code == 404


def test_what_she_does_bears_both_names(valley: Valley, for_her: Client) -> None:
    sent = {"form_key": str(uuid4()), "kind": "municipality", "name": "x"}
    for_her.post(f"{HERE}territorio/", sent)
    by = actor_of(
        valley.member.person.uid, on=clock.today(), acting_for=valley.secretary.person.uid
    )
    assert by.has("network_secretary", network=valley.network.uid, part="imports")
    from_page = for_her.get("/lavoro/").wsgi_request.actor
    assert from_page == by


def test_when_it_is_revoked_she_has_nothing_and_is_told(valley: Valley, for_her: Client) -> None:
    revoke_deputy(deputy=Deputy.objects.get(), by=OPERATOR)
    assert for_her.get(HERE).status_code == 404
    assert "Quello che ti era affidato è finito" in text(for_her.get("/lavoro/"))
    assert for_her.post(FOR, {"person": ""}).status_code == 302


@pytest.mark.parametrize("wanted", ["x", "00000000-0000-4000-8000-000000000000"])
def test_nobody_acts_for_whom_she_likes(valley: Valley, as_member: Client, wanted: str) -> None:
    assert as_member.post(FOR, {"person": wanted}).status_code == 404
    secretary = str(valley.secretary.person.uid)
    assert as_member.post(FOR, {"person": secretary}).status_code == 404
    given(valley, valley.stranger)
    assert as_member.post(FOR, {"person": secretary}).status_code == 404


def test_today_offers_for_whom_she_may_act(valley: Valley, as_stranger: Client) -> None:
    assert "Nessuno ti ha affidato" in text(as_stranger.get(FOR))
    given(valley, valley.stranger, parts=["imports"])
    for path in ("/lavoro/", FOR):
        told = text(as_stranger.get(path))
        assert "Agisci per conto di Chiara Neri" in told
        assert "Rete della valle, segreteria: Importazione di elenchi; fino al" in told


def test_a_deputy_is_revoked_by_its_page(valley: Valley, as_secretary: Client) -> None:
    row = given(valley, valley.member, since=clock.today() - timedelta(days=3))
    page = f"{DEPUTIES}{row.uid}/"
    assert "Marta Rossi deve smettere" in text(as_secretary.get(page))
    answer = as_secretary.post(page, {"form_key": str(uuid4())})
    assert answer["Location"] == DEPUTIES
    told = text(as_secretary.get(DEPUTIES))
    assert "Chi ha agito per conto di chi" in told
    assert as_secretary.get(page).status_code == 404


def test_a_deputy_gives_it_back(valley: Valley, as_member: Client) -> None:
    row = given(valley, valley.member)
    answer = as_member.post(f"{DEPUTIES}{row.uid}/", {"form_key": str(uuid4())})
    assert answer.status_code == 302
    (entry,) = Entry.objects.filter(action="registry.deputy_revoked")
    assert entry.actor == str(valley.member.person.uid)


def test_the_list_costs_the_same_for_one_and_for_200(valley: Valley, as_secretary: Client) -> None:
    found, made = [], 0
    for number in ENOUGH:
        Deputy.objects.bulk_create(
            Deputy(
                principal=valley.secretary.person,
                deputy=a_person(f"Dora {each}"),
                network=valley.network,
                valid_from=date(2026, 1, 1),
                valid_until=TERM,
                kind="staff",
                recorded_at=clock.now(),
            )
            for each in range(made, number)
        )
        made = number
        found.append(queries_of(as_secretary, DEPUTIES))
    assert len(set(found)) == 1, found
    assert found[0] <= WORK


def test_acting_for_another_keeps_the_budget(valley: Valley, for_her: Client) -> None:
    for path in ("/lavoro/", HERE, f"{HERE}importa/", f"{HERE}aree/"):
        assert queries_of(for_her, path) <= WORK


def test_a_session_without_rights_can_still_be_left(valley: Valley) -> None:
    client = sign_in(SameSiteClient(), valley.stranger)
    assert client.post(FOR, {"person": ""}).status_code == 302
    assert SameSiteClient().post(FOR, {"person": ""}).status_code in {302, 401}
