"""A person at the keyboard, who looks at every page she comes to: with scripts at two widths, without on a phone."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from tests.journeys.conftest import NewContext
from tests.journeys.site import Site

GRAVE = {"moderate", "serious", "critical"}
PRESSES = 250


class Walk:
    """A person at the keyboard, who looks at every page she comes to."""

    def __init__(self, page: Page, *, scripts: bool) -> None:
        self.page, self.scripts = page, scripts
        self.faults: dict[str, list[str]] = {}

    def main(self) -> str:
        return " ".join(self.page.locator("main").inner_text().split())

    def reach(self, there: Locator) -> None:
        """Tab to it, from where the page began."""
        for _press in range(PRESSES):
            if there.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {there}")

    def press(self, name: str, *, role: Any = "button") -> None:
        """Press a button, or with `role` follow a link, and look at the page where one comes."""
        self.reach(self.page.locator("main").get_by_role(role, name=name, exact=True).first)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def write(self, field: Locator, text: str) -> None:
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.type(text)

    def tick(self, label: str) -> None:
        """A box by Space; of a group of choices the one wanted, by the arrows."""
        box = self.page.locator("main").get_by_label(label, exact=True).first
        if box.get_attribute("type") == "radio":
            name = box.get_attribute("name")
            # Tab comes to the first of a group, or to the one chosen; the arrows choose.
            self.reach(self.page.locator(f"main input[name={name}]").first)
            self.page.keyboard.press("Space")
            while not box.is_checked():
                self.page.keyboard.press("ArrowDown")
            return
        self.reach(box)
        self.page.keyboard.press("Space")

    def choose_file(self, field: Locator, name: str, content: bytes) -> None:
        """Come to the field by keyboard; the window that then opens is the browser's own."""
        self.reach(field)
        field.set_input_files({"name": name, "mimeType": "", "buffer": content})

    def wait_for(self, words: str) -> None:
        """The page refreshes itself until the work is done, after what the worker has before it."""
        self.page.locator("main").get_by_text(words).first.wait_for(timeout=120_000)
        self.look()

    def look(self) -> None:
        """Nothing is wider than the page, and nothing in its way, on a phone and on a desk.

        A page that follows work under way goes on by itself while one looks: the next is looked at.
        """
        if self.page.locator("main a[href='?fermo=1']").count():
            return
        before = self.page.viewport_size
        for width in (320, 1280) if self.scripts else (320,):
            self.page.set_viewport_size({"width": width, "height": 800})
            wide = self.page.evaluate("document.documentElement.scrollWidth")
            found = [f"{wide} px"] if wide > width else []
            if self.scripts:
                found += [
                    f"{violation['id']}: {violation['nodes'][0]['html'][:160]}"
                    for violation in Axe().run(self.page).response["violations"]
                    if violation["impact"] in GRAVE
                ]
            if found:
                self.faults[f"{self.page.url} at {width}"] = found
        if before:
            self.page.set_viewport_size(before)


def signed_in(
    new_context: NewContext, site: Site, network: str, *, scripts: bool, role: str = "secretary"
) -> Walk:
    """The secretary, or another, of a network of the demonstration, in her work area."""
    width = 1280 if scripts else 320
    context = new_context(java_script_enabled=scripts, viewport={"width": width, "height": 800})
    page = context.new_page()
    account = next(
        each for each in site.sign_ins if each["role_key"] == role and each["network"] == network
    )
    page.goto("/accesso/")
    page.fill("input[name=login]", account["email"])
    page.fill("input[type=password]", account["password"])
    page.click("main button[type=submit]")
    page.wait_for_url("**/lavoro/**")
    return Walk(page, scripts=scripts)
