"""Pages read as a visitor reads them: links, words, and how many queries they took."""

import re
from html import unescape

from django.test import Client

PUBLIC_BUDGET = 12


def body(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def main(html: str) -> str:
    """What the page itself says, without the frame around it."""
    found = re.search(r"<main.*</main>", html, re.DOTALL)
    assert found
    return found.group()


def words(html: str) -> str:
    """The page as text, each run of blanks one blank."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main(html)))).strip()


def links(html: str) -> list[str]:
    return [unescape(href) for href in re.findall(r'<a [^>]*href="([^"]+)"', main(html))]


def section(html: str, heading: str) -> str:
    """The section under that heading."""
    found = re.search(
        rf"<section[^>]*>(?:(?!</section>).)*<h2[^>]*>{heading}</h2>.*?</section>", html, re.DOTALL
    )
    assert found, heading
    return found.group()
