import json

import pytest
from django.conf import settings as django_settings
from django.db import InterfaceError, OperationalError, connections
from django.db.backends.sqlite3.base import DatabaseWrapper

from tavolo.config.health import answers

pytestmark = pytest.mark.django_db(databases=["default", "vault"])

WELL = {"default": True, "vault": True}


def test_it_is_well_where_every_database_answers(client):
    answer = client.get("/salute")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/json"
    assert answer.json() == {
        "status": "ok",
        "version": django_settings.TAVOLO_VERSION,
        "databases": WELL,
    }


def test_it_is_asked_each_time_and_leaves_no_cookie(client):
    answer = client.get("/salute")
    assert "no-store" in answer["Cache-Control"]
    assert answer.cookies == {}
    assert client.get("/en/salute").status_code == 404


@pytest.mark.parametrize("gone", ["default", "vault"])
@pytest.mark.parametrize("fault", [OperationalError, InterfaceError])
def test_it_fails_where_one_database_is_gone_and_says_no_more(client, monkeypatch, gone, fault):
    def away() -> None:
        raise fault("connection to 10.1.2.3 as tavolo_app failed: password segreta")

    monkeypatch.setattr(connections[gone], "cursor", away)
    answer = client.get("/salute")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "fail",
        "version": django_settings.TAVOLO_VERSION,
        "databases": WELL | {gone: False},
    }


def test_it_says_nothing_secret(client):
    told = json.dumps(client.get("/salute").json()) + str(client.get("/salute").headers)
    database = connections["default"].settings_dict
    for secret in (
        django_settings.SECRET_KEY,
        str(django_settings.TAVOLO_HOME),
        str(database["NAME"]),
        database.get("USER") or "tavolo_app",
        "sqlite",
        "postgresql",
    ):
        assert secret not in told


@pytest.mark.parametrize("content", [None, b"", b"this is no database at all" * 40])
def test_a_file_that_is_not_our_database_is_no_answer(tmp_path, content, monkeypatch):
    """SQLite makes an empty database where it finds none: that one answers, but not with our data."""
    path = tmp_path / "other.sqlite3"
    if content is not None:
        path.write_bytes(content)
    told = connections["default"].settings_dict
    other = DatabaseWrapper(told | {"NAME": str(path), "OPTIONS": {}}, "default")
    monkeypatch.setattr("tavolo.config.health.connections", {"default": other})
    assert not answers("default")
    other.close()


def test_a_request_of_any_kind_changes_nothing(client):
    assert client.head("/salute").status_code == 200
    assert client.get("/salute?x=%00").status_code == 200
