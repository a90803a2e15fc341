"""Reads of the room: bodies, rosters, who has not joined, where somebody sits."""

from tavolo.tables.queries.bodies import (
    BODY_ORDER,
    BodyAsOf,
    bodies_on,
    body_as_of,
    body_by_code,
    body_by_uid,
    called,
    with_adherents,
)
from tavolo.tables.queries.joining import NotJoined, not_joined, seats_story, where_they_sit
from tavolo.tables.queries.names import names_on
from tavolo.tables.queries.roster import Roster, SeatLine, roster, rosters, seat_line
from tavolo.tables.queries.senders import Sent, office_of

__all__ = [
    "BODY_ORDER",
    "BodyAsOf",
    "NotJoined",
    "Roster",
    "SeatLine",
    "Sent",
    "bodies_on",
    "body_as_of",
    "body_by_code",
    "body_by_uid",
    "called",
    "names_on",
    "not_joined",
    "office_of",
    "roster",
    "rosters",
    "seat_line",
    "seats_story",
    "where_they_sit",
    "with_adherents",
]
