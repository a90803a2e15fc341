from datetime import timedelta
from threading import Barrier, Thread

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from tavolo.kernel import clock
from tavolo.people import attempts, jobs
from tavolo.people.attempts import Limit, address_of, first_use, forget_past, give_back, take
from tavolo.people.errors import TooManyAttempts

THREE = Limit("three in a minute", 3, 60)


def rows() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT cache_key FROM {attempts.ATTEMPTS_TABLE}")
        return [key for (key,) in cursor.fetchall()]


@pytest.mark.django_db
def test_places_run_out_for_whom_they_are_meant_alone() -> None:
    with time_machine.travel(1_800_000_000, tick=False):
        for _each in range(3):
            take(THREE, "ada")
        with pytest.raises(TooManyAttempts):
            take(THREE, "ada")
        take(THREE, "bianca")
        take(Limit("another", 3, 60), "ada")


@pytest.mark.django_db
def test_a_place_given_back_can_be_taken_again() -> None:
    with time_machine.travel(1_800_000_000, tick=False):
        places = [take(THREE, "ada") for _each in range(3)]
        give_back(places[1])
        assert take(THREE, "ada") == places[1]


@pytest.mark.django_db
def test_the_next_stretch_of_time_has_places_of_its_own() -> None:
    with time_machine.travel(1_800_000_000, tick=False) as now:
        for _each in range(3):
            take(THREE, "ada")
        now.shift(timedelta(seconds=60))
        take(THREE, "ada")


@pytest.mark.django_db
def test_nobody_can_be_read_from_the_table() -> None:
    take(THREE, "ada@rete.example", "203.0.113.7")
    assert not [key for key in rows() if "ada@" in key or "203." in key]


@pytest.mark.django_db(transaction=True)
def test_at_once_no_more_pass_than_there_are_places() -> None:
    start, outcomes = Barrier(8), []

    def try_at_once() -> None:
        try:
            start.wait(5)
            outcomes.append(take(THREE, "ada"))
        except TooManyAttempts:
            outcomes.append("")
        finally:
            connection.close()

    threads = [Thread(target=try_at_once) for _each in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    taken = [place for place in outcomes if place]
    assert (len(outcomes), len(taken), len(set(taken))) == (8, 3, 3)


@pytest.mark.django_db
def test_something_is_used_for_the_first_time_once() -> None:
    assert first_use("code", "1", "123456", seconds=60)
    assert not first_use("code", "1", "123456", seconds=60)
    assert first_use("code", "2", "123456", seconds=60)


@pytest.mark.django_db
def test_what_is_over_is_forgotten() -> None:
    take(THREE, "ada")
    assert forget_past() == 0
    with time_machine.travel(clock.now() + timedelta(hours=1)):
        jobs.tidy()
        assert rows() == []


def test_the_table_is_the_one_of_the_settings() -> None:
    assert settings.CACHES["attempts"]["LOCATION"] == attempts.ATTEMPTS_TABLE


@pytest.mark.parametrize(
    ("told", "meant"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("", ""),
        ("unix", "unix"),
    ],
)
def test_of_an_address_its_owner_is_meant(told: str, meant: str) -> None:
    assert address_of(RequestFactory().get("/", REMOTE_ADDR=told)) == meant
