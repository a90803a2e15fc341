"""What of this room, and of people beneath it, can have a number of a register outside."""

from tavolo.kernel.plugs import numbered
from tavolo.messages.pec.things import Letters, Pecs, Requests

numbered.add(Pecs())
numbered.add(Requests())
numbered.add(Letters())
