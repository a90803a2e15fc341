"""From an empty database to a network at work: one command, then only the browser."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.journeys.entering import choose_password, set_up_second_factor
from tests.journeys.site import served, tavolo

pytestmark = pytest.mark.browser


def test_from_invitation_to_an_empty_network(tmp_path: Path, chromium: Browser) -> None:
    home = tmp_path / "home"
    home.mkdir()
    founded = json.loads(
        tavolo(
            home,
            *("network", "create", "valle", "--json", "--name", "Rete della valle"),
            *("--secretary", "segreteria@valle.example"),
        )
    )
    invitation = "/" + founded["invitation"].split("/", 3)[3]
    with served(home, "--with-worker") as url:
        page = chromium.new_context(base_url=url).new_page()
        page.goto(invitation)
        choose_password(page)
        for field in page.locator("main input[type=text][required]").all():
            field.fill("Prova")
        page.click("main button[type=submit]")
        set_up_second_factor(page)
        page.goto("/lavoro/")
        assert page.locator("main").get_by_text("Rete della valle").count()
        page.goto("/lavoro/reti/valle/")
        steps = page.locator("main a[href]").all_inner_texts()
        assert any("organizzazion" in step.lower() for step in steps), steps
        page.goto("/reti/valle/")
        assert page.locator("main h1").inner_text() == "Rete della valle"
        stranger = chromium.new_context(base_url=url).new_page()
        stranger.goto(invitation)
        assert stranger.locator("input[type=password]").count() == 0, "an invitation serves once"
