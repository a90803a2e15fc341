"""The chain of a network goes with it whole: entries, what is kept of their values, seals."""

from tavolo.kernel.plugs import Goes, Travel

PERSONS = {"actor": "people.Person", "acting_for": "people.Person"}

Travel("journal.Entry", Goes.WITH_NETWORK, path="network", soft=PERSONS)
Travel("journal.EntryValue", Goes.WITH_NETWORK, path="entry__network")
Travel("journal.Seal", Goes.WITH_NETWORK, path="entry__network")
