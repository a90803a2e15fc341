"""Appointments as calendar programs read them (RFC 5545, RFC 5546)."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from icalendar import Calendar, Event, vCalAddress, vText

from tavolo.kernel import clock
from tavolo.messages.errors import UnusableHeader


@dataclass(frozen=True)
class Appointment:
    """`uid` is that of the thing and stays; `sequence` grows with each change, as its version does.

    `cancelled`: it does not take place; calendars that know it take it out.
    """

    uid: UUID
    sequence: int
    title: str
    begins: datetime
    ends: datetime
    place: str = ""
    details: str = ""
    organiser: str = ""
    cancelled: bool = False


def calendar_file(told: Appointment, *, attendee: str) -> str:
    """The file for one who is invited. Refuses with UnusableHeader control characters where one line is meant."""
    for line in (told.title, told.place, told.organiser, attendee):
        one_line(line)
    calendar = Calendar()
    calendar.add("prodid", "-//Tavolo//IT")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if told.cancelled else "REQUEST")
    calendar.add_component(_event(told, attendee))
    return str(calendar.to_ical().decode())


def _event(told: Appointment, attendee: str) -> Event:
    event = Event()
    event.add("uid", f"{told.uid}@{urlsplit(settings.TAVOLO_BASE_URL).hostname or 'localhost'}")
    event.add("sequence", told.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", told.begins.astimezone(UTC))
    event.add("dtend", told.ends.astimezone(UTC))
    event.add("summary", told.title)
    event.add("status", "CANCELLED" if told.cancelled else "CONFIRMED")
    if told.place:
        event.add("location", told.place)
    if told.details:
        event.add("description", many_lines(told.details))
    event.add("organizer", _who(settings.DEFAULT_FROM_EMAIL, told.organiser))
    event.add("attendee", _who(attendee, ""), encode=False)
    return event


def _who(address: str, name: str) -> vCalAddress:
    found = vCalAddress(f"mailto:{address.rpartition('<')[2].rstrip('>')}")
    if name:
        # A quotation mark cannot stand in a parameter, whatever surrounds it.
        found.params["cn"] = vText(name.replace('"', "’"))
    return found


def one_line(text: str) -> str:
    """The text, trimmed. Refuses with UnusableHeader a line break or another control character in it."""
    bare = text.strip()
    if any(unicodedata.category(sign) in {"Cc", "Zl", "Zp", "Cs"} for sign in bare):
        raise UnusableHeader
    return bare


def many_lines(text: str) -> str:
    """The text with its line breaks and tabs, and without any other control character."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(
        sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) not in {"Cc", "Cs"}
    )
