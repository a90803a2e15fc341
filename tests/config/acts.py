"""Acts as rooms do them (row, journal, fact and content in one transaction), and what remained of them.

Run in processes of their own by `tests.config.run`.
"""

import json
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import transaction

from tavolo.journal.actions import record, seal
from tavolo.journal.models import Entry
from tavolo.journal.queries import breaks
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.facts import Fact, announce
from tavolo.kernel.models import AnnouncedFact, Blob, Delivery, Network
from tavolo.people.models import Person


@dataclass(frozen=True)
class PersonTried(Fact):
    person: UUID


def act(network: Network | None, name: str) -> None:
    """One act; only whole ones may ever be seen."""
    blob = blobs.store([name.encode()])
    with transaction.atomic():
        person = Person.objects.create(given_name=name, family_name=blob.digest)
        record(
            action="tests.acted",
            actor=OPERATOR,
            subject=person,
            network=network,
            values={"name": name, "at": clock.now(), "ratio": 1e22, "word": "perché\x00"},
        )
        announce(PersonTried(person=person.uid), network=network)


def prepare(*slugs: str) -> None:
    for slug in slugs:
        Network.objects.create(slug=slug, name=slug.title(), created_at=clock.now())


def write(name: str, stop: str, most: int = 5000) -> None:
    """Act after act in the networks by turns, until the file `stop` is there."""
    networks = [None, *Network.objects.order_by("id")]
    for number in range(most):
        if Path(stop).exists():
            return
        act(networks[number % len(networks)], f"{name}-{number}")
        if number % 7 == 0:
            seal(thorough=False)
        # Two cores are shared with the backup.
        time.sleep(0.02)


def wait_for(count: int) -> None:
    """Until so many acts were committed."""
    while Person.objects.count() < count:
        time.sleep(0.02)


def state() -> dict[str, Any]:
    """What is there, and what of it is only half there."""
    people = set(Person.objects.values_list("uid", flat=True))
    entries = Entry.objects.filter(action="tests.acted")
    facts = [UUID(fact.payload["person"]) for fact in AnnouncedFact.objects.all()]
    files = list(Person.objects.values_list("family_name", flat=True))
    seal()
    return {
        "acts": len(people),
        "without_entry": len(people ^ set(entries.values_list("subject_uid", flat=True))),
        "without_fact": len(people ^ set(facts)),
        "without_content": sum(not blobs.path_of(name).is_file() for name in files),
        "without_blob": len(set(files) - set(Blob.objects.values_list("digest", flat=True))),
        "twice": [uid for uid, count in Counter(facts).items() if count > 1],
        "deliveries_astray": Delivery.objects.filter(fact=None).count(),
        "values_lost": entries.filter(kept=None).count(),
        "breaks": [found.sentence for found in breaks()],
    }


def whole(acts: int) -> dict[str, Any]:
    """The state in which nothing is half there."""
    nothing: dict[str, Any] = dict.fromkeys(
        ("without_entry", "without_fact", "without_content", "without_blob"), 0
    )
    return {
        "acts": acts,
        **nothing,
        "twice": [],
        "deliveries_astray": 0,
        "values_lost": 0,
        "breaks": [],
    }


def tell() -> None:
    sys.stdout.write(json.dumps(state()))
