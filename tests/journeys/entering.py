"""What everybody does who comes in for the first time."""

import re

import pyotp
from playwright.sync_api import Page

PASSWORD = "una-frase-lunga-da-ricordare"
# Base 32, as authenticators want it: in groups or in one piece.
SECRET = re.compile(r"\b[A-Z2-7]{4}(?: ?[A-Z2-7]{4}){3,}\b")


def choose_password(page: Page) -> None:
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)


def set_up_second_factor(page: Page) -> None:
    page.wait_for_url("**/secondo-fattore/**")
    page.fill("input[name=code]", pyotp.TOTP(secret_on(page)).now())
    page.click("main button[type=submit]")
    page.wait_for_url("**/codici/**")


def secret_on(page: Page) -> str:
    found = SECRET.search(page.locator("main").inner_text())
    assert found, "the secret stands beside its picture, for who has no camera"
    return found.group().replace(" ", "")
