import json
import logging
import sys
from collections.abc import Callable
from logging.config import dictConfig

import pytest
from django.conf import settings as django_settings
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from tavolo.config.logs import SAID, JsonLines


def record(
    name: str = "tavolo.requests", message: object = "request", *args: object, **extra: object
):
    made = logging.LogRecord(
        name, logging.INFO, "/srv/middleware.py", 7, message, args, None, "serve"
    )
    for key, value in extra.items():
        setattr(made, key, value)
    return made


def line(*args: object, **extra: object) -> dict[str, object]:
    written = JsonLines().format(record(*args, **extra))
    assert "\n" not in written
    assert written.isascii()
    return json.loads(written)


def test_a_line_is_one_object():
    told = line(status=200)
    assert told.pop("at").endswith("+00:00")
    assert told == {
        "level": "info",
        "logger": "tavolo.requests",
        "message": "request",
        "status": 200,
    }


def test_only_what_is_on_the_list_is_said():
    told = line(
        **dict.fromkeys(SAID, 1), request="GET /anna/", user="Anna", path="/anna/", ip="10.1.2.3"
    )
    assert set(told) == {"at", "level", "logger", "message", *SAID}
    assert "nna" not in json.dumps(told)


def test_a_sentence_is_said_without_what_was_put_into_it():
    told = line("django.request", "%s: %s", "Not Found", "/anna/")
    assert told["message"] == "%s: %s"


def test_a_sentence_of_others_that_is_already_whole_is_not_said():
    told = line("django.security.DisallowedHost", "Invalid HTTP_HOST header: 'anna.example'.")
    assert told["message"] == "middleware.serve"


@pytest.mark.parametrize("message", ["a\nb\r\x00", "\u202e\u2028", "\ud800", "è 💜", "", None, 7])
def test_no_sentence_breaks_the_line(message):
    line("tavolo", message)


@given(st.text(), st.text())
def test_whatever_is_said_is_one_object_a_line(message, value):
    assert line("tavolo", message, route=value)["route"] == value


def clash() -> None:
    raise IntegrityError("Key (email)=(anna@rete.example) already exists.")


def translate() -> None:
    try:
        clash()
    except IntegrityError as first:
        raise ValueError("Anna Rossi") from first


def fault(break_something: Callable[[], None]) -> tuple[object, ...]:
    try:
        break_something()
    except (IntegrityError, ValueError):
        return sys.exc_info()
    return ()


def test_a_fault_is_said_by_its_kind_and_place_never_by_its_words():
    told = line(exc_info=fault(translate))
    written = json.dumps(told)
    assert "anna" not in written.lower()
    first, second = told["exception"]
    assert (first["type"], second["type"]) == (
        "builtins.ValueError",
        "django.db.utils.IntegrityError",
    )
    assert [place.rsplit(" ", 1)[1] for place in second["at"]] == ["translate", "clash"]
    assert all(place.startswith(f"{__file__}:") for place in second["at"])
    assert len(line(exc_info=fault(clash))["exception"]) == 1


def test_a_line_without_a_fault_has_none():
    assert "exception" not in line(exc_info=(None, None, None))


def test_django_and_we_write_such_lines_and_nobody_else_writes(capsys):
    """As a server would be set up: every logger ends in these lines on stderr."""
    handlers = logging.root.handlers[:]
    try:
        dictConfig(django_settings.LOGGING)
        for name in (
            "tavolo.x",
            "django.request",
            "django.security.csrf",
            "allauth",
            "py.warnings",
        ):
            logging.getLogger(name).error("%s said", "Anna")
        logging.getLogger("tavolo.x").info("seen")
        logging.getLogger("allauth").info("not seen")
    finally:
        logging.root.handlers[:] = handlers
    told = [json.loads(text) for text in capsys.readouterr().err.splitlines()]
    assert [each["message"] for each in told] == ["%s said"] * 5 + ["seen"]
