"""The letters of this room, written into the outbox with the act (decision 18)."""

from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string

from tavolo.kernel.actor import Actor
from tavolo.kernel.models import Network
from tavolo.people.models import Person

# Tells the outbox whose letter it is; it leaves with none.
NETWORK_HEADER = "X-Tavolo-Network"


def senders(by: Actor) -> list[str]:
    """The name of whoever sends a letter, then of the one in whose place she does; one query.

    Nobody is named where whoever runs the installation sends it, or where one has no name yet.
    """
    uids = [uid for uid in (by.person, by.acting_for) if uid]
    names = dict(Person.objects.filter(uid__in=uids).values_list("uid", "name")) if uids else {}
    return [names[uid] for uid in uids] if uids and all(map(names.get, uids)) else []


def send_letter(name: str, to: str, *, network: Network | None = None, **context: Any) -> None:
    """Write `people/letters/<name>.txt` to an address: its first line is the subject.

    `network` is the one that sends it, and sees what became of it.
    """
    text = render_to_string(
        f"people/letters/{name}.txt", {"base_url": settings.TAVOLO_BASE_URL, **context}
    )
    subject, _line, body = text.strip().partition("\n")
    headers = {NETWORK_HEADER: str(network.uid)} if network else None
    EmailMessage(subject.strip(), body.strip() + "\n", to=[to], headers=headers).send()
