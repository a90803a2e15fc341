"""Every role at every address of bodies in every state; what one may not see is not there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.registry.actions import affiliate, appoint_deputy
from tavolo.tables import actions
from tavolo.tables.models import Body, BodyName, Delegate, Seat
from tavolo.tables.rules import TABLES
from tavolo.tables.web import urls
from tests.conftest import SameSiteClient
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary, a_participant
from tests.factories.tables import a_body, a_delegate, a_seat

ROLES = (
    "anyone",
    "stranger",
    "member",
    "secretary",
    "secretary of another network",
    "deputy for tables",
    "deputy for people",
)
RUNS = frozenset({"secretary", "deputy for tables"})
STATES = ("living", "ended", "group")
OF_A_BODY = ("lavoro/tavoli/<slug:code>/", "tavoli/<slug:code>/")


@dataclass
class World:
    bodies: dict[str, dict[str, str]] = field(default_factory=dict)
    visitors: dict[str, Client] = field(default_factory=dict)


def laid() -> World:
    valley, secretary = a_network_with_secretary("valle")
    _hill, other = a_network_with_secretary("colle")
    accounts = {"secretary": secretary, "secretary of another network": other}
    accounts |= {role: an_account() for role in ROLES[1:] if role not in accounts}
    for account in accounts.values():
        with_second_factor(account)
    for part in (TABLES, "people"):
        appoint_deputy(
            principal=secretary.person,
            deputy=accounts[f"deputy for {part}"].person,
            network=valley,
            parts=[part],
            act="determina 3/2026",
            last_day=clock.today() + timedelta(days=30),
            by=OPERATOR,
        )
    member = a_participant(valley, "Aurora")
    affiliate(person=accounts["member"].person, organisation=member, by=OPERATOR)
    living = a_body(valley, "Tavolo", since="2015-06-01")
    bodies = {
        "living": living,
        "ended": a_body(valley, "Consulta", since="2015-06-01"),
        "group": a_body(valley, "Gruppo", "thematic_group", since="2015-07-01", parent=living),
    }
    world = World()
    for state, body in bodies.items():
        a_delegate(a_seat(body, member, since="2016-01-01"), a_person("Eva", "Neri"))
        world.bodies[state] = _filled(body)
    actions.end_body(body=bodies["ended"], last=date(2020, 12, 31), act="x", by=OPERATOR)
    cache.clear()
    for role in ROLES:
        client = SameSiteClient()
        if role != "anyone":
            sign_in(client, accounts[role])
        if role.startswith("deputy"):
            told = {"person": str(secretary.person.uid)}
            assert client.post("/lavoro/per-conto/", told).status_code == 302
        world.visitors[role] = client
    return world


def _filled(body: Body) -> dict[str, str]:
    seat, delegate = Seat.objects.get(body=body), Delegate.objects.get(body=body)
    name = BodyName.objects.filter(body=body).first()
    return {
        "code": body.code,
        "uid": str(seat.uid),
        "delegate": str(delegate.uid),
        "section": "nomi",
        "act": "fine",
        "name": str(name.uid) if name else "",
    }


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Laid once for all tests of the file, which only read it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield laid()
        transaction.set_rollback(True)


def routes() -> list[str]:
    """Every address in which the code of a body stands, walked from the configuration."""
    found = [str(each.pattern) for each in urls.urlpatterns if isinstance(each, URLPattern)]
    return sorted(route for route in found if route.startswith(OF_A_BODY))


def path_of(route: str, told: dict[str, str]) -> str:
    path = "/" + route
    for name, value in told.items():
        for kind in ("slug", "uuid", "str", "int"):
            path = path.replace(f"<{kind}:{name}>", value)
    return path


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("role", ROLES)
def test_each_role_opens_what_it_may_and_the_rest_is_as_if_it_were_absent(
    world: World, role: str, state: str, db: None
) -> None:
    """A 404 is byte for byte that of an address behind which there is no body at all."""
    visitor, told, wrong = world.visitors[role], world.bodies[state], {}
    for route in routes():
        path = path_of(route, told)
        answer = visitor.get(path)
        if answer.status_code not in allowed(role, route, state):
            wrong[path] = answer.status_code
        elif answer.status_code == 404 and role not in RUNS and state == "living":
            nothing = path_of(route, told | {"code": "x" * 20})
            if bare(answer, path) != bare(visitor.get(nothing), nothing):
                wrong[path] = 0
    assert wrong == {}


def allowed(role: str, route: str, state: str) -> set[int]:
    if not route.startswith("lavoro/"):
        return {200}
    if role == "anyone":
        return {302}
    if role not in RUNS:
        return {404}
    # What ended has no more acts, and beside the code an address may name what is not there.
    return {200, 404} if state == "ended" or route.count("<") > 1 else {200}


def bare(answer: Any, path: str) -> tuple[int, bytes]:
    """Without the address that was asked for, which the link to the other language repeats."""
    return answer.status_code, answer.content.replace(path.encode(), b"")


@pytest.mark.parametrize("role", sorted(set(ROLES) - RUNS))
def test_nothing_is_written_by_whoever_does_not_run_the_bodies(
    world: World, role: str, db: None
) -> None:
    before = written()
    visitor = world.visitors[role]
    statuses = {
        visitor.post(path_of(route, world.bodies["living"]), {"act": "x", "name": "x"}).status_code
        for route in routes()
        if route.startswith("lavoro/")
    }
    # What is read alone refuses before it looks for the body.
    assert (written(), statuses - {302, 404, 405}) == (before, set())


def written() -> list[int]:
    return [model._base_manager.count() for model in (Body, BodyName, Seat, Delegate)]
