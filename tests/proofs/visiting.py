"""`python -m tests.proofs.visiting FILE MOST [NAMED]`: an installation's pages as each of its people sees them.

Follows the links from where each begins, opens the addresses that the file NAMED gives for each, and keeps of
each answer its text or a digest, without what differs at each visit (keys of forms, sessions). For two
installations that are to show the same.
"""

import json
import logging
import os
import re
import sys
from collections import Counter
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tavolo.config.settings"
# Pages are asked of the program itself: nobody collected static files.
os.environ["TAVOLO_DEBUG"] = "1"
django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tavolo.kernel.models import Network  # noqa: E402
from tavolo.people.models import Account  # noqa: E402
from tavolo.territory.models import Area, Municipality  # noqa: E402
from tavolo.territory.plugs import area_kinds  # noqa: E402

LINK = re.compile(r"""(?:href|src|action|hx-get)="(/[^"#]*)""")
# What is another at each visit: keys of forms, tokens, what was built beside the database.
PASSING = re.compile(
    r'name="(?:form_key|csrfmiddlewaretoken|mark)"[^>]*value="[^"]*"|value="[^"]*"[^>]*name="form_key"'
    r'|nonce="[^"]*"|/static/[^"\' ]*|\?v=[0-9a-f]+'
    # Which state was looked at: counted in rows, which the other database has begun anew.
    r'|name="seen" value="[0-9a-f]*"'
    # How many notifications are new: they stay behind, since elsewhere nothing is (desk/archives.py).
    r'|<a href="/lavoro/notifiche/">.*?</a>'
)
UID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
# Elsewhere in Italy nothing of a network is shown; letters on the disk, links in letters and notifications
# are of one machine, sessions are of this browser; leaving ends the visit. What is held about somebody counts
# the entries of the installation's own chain, too.
ELSEWHERE = re.compile(
    r"/static/|/accesso/|/lavoro/account|/territorio/(?:comun[ei]|provincia|regione)[/.]"
    r"|/posta/|/c/|/lavoro/reti/[^/]+/persone/dati/|/lavoro/notifiche/|/api/|/salute|/cerca/|/lavoro/cerca|/en/|/dati-personali/|.*[?&](?:pagina|dopo|after|al)="
)
# Of one page so many with other questions: the rest are more of the same.
QUESTIONS = 2


def visited(client: Client, starts: list[str], within: str, most: int) -> dict[str, dict[str, Any]]:
    """Each address once, breadth first, as long as it lies within."""
    waiting, pages, asked = list(starts), {}, Counter(starts)
    while waiting and len(pages) < most:
        address = waiting.pop(0)
        pages[address], text = looked_at(client, address)
        for found in LINK.findall(text):
            link = found.replace("&amp;", "&")
            path, _mark, question = link.partition("?")
            if ELSEWHERE.match(link) or not link.startswith(within) or asked[link]:
                continue
            asked[link] += 1
            asked[path] += bool(question)
            if asked[path] <= QUESTIONS + 1:
                waiting.append(link)
    return pages


def opened(client: Client, addresses: list[str]) -> dict[str, dict[str, Any]]:
    """Each of these, but those that are of one machine."""
    return {
        address: looked_at(client, address)[0]
        for address in addresses
        if not ELSEWHERE.match(address)
    }


def looked_at(client: Client, address: str) -> tuple[dict[str, Any], str]:
    """What is kept of an answer, and the text in which further links stand."""
    answer = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = answer.get("Content-Type", "")
    if not kind.startswith(("text/", "image/svg", "application/json", "application/geo+json")):
        return {"status": answer.status_code, "text": packed(content)}, ""
    text = PASSING.sub("", content.decode("utf-8", "replace"))
    known = UID.sub(lambda found: PLACES.get(found[0], found[0]), text)
    return {"status": answer.status_code, "text": known}, text if "html" in kind else ""


def packed(content: bytes) -> str:
    """The digest of a file; of a packed one that of its parts, but for when it was made."""
    if not content.startswith(b"PK"):
        return sha256(content).hexdigest()
    with ZipFile(BytesIO(content)) as parts:
        told = {name: parts.read(name) for name in sorted(parts.namelist())}
    kept = {name: part for name, part in told.items() if not name.startswith(("docProps", "meta"))}
    return sha256(repr(kept).encode()).hexdigest()


def told(most: int, named: dict[str, list[str]]) -> dict[str, dict[str, Any]]:
    """Who sees what: the public, then each account of the demonstration; so many found, and all that are named."""
    slugs = list(Network.objects.order_by("slug").values_list("slug", flat=True))
    public = ["/", *(f"/reti/{slug}/" for slug in slugs), "/territorio/", "/organizzazioni/"]
    pages = {"anyone": visited(Client(), public, "/", most)}
    pages["anyone"] |= opened(Client(), named.get("anyone", []))
    for account in Account.objects.filter(is_active=True).order_by("email"):
        client = Client()
        client.force_login(account)
        pages[account.email] = visited(client, ["/lavoro/"], "/lavoro/", most)
        pages[account.email] |= opened(client, named.get(account.email, []))
    return pages


def places() -> dict[str, str]:
    """Each installation has its own uids for municipalities, and for the areas that the law makes."""
    rows = [*Municipality.objects.values_list("uid", "istat_code", "valid_until")]
    rows += Area.objects.filter(kind__in=OFFICIAL).values_list("uid", "kind", "code")
    return {str(uid): f"{one} {other}" for uid, one, other in rows}


OFFICIAL = [kind.key for kind in area_kinds if kind.official]
PLACES: dict[str, str] = {}

if __name__ == "__main__":
    PLACES.update(places())
    setup_test_environment()
    logging.disable()
    named = json.loads(Path(sys.argv[3]).read_text(encoding="utf-8")) if sys.argv[3:] else {}
    Path(sys.argv[1]).write_text(json.dumps(told(int(sys.argv[2]), named)), encoding="utf-8")
