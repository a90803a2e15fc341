"""Who speaks for it, who is in office, what is vacant and whom to ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from tavolo.registry.queries import InOffice, Speaker, Vacant
from tavolo.registry.web.page.parts import Context, Page, capital, period_words, since
from tavolo.ui import words
from tavolo.ui.address import address


@dataclass(frozen=True)
class Voice:
    """A line: a person with what she is, or an office; `notes` stand beneath in small."""

    title: str
    what: str
    notes: tuple[str, ...] = ()
    href: str = ""
    link: str = ""


def voices(page: Page) -> Context:
    """What the section shows."""
    of_units = [one for one in page.voices.in_office if one.row.unit_id]
    return {
        "speakers": [_speaker(one) for one in page.voices.speakers],
        "in_office": [_in_office(one) for one in page.voices.in_office if one not in of_units],
        "vacant": [_vacant(one, page) for one in page.voices.vacant],
        "before": list(_before(page)),
    }


def in_office_of_unit(page: Page, unit: int) -> list[Voice]:
    return [_in_office(one) for one in page.voices.in_office if one.row.unit_id == unit]


def speaker_words(one: Speaker) -> str:
    """What she speaks as, towards whom and for what, where that was said."""
    said = [one.words]
    if one.network is not None:
        said.append(_("in %(network)s") % {"network": one.network.name})
    if one.matter and one.matter not in one.words:
        said.append(_("for: %(matter)s") % {"matter": one.matter})
    return ", ".join(said)


def _speaker(one: Speaker) -> Voice:
    return Voice(one.person.name, speaker_words(one), (since(one.since),))


def _in_office(one: InOffice) -> Voice:
    what = one.words
    if one.is_delegation:
        what = _("delegated: %(matter)s") % {"matter": one.words}
    return Voice(one.person.name, what, tuple(_notes(one)))


def _notes(one: InOffice) -> Iterator[str]:
    yield since(one.began)
    if one.delegations:
        matters = ", ".join(each.words for each in one.delegations)
        yield _("delegated: %(matter)s") % {"matter": matters}
    if one.row.act:
        yield _("by: %(act)s") % {"act": one.row.act}


def _before(page: Page) -> Iterator[Voice]:
    """Who held what before that day, the last to begin first."""
    for one in page.voices.story:
        if one.row.valid_until is not None and one.row.valid_until <= page.on:
            what = one.words if not one.row.unit else f"{one.words}, {one.row.unit.name}"
            said = period_words(one.began, one.ended)
            yield Voice(one.person.name, what, (said,) if said else ())


def _vacant(one: Vacant, page: Page) -> Voice:
    what = one.words if one.unit is None else f"{one.words}, {one.unit.name}"
    if one.never:
        return Voice(capital(what), _("nobody was ever named"), *_ask(one, page))
    when = one.ended
    if when is not None and when.precision == "day" and not when.bound and one.since:
        told = words.since_words(one.since)
    elif when is not None:
        told = _("after: %(date)s") % {"date": words.partial_words(when)}
    else:
        told = words.since_words(one.since or page.on - timedelta(days=1))
    return Voice(capital(what), _("vacant, %(since)s") % {"since": told}, *_ask(one, page))


def _ask(one: Vacant, page: Page) -> tuple[tuple[str, ...], str, str]:
    """Whom to ask: the line, where it leads, and under which words."""
    ask = one.ask
    if ask.contact:
        mail = f"mailto:{ask.contact}" if "@" in ask.contact else f"tel:{ask.contact}"
        return (_("ask:"),), mail, ask.contact
    if ask.person is not None:
        said = _("ask %(name)s, %(office)s") % {"name": ask.person.name, "office": ask.words}
        return (said,), "", ""
    network = page.organisation.steward
    return (_("ask the secretariat of:"),), address(f"/reti/{network.slug}/"), network.name
