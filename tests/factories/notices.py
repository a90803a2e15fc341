"""Public notices and what answers them, made by the room's own actions."""

from datetime import datetime, timedelta
from typing import Any

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.messages.models import SignedLink
from tavolo.tables.actions.applications import (
    Answers,
    begin_application,
    register_on_paper,
)
from tavolo.tables.actions.notices import Asked, draft_notice, publish_notice
from tavolo.tables.models import Application, Body, Notice

EMAIL = "segreteria@auser.example"
ASKS = (
    Asked("declaration", "di accettare il regolamento del tavolo"),
    Asked("declaration", "di non avere conflitti di interessi"),
    Asked("paper", "Statuto"),
    Asked("paper", "Curriculum della persona delegata", needed=False),
)


def a_notice(
    body: Body, name: str = "Avviso pubblico", *, published: bool = True, **values: Any
) -> Notice:
    """Open since yesterday, for ten days, in all ways."""
    now = clock.now().replace(microsecond=0)
    told: dict[str, Any] = {
        "act": "decreto 12/2026",
        "contact": "tavoli@rete.example",
        "privacy": "I dati servono a esaminare la domanda.",
        "ways": ["signed", "scanned", "pec", "paper"],
        "opens_at": now - timedelta(days=1),
        "closes_at": now + timedelta(days=10),
        "asks": ASKS,
    }
    row = draft_notice(body=body, name=name, by=OPERATOR, **(told | values))
    return publish_notice(notice=row, by=OPERATOR) if published else row


def a_draft(notice: Notice, email: str = EMAIL) -> tuple[Application, SignedLink]:
    """A draft with the link that was sent for it."""
    row = begin_application(notice=notice, email=email)
    return row, SignedLink.objects.get(subject=row.uid)


def on_paper(
    notice: Notice, name: str = "Auser", received: datetime | None = None, **values: Any
) -> Application:
    """Received at the desk at that instant (now)."""
    return register_on_paper(
        notice=notice,
        received=received or clock.now(),
        answers=Answers({"name": name, **values}),
        by=OPERATOR,
    )
