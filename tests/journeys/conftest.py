import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.journeys.site import Site, demonstration_home, served, told

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[Site]:
    """The demonstration, served; each process of the run has a copy of its own."""
    root = tmp_path_factory.getbasetemp()
    shared_root = root if worker_id == "master" else root.parent
    built = demonstration_home(shared_root)
    home = root / "site"
    shutil.copytree(built, home)
    names = told(home)
    with served(home, "--with-worker") as url:
        yield Site(url, home, names["examples"], names["sign_ins"])


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if path is None:
        pytest.skip("Chromium is not there")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


NewContext = Callable[..., BrowserContext]


@pytest.fixture
def new_context(chromium: Browser, site: Site) -> Iterator[NewContext]:
    """Fresh browsers, as so many persons: each with its own cookies."""
    opened: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = chromium.new_context(base_url=site.url, locale="it-IT", **options)
        context.set_default_timeout(15_000)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def page(new_context: NewContext) -> Page:
    return new_context().new_page()


@pytest.fixture
def sign_in(site: Site) -> Callable[[Page, str], None]:
    """Sign in as a demonstration account: "secretary", "member" or "stranger"."""

    def go(page: Page, role: str) -> None:
        account = site.account(role)
        page.goto("/accesso/")
        page.fill("input[type=email], input[name=login]", account["email"])
        page.fill("input[type=password]", account["password"])
        page.click("main button[type=submit]")
        page.wait_for_url("**/lavoro/**")

    return go


@pytest.fixture
def screenshots(tmp_path: Path) -> Path:
    return tmp_path
