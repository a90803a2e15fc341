"""A passkey: made in the account, asked for after the password, and enough by itself to come in.

The device is a virtual one of Chromium's, inside the browser of this test.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site

pytestmark = pytest.mark.browser

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def device(new_context: NewContext) -> Page:
    page = new_context().new_page()
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    return page


def look(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    assert [each["id"] for each in found] == []


def test_a_passkey_is_made_and_signs_in(device: Page, site: Site, new_context: NewContext) -> None:
    # Not she whom other journeys sign in by her password alone.
    account = site.account("stranger", 1)
    by_password(device, account, "**/lavoro/**")
    make(device)
    sign_out(device)
    by_passkey(device)
    sign_out(device)
    as_second_factor(device, account)
    sign_out(device)
    elsewhere(new_context().new_page())
    without_scripts(new_context(java_script_enabled=False).new_page())


def by_password(page: Page, account: dict[str, str], then: str) -> None:
    page.goto("/accesso/")
    page.fill("input[name=login]", account["email"])
    page.fill("input[type=password]", account["password"])
    page.click("main button[type=submit]")
    page.wait_for_url(then)


def make(page: Page) -> None:
    page.goto("/accesso/secondo-fattore/passkey/nuova/")
    look(page)
    page.fill("input[name=name]", "Computer dell’ufficio")
    page.get_by_role("button", name="Crea la passkey").click()
    page.wait_for_url("**/secondo-fattore/codici/**")
    expect(page.locator(".tv-codes li")).to_have_count(10)
    page.goto("/accesso/secondo-fattore/passkey/")
    look(page)
    expect(page.locator("main")).to_contain_text("Computer dell’ufficio")
    expect(page.locator("main")).to_contain_text("mai usata")


def sign_out(page: Page) -> None:
    page.goto("/accesso/esci/")
    page.get_by_role("button", name="Esci").last.click()
    page.wait_for_url(re.compile("esito=uscita"))


def by_passkey(page: Page) -> None:
    page.get_by_role("link", name="Accedi con una passkey").click()
    look(page)
    page.get_by_role("button", name="Accedi con una passkey").click()
    page.wait_for_url("**/lavoro/**")
    page.goto("/accesso/secondo-fattore/passkey/")
    expect(page.locator("main")).to_contain_text("usata l’ultima volta")


def as_second_factor(page: Page, account: dict[str, str]) -> None:
    by_password(page, account, "**/accesso/verifica/")
    look(page)
    page.get_by_role("button", name="Usa una passkey").click()
    page.wait_for_url("**/lavoro/**")


def elsewhere(page: Page) -> None:
    """A device that has none is told so, in words."""
    page.goto("/accesso/passkey/")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")
    page.get_by_role("button", name="Accedi con una passkey").click()
    expect(page.get_by_role("status")).to_contain_text(
        "non è stato scelto niente", ignore_case=True
    )


def without_scripts(page: Page) -> None:
    page.goto("/accesso/passkey/")
    expect(page.locator("main")).to_contain_text("serve JavaScript")
    expect(page.get_by_role("button", name="Accedi con una passkey")).to_have_count(0)
    page.get_by_role("link", name="Accedi con e-mail e password").click()
    expect(page.locator("input[type=password]")).to_be_visible()
