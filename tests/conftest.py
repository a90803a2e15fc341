import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import hypothesis
import pytest
from django.core.cache import caches
from django.db import connections
from django.test import Client, TransactionTestCase
from django.test.utils import teardown_databases
from django.utils import translation

from tavolo.config.databases import as_owner, grant_application_role
from tavolo.journal.guards import guards_down
from tests.migrated import create_test_databases
from tests.share import share_of

# How long a machine takes says nothing of what is tested.
hypothesis.settings.register_profile(
    "tavolo", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
# The long proofs try twenty times as many examples (`make prove`).
hypothesis.settings.register_profile(
    "prove", hypothesis.settings.get_profile("tavolo"), max_examples=share_of(2000)
)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "tavolo"))

SHARED = Path(os.environ.get("TAVOLO_SHARED") or Path(__file__).parents[2] / "shared")

BASES = {"default": "DATABASE", "vault": "VAULT"}


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None,
    django_db_modify_db_settings: None,
    django_db_blocker: Any,
) -> Iterator[None]:
    """Made by the owner, used as the application: a superuser would pass every policy."""
    with django_db_blocker.unblock():
        with as_owner():
            made = create_test_databases()
            grant_application_role()
        yield
        with as_owner():
            teardown_databases(made, verbosity=0)


@pytest.fixture(scope="session", autouse=True)
def _flush_as_owner() -> Iterator[None]:
    """Tests with real transactions empty the tables afterwards, which the guards rightly refuse."""
    flush = TransactionTestCase._fixture_teardown

    def as_the_owner(case: TransactionTestCase) -> None:
        with as_owner(), guards_down():
            flush(case)
        # The table of attempts belongs to no model: the flush leaves it.
        caches["attempts"].clear()

    TransactionTestCase._fixture_teardown = as_the_owner  # type: ignore[method-assign]
    yield
    TransactionTestCase._fixture_teardown = flush  # type: ignore[method-assign]


class SameSiteClient(Client):
    """A browser on our own site: it names its origin, as every browser does with a form."""

    def __init__(self, **defaults: Any) -> None:
        super().__init__(**{"HTTP_ORIGIN": "http://testserver", **defaults})


@pytest.fixture(autouse=True)
def _in_italian() -> Iterator[None]:
    """A request under `/en/` leaves its language in the thread."""
    translation.activate("it")
    yield
    translation.activate("it")


@pytest.fixture
def client() -> Client:
    return SameSiteClient()


@pytest.fixture
def new_client() -> Callable[[], Client]:
    """For tests with two people at once."""
    return SameSiteClient


@pytest.fixture
def process_environment(transactional_db: None) -> dict[str, str]:
    """The environment of a process of ours that stands on the databases of the test."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tavolo.config.settings",
        **{f"TAVOLO_{base}_URL": _url(alias) for alias, base in BASES.items()},
        **{f"TAVOLO_{base}_OWNER_URL": "" for base in BASES.values()},
    }


def _url(alias: str) -> str:
    told = connections[alias].settings_dict
    if connections[alias].vendor == "sqlite":
        return f"sqlite://{told['NAME']}"
    where = urlencode({"host": told["HOST"]} | told["OPTIONS"])
    return f"postgresql://{told['USER']}@/{told['NAME']}?{where}"


@pytest.fixture
def shared() -> Path:
    """The folder of territory and HSDS data; a test that lacks it is counted and said at the end."""
    if not SHARED.is_dir():
        pytest.skip("TAVOLO_SHARED is not there")
    return SHARED


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "once: asks nothing of the database that it stands on")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On the second database only what touches a database is run again."""
    if os.environ.get("TAVOLO_TEST_DB") != "postgresql":
        return
    again = [item for item in items if touches_a_database(item)]
    config.hook.pytest_deselected(items=[item for item in items if not touches_a_database(item)])
    items[:] = again


def touches_a_database(item: pytest.Item) -> bool:
    """Whether a test asks for the database, or starts processes that have one of their own."""
    if item.get_closest_marker("once"):
        return False
    own = {"config", "proofs"}.intersection(item.path.relative_to(item.config.rootpath).parts)
    asked = {"db", "transactional_db"}.intersection(getattr(item, "fixturenames", ()))
    return bool(own or asked or item.get_closest_marker("django_db"))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    lacking = [
        report
        for report in terminalreporter.stats.get("skipped", [])
        if "TAVOLO_SHARED" in str(report.longrepr) or "Chromium" in str(report.longrepr)
    ]
    if lacking:
        terminalreporter.write_sep("!", f"{len(lacking)} TESTS DID NOT RUN", red=True)
        for reason in sorted({str(report.longrepr[2]) for report in lacking}):
            count = sum(reason == str(report.longrepr[2]) for report in lacking)
            terminalreporter.write_line(f"!! {count}: {reason}")
        if os.environ.get("CI"):
            terminalreporter.write_line("!! In continuous integration this is a failure.")


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """In continuous integration whatever is missing is a failure."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped") and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
