"""What a network imported goes with it, so that it can be undone there too."""

from tavolo.imports.choices import Work
from tavolo.kernel.plugs import Goes, Travel

Travel(
    "imports.Batch",
    Goes.WITH_NETWORK,
    path="network",
    # Work that was begun here is done here; there it is begun again.
    emptied={"job": None, "work": Work.NONE},
    soft={"by": "people.Person"},
)
Travel("imports.Row", Goes.WITH_NETWORK, path="batch__network", mentions=("likely", "decision"))
Travel(
    "imports.Change",
    Goes.WITH_NETWORK,
    path="batch__network",
    mentions=("subject", "before", "after"),
)
Travel("imports.RememberedColumn", Goes.WITH_NETWORK, path="network")
