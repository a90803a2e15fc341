"""Files that would run are brought by the form and opened: no word of theirs is carried out."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.documents.hostile import CASES
from tests.journeys.conftest import NewContext

pytestmark = pytest.mark.browser

OPENED = ("gif and script behind", "jpeg and html", "jpeg with a place", "pdf with script")
REFUSED = ("svg with script", "html called pdf")
BY_KEY = {case.key: case for case in CASES}


def bring(page: Page, add: str, key: str) -> None:
    case = BY_KEY[key]
    page.goto(add)
    file = {"name": case.name, "mimeType": "text/html", "buffer": case.make()}
    page.set_input_files("[name=file]", [file])  # type: ignore[list-item]
    page.fill("[name=title]", key)
    page.fill("[name=alternative]", "Una prova")
    page.click("main form button[type=submit]")


def test_nothing_runs_when_it_is_opened(
    new_context: NewContext, sign_in: Callable[[Page, str], None]
) -> None:
    page = new_context(accept_downloads=True).new_page()
    ran: list[str] = []
    page.on("dialog", lambda dialog: (ran.append(dialog.message), dialog.dismiss()))
    sign_in(page, "secretary")
    page.goto("/lavoro/organizzazioni/comune-di-rozzano/")
    add = page.locator("#documenti a.tv-act").get_attribute("href")
    assert add
    for key in REFUSED:
        bring(page, add, key)
        assert page.url.endswith("/nuovo/")
    for key in OPENED:
        bring(page, add, key)
        page.wait_for_url("**/documenti/**")
        href = page.locator("main a[download]").get_attribute("href")
        assert href
        if page.locator("main img").count():
            assert page.locator("main img").evaluate("image => image.naturalWidth") > 0
            page.goto(href)
            assert "PLANTED" not in page.title()
            assert page.locator("script").count() == 0
        else:
            with page.expect_download() as saved:
                page.evaluate("href => { location.href = href }", href)
            assert saved.value.suggested_filename == "a.pdf"
    assert ran == []
