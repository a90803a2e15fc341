"""Every role at every address of organisations in every state; what one may not see is not there."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from tavolo.kernel.actor import OPERATOR
from tavolo.registry.models import Organisation
from tavolo.registry.queries import organisations_editable_by
from tavolo.registry.web import urls
from tests.conftest import SameSiteClient
from tests.registry.matrix import (
    ORGANISATIONS,
    PEOPLE,
    ROLES,
    SECRET,
    STATES,
    Subject,
    World,
    a_world,
    acting_for,
)

Runs = dict[str, set[str]]
Oracle = Callable[[Runs, Subject], bool]


def anybody(_runs: Runs, _subject: Subject) -> bool:
    return True


def whoever_works(runs: Runs, _subject: Subject) -> bool:
    return any(parts & {ORGANISATIONS, PEOPLE} for parts in runs.values())


def steward_s(part: str) -> Oracle:
    return lambda runs, subject: part in runs.get(subject.steward, set())


def who_takes_it_along(runs: Runs, subject: Subject) -> bool:
    """In person: its steward's secretary, and who acts for it."""
    whole = {ORGANISATIONS, PEOPLE} <= runs.get(subject.steward, set())
    return whole or acting_for(subject) in runs


def others(runs: Runs, subject: Subject) -> bool:
    return any(ORGANISATIONS in parts and slug != subject.steward for slug, parts in runs.items())


def who_can_let_it_in(runs: Runs, subject: Subject) -> bool:
    """It takes part in the network of its steward already; whoever was merged into another, in none."""
    return others(runs, subject) and subject.organisation.merged_into_id is None


def who_sees_the_proposal(runs: Runs, subject: Subject) -> bool:
    return any(ORGANISATIONS in runs.get(slug, set()) for slug in (subject.steward, "colle"))


# Of each address with an organisation in it: who opens it.
OF_AN_ORGANISATION: dict[str, Oracle] = {
    "organisation": anybody,
    "organisation_frame": anybody,
    "organisation_pdf": anybody,
    "work_organisation": whoever_works,
    "edit_organisation": steward_s(ORGANISATIONS),
    "propose": others,
    "elections": steward_s(PEOPLE),
    "given_up": steward_s(PEOPLE),
    "take_along": who_takes_it_along,
    "merge": steward_s(ORGANISATIONS),
    "new_unit": steward_s(ORGANISATIONS),
    "unit": steward_s(ORGANISATIONS),
    "admit": who_can_let_it_in,
    "participation": steward_s(ORGANISATIONS),
    "new_fact": steward_s(ORGANISATIONS),
    "fact": steward_s(ORGANISATIONS),
    "proposal": who_sees_the_proposal,
}
PERSONAL = {"new_fact": steward_s(PEOPLE), "fact": steward_s(PEOPLE)}


def kwargs_of(name: str, subject: Subject) -> list[tuple[dict[str, Any], Oracle]]:
    """With what an address is opened for this organisation, and who may: once or twice, or not at all."""
    code, oracle = {"code": subject.organisation.code}, OF_AN_ORGANISATION[name]
    if name == "proposal":
        return [({"uid": subject.proposal.uid}, oracle)] if subject.proposal else []
    more: dict[str, list[dict[str, Any]]] = {
        "unit": [{"unit": subject.unit.code}],
        "participation": [{"uid": subject.participation.uid}],
        "new_fact": [{"section": "nomi"}, {"section": "incarichi"}],
        "fact": [
            {"section": "nomi", "uid": subject.name.uid},
            {"section": "incarichi", "uid": subject.office.uid},
        ],
    }
    told = more.get(name, [{}])
    return [(code | each, PERSONAL[name] if i else oracle) for i, each in enumerate(told)]


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Laid once for all tests of the file, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        laid = a_world()
        laid.sign_in_all(SameSiteClient)
        yield laid
        transaction.set_rollback(True)


