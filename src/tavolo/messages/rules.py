"""Who sees letters and sends them again; when they leave: pure functions."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID

from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.messages.choices import MessageState
from tavolo.messages.letters import ACCOUNT
from tavolo.messages.models import Message, SignedLink
from tavolo.messages.plugs import LetterKind


@dataclass(frozen=True)
class Quiet:
    """From one hour of Rome to the other nothing leaves but what is urgent; no hours where both are equal."""

    begins: time
    ends: time

    def holds(self, at: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= at < self.ends
        return at >= self.begins or at < self.ends


ALWAYS = Quiet(time(0), time(0))


def may_see_letters(actor: Actor, network: UUID) -> bool:
    """The secretariat as a whole, for every kind of letter; and the shell of the installation."""
    return actor.has("operator") or actor.has("network_secretary", network=network)


def may_let_out(kind: LetterKind, actor: Actor | None) -> bool:
    """A letter leaves by a person, or by whoever has the shell; by nobody where a rule of its kind sends it."""
    if actor is None:
        return kind.rule is not None
    return actor.signed_in or actor.has("operator")


def may_be_resent(message: Message) -> bool:
    """Not while it waits, nor what was erased; an invitation is renewed instead, with another link."""
    over = message.state not in {MessageState.QUEUED, MessageState.GATHERED}
    return over and bool(message.text) and message.kind != ACCOUNT


def leaves_at(at: datetime, quiet: Quiet) -> datetime:
    """The first instant from `at` on that is not in quiet hours."""
    local = clock.in_rome(at)
    if not quiet.holds(local.time()):
        return at
    return next_time(local, quiet.ends)


def next_time(at: datetime, hour: time) -> datetime:
    """The next instant after `at` at which the clocks of Rome show that time."""
    local = clock.in_rome(at)
    day = local.date() if local.time() < hour else local.date() + timedelta(days=1)
    return datetime.combine(day, hour, clock.ROME).astimezone(at.tzinfo)


def why_closed(link: SignedLink, now: datetime) -> str:
    """Why a link opens nothing any more, in one word; "" while it does."""
    if link.revoked_at is not None or (
        link.person is not None and link.person.erased_at is not None
    ):
        return "revoked"
    if link.used_at is not None:
        return "used"
    return "expired" if link.expires_at <= now else ""
