"""Every write of the room: bodies, what is said of them, seats, delegates."""

from tavolo.tables.actions.bodies import edit_body, found_body, found_groups
from tavolo.tables.actions.coordinations import coordinate_areas, seat_offices
from tavolo.tables.actions.delegates import end_delegate, name_delegate
from tavolo.tables.actions.leaving import leave_all_seats
from tavolo.tables.actions.lives import confirm_body, end_body, start_body, succeed_body
from tavolo.tables.actions.regulations import adopt_regulation, correct_regulation
from tavolo.tables.actions.said import (
    add_purpose,
    add_sphere,
    end_said,
    name_body,
    place_body,
    withdraw_said,
)
from tavolo.tables.actions.seats import (
    add_seat,
    change_role,
    correct_seat,
    end_seat,
    pass_seat_on,
    withdraw_seat,
)
from tavolo.tables.actions.sent import withdraw_delegate

__all__ = [
    "add_purpose",
    "add_seat",
    "add_sphere",
    "adopt_regulation",
    "change_role",
    "confirm_body",
    "coordinate_areas",
    "correct_regulation",
    "correct_seat",
    "edit_body",
    "end_body",
    "end_delegate",
    "end_said",
    "end_seat",
    "found_body",
    "found_groups",
    "leave_all_seats",
    "name_body",
    "name_delegate",
    "pass_seat_on",
    "place_body",
    "seat_offices",
    "start_body",
    "succeed_body",
    "withdraw_delegate",
    "withdraw_said",
    "withdraw_seat",
]
