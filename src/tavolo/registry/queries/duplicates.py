"""Organisations of the register that are perhaps one and the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from tavolo.kernel.actor import Actor
from tavolo.registry.likeness import Likeness, Reason
from tavolo.registry.models import Organisation
from tavolo.registry.queries.networks import networks_run_by
from tavolo.registry.queries.traits import Register
from tavolo.registry.rules import ORGANISATIONS


@dataclass(frozen=True)
class Double:
    """`one` is an organisation that the actor may merge; `other` may be kept by another network."""

    one: Organisation
    other: Organisation
    reason: Reason
    score: float


def probable_doubles(actor: Actor, *, most: int) -> tuple[Sequence[Double], int]:
    """The likeliest first, at most so many, and how many there are; six queries.

    Each pair once, of which one at least is kept by a network that the actor runs. The whole
    register is compared: a second or two for some thousands.
    """
    networks = list(networks_run_by(actor, ORGANISATIONS).values_list("pk", flat=True))
    register = Register(networks)
    mine = [code for code, entry in register.living.items() if entry.steward in networks]
    likeness = Likeness(register.traits())
    own, seen = set(mine), set[frozenset[str]]()
    found = []
    for code in mine:
        for alike in likeness.like(code):
            pair = frozenset({code, alike.key})
            if pair not in seen:
                seen.add(pair)
                # Of two of her own the later entry is the double of the earlier.
                one, other = code, alike.key
                if other in own and register.living[other].pk > register.living[one].pk:
                    one, other = other, one
                found.append((one, other, alike.reason, alike.score))
    found.sort(key=lambda each: -each[3])
    shown = found[:most]
    rows = {
        row.code: row
        for row in Organisation.objects.filter(
            code__in={code for one, other, *_rest in shown for code in (one, other)}
        ).select_related("municipality", "steward")
    }
    return [Double(rows[one], rows[other], why, score) for one, other, why, score in shown], len(
        found
    )
