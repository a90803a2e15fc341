"""Persons go where something of a network points at them; how they sign in only where that is asked for."""

from tavolo.kernel.plugs import Goes, Travel

# What Django takes for a password that nobody has.
NOBODY_S = "!moved"

Travel("people.Person", Goes.SHARED)
Travel(
    "people.Account",
    Goes.OF_SHARED,
    path="person",
    emptied={"last_login": None},
    secret={"password": NOBODY_S},
)
Travel("people.Invitation", Goes.WITH_NETWORK, path="network")
Travel("people.CorrectionRequest", Goes.WITH_NETWORK, path="network")
Travel("people.Session", Goes.STAYS, why="Everybody signs in again.")
Travel("people.ApiToken", Goes.STAYS, why="A key for programs opens the installation that made it.")
Travel("people.Identity", Goes.OF_SHARED, path="account__person", accounts=True)
