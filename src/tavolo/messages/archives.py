"""Letters that left go along; what still waits leaves from here, once."""

from django.db.models import Q

from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Goes, Travel
from tavolo.messages.choices import MessageState


def left(_network: Network) -> Q:
    return ~Q(state=MessageState.QUEUED)


def of_one_that_left(_network: Network) -> Q:
    return ~Q(message__state=MessageState.QUEUED)


Travel(
    "messages.Message",
    Goes.WITH_NETWORK,
    path="network",
    only=left,
    soft={"sent_by": "people.Person"},
    loose=("resend_of", "gathered_into"),
)
Travel("messages.MessageEvent", Goes.WITH_NETWORK, path="message__network", only=of_one_that_left)
Travel("messages.SignedLink", Goes.STAYS, why="A link leads to the installation that made it.")
Travel("messages.BadAddress", Goes.STAYS, why="Known by the mail server of this installation.")
Travel("messages.Gathering", Goes.OF_SHARED, path="person")
Travel(
    "messages.PecMessage",
    Goes.WITH_NETWORK,
    path="network",
    soft={"received_by": "people.Person"},
)
Travel(
    "messages.PecBinding",
    Goes.WITH_NETWORK,
    path="message__network",
    soft={"decided_by": "people.Person"},
)
Travel(
    "messages.ExternalNumber",
    Goes.WITH_NETWORK,
    path="network",
    soft={"recorded_by": "people.Person"},
)
Travel(
    "messages.PecMailbox",
    Goes.STAYS,
    why="Its password is sealed with a key of this installation.",
)