@pytest.fixture(params=ROLES)
def role(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def visitor(world: World, role: str, db: None) -> Client:
    return world.visitors[role]


def expected(role: str, oracle: Oracle, world: World, subject: Subject) -> int:
    if oracle is anybody:
        return 200
    if role == "anyone":
        return 302
    return 200 if oracle(world.parts.get(role, {}), subject) else 404


def addresses_with_an_organisation() -> set[str]:
    named = [each for each in urls.urlpatterns if isinstance(each, URLPattern)]
    return {
        str(each.name)
        for each in named
        if "code" in each.pattern.converters or each.name == "proposal"
    }


def test_every_address_with_an_organisation_is_told_who_opens_it() -> None:
    assert addresses_with_an_organisation() == set(OF_AN_ORGANISATION)


@pytest.mark.parametrize("state", STATES)
def test_each_role_opens_what_it_may_and_the_rest_is_as_if_it_were_absent(
    world: World, visitor: Client, role: str, state: str
) -> None:
    """A 404 is byte for byte that of an address behind which there is nothing."""
    subject, wrong, differing = world.subjects[state], {}, []
    for name in sorted(OF_AN_ORGANISATION):
        for kwargs, oracle in kwargs_of(name, subject):
            path = reverse(f"registry:{name}", kwargs=kwargs)
            wanted, answer = expected(role, oracle, world, subject), visitor.get(path)
            if not as_expected(answer.status_code, wanted, subject, name):
                wrong[path] = (answer.status_code, wanted)
            if wanted == 404 and bare(answer, path) != absent(visitor, world, name, kwargs):
                differing.append(path)
    assert (wrong, differing) == ({}, [])


def as_expected(status: int, wanted: int, subject: Subject, name: str) -> bool:
    """Of one that was merged pages may lead to the other; nobody is led where she may not go."""
    if wanted == 200 and subject.organisation.merged_into_id and name != "work_organisation":
        return status in {200, 301, 302, 404}
    return status == wanted


def absent(visitor: Client, world: World, name: str, kwargs: dict[str, Any]) -> tuple[int, bytes]:
    """What the same address answers where there is no such organisation, or no such proposal."""
    nothing = {"uid": world.valley.uid} if name == "proposal" else {"code": "x" * 20}
    path = reverse(f"registry:{name}", kwargs=kwargs | nothing)
    return bare(visitor.get(path), path)


def bare(answer: Any, path: str) -> tuple[int, bytes]:
    """Without the address that was asked for, which the link to the other language repeats."""
    return answer.status_code, answer.content.replace(path.encode(), b"")


PUBLIC = (
    "/organizzazioni/",
    "/organizzazioni/elenco.csv",
    "/cerca/?q=occultata",
    "/api/v1/organisations",
    "/reti/valle/",
    "/reti/valle/grafo/",
)


def test_what_is_not_public_is_shown_to_the_steward_alone(
    world: World, visitor: Client, role: str
) -> None:
    organisation = world.subjects["with secrets"].organisation
    own = [
        f"/organizzazioni/{organisation.code}/",
        f"/organizzazioni/{organisation.code}/riquadro/",
    ]
    work = [f"/lavoro/organizzazioni/{organisation.code}/"]
    uid = f"/api/v1/organisations/{organisation.uid}"
    told = {
        path
        for path in (*PUBLIC, *own, *work, uid)
        if SECRET.lower().encode() in said(visitor.get(path)).replace(path.lower().encode(), b"")
    }
    if "valle" not in world.parts.get(role, {}):
        assert told - {"/cerca/?q=occultata"} == set()


def test_it_is_shown_to_the_steward(world: World, db: None) -> None:
    secretary = world.visitors["secretary"]
    code = world.subjects["with secrets"].organisation.code
    page = secretary.get(f"/lavoro/organizzazioni/{code}/").content.decode()
    assert f"via {SECRET} 1" in page
    assert f"{SECRET}@x.example" in page


def said(answer: Any) -> bytes:
    return b"".join(answer).lower() if answer.streaming else answer.content.lower()


def test_the_operator_may_edit_all_and_opens_no_page(world: World, db: None) -> None:
    rows = organisations_editable_by(OPERATOR)
    assert set(rows) >= {s.organisation for s in world.subjects.values()} - {
        world.subjects["merged"].organisation
    }
    assert Organisation.objects.count() == len(world.subjects)


# Work pages of a network: by which part of the secretariat's work each is opened; None is any part.
OF_A_NETWORK: dict[str, str | None] = {
    "network": None,
    "settings": "settings",
    "territory": "territory",
    "people": PEOPLE,
    "invite_member": PEOPLE,
    "held_persons": PEOPLE,
    "requests": PEOPLE,
    "areas": "territory",
    "area_new": "territory",
    "imports": "imports",
}


def test_pages_of_a_network_open_for_their_part_alone(
    world: World, visitor: Client, role: str
) -> None:
    wrong = {}
    for name, part in OF_A_NETWORK.items():
        for slug in ("valle", "colle"):
            path = reverse(f"desk:{name}", kwargs={"slug": slug})
            status = visitor.get(path).status_code
            wanted = of_a_network(role, world.parts.get(role, {}).get(slug), part)
            if status != wanted:
                wrong[path] = (status, wanted)
    assert wrong == {}


def of_a_network(role: str, parts: set[str] | None, part: str | None) -> int:
    if role == "anyone":
        return 302
    whole = role.startswith("secretary")
    return 200 if parts is not None and (whole or part is None or part in parts) else 404


def every_pattern(patterns: list[Any], prefix: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        here = prefix + str(each.pattern)
        if isinstance(each, URLPattern):
            yield here, each
        else:
            yield from every_pattern(each.url_patterns, here)


def test_every_work_address_is_closed_to_strangers_and_asks_others_to_sign_in(
    world: World, db: None
) -> None:
    """Walked from the configuration: a new address is asked without being listed here."""
    # A person's own: what falls due for her, what happened, when letters come to her.
    own = {"today", "today_csv", "notices", "gathering"}
    open_to_all = {*own, "acting", "search", "suggestions", "command"}
    wrong = {}
    for path, name in work_addresses(world):
        if name in open_to_all:
            continue
        statuses = (
            world.visitors["anyone"].get(path).status_code,
            world.visitors["stranger"].get(path).status_code,
        )
        if statuses[0] != 302 or statuses[1] not in {404, 405}:
            wrong[path] = statuses
    assert wrong == {}


def work_addresses(world: World) -> Iterator[tuple[str, str]]:
    subject = world.subjects["living"]
    filled = {
        "slug": "valle",
        "uid": str(subject.participation.uid),
        "code": subject.organisation.code,
        "unit": subject.unit.code,
        "section": "nomi",
        "kind": "organizzazioni",
        "format": "csv",
    }
    for route, pattern in every_pattern(get_resolver().url_patterns):
        if not route.startswith("lavoro/"):
            continue
        path = "/" + route
        for key, converter in pattern.pattern.converters.items():
            for form in (f"<slug:{key}>", f"<uuid:{key}>", f"<str:{key}>", f"<int:{key}>"):
                path = path.replace(form, converter.to_url(filled.get(key, "1")))
        yield path, str(pattern.name)
