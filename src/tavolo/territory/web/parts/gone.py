"""Sentences about a municipality that is not, not yet or no more what its code says."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import MunicipalityVersion
from tavolo.territory.queries import Kin, Resolved, State
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import DAY, Asked
from tavolo.territory.web.parts.tables import period_words
from tavolo.territory.web.parts.wording import listed
from tavolo.ui import words
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.card import CardLink
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.table import Column, Row, Table

Versions = Sequence[MunicipalityVersion]


@dataclass(frozen=True)
class Gone:
    """What is said in place of the municipality, and where one can go; the first link is the main one."""

    state: Badge
    sentence: str
    links: tuple[CardLink, ...]


def told(resolved: Resolved, versions: Versions, asked: Asked, to: Addresses) -> Gone:
    """The state, one clear sentence, and links."""
    if resolved.state is State.NOT_YET:
        return _not_yet(resolved, asked, to)
    if resolved.state is State.BETWEEN:
        return _between(resolved, versions, asked, to)
    return _no_more(resolved, to)


def _until(version: MunicipalityVersion) -> Badge:
    ended = words.until_words(version.valid_until) if version.valid_until else ""
    return Badge("over", _("A municipality no more"), ended)


def _since(version: MunicipalityVersion) -> Badge:
    begun = words.since_words(version.valid_from) if version.valid_from else ""
    return Badge("off", _("Not yet a municipality"), begun)


def _no_more(resolved: Resolved, to: Addresses) -> Gone:
    heirs = [kin for kin in resolved.successors if kin.kind != SuccessionKind.PART]
    parts = [kin for kin in resolved.successors if kin.kind == SuccessionKind.PART]
    links = [*_to(heirs or parts, to), *_last_day(resolved.version, to)]
    sentence = _no_more_words(resolved.version, heirs, parts)
    return Gone(_until(resolved.version), sentence, tuple(links))


def _no_more_words(version: MunicipalityVersion, heirs: Sequence[Kin], parts: Sequence[Kin]) -> str:
    said = {"name": version.name, "names": _names(heirs or parts)}
    if heirs:
        said["date"] = words.on_words(heirs[-1].day)
        if heirs[-1].kind == SuccessionKind.MERGER:
            return _("%(name)s merged into %(names)s %(date)s.") % said
        return _("%(name)s was incorporated in %(names)s %(date)s.") % said
    said["date"] = words.until_words(version.valid_until) if version.valid_until else ""
    if parts:
        return _("%(name)s existed %(date)s; parts of its territory went to %(names)s.") % said
    return _("%(name)s existed %(date)s; the data do not say what came in its place.") % said


def _not_yet(resolved: Resolved, asked: Asked, to: Addresses) -> Gone:
    version = resolved.version
    merged = [kin for kin in resolved.predecessors if kin.day == version.valid_from]
    said = {
        "then": words.on_words(asked.on),
        "name": version.name,
        "names": _names(merged),
        "date": words.on_words(version.valid_from or asked.on),
    }
    if merged:
        sentence = _(
            "%(then)s %(name)s did not exist yet: it begins %(date)s, merged from %(names)s."
        )
    else:
        sentence = _("%(then)s %(name)s did not exist yet: it begins %(date)s.")
    links = (*_to(merged, to), *_first_day(version, to))
    return Gone(_since(version), _capital(sentence % said), links)


def _between(resolved: Resolved, versions: Versions, asked: Asked, to: Addresses) -> Gone:
    before = resolved.version
    after = next(
        there for here, there in pairwise(versions) if here.valid_until == before.valid_until
    )
    said = {
        "then": words.on_words(asked.on),
        "name": before.name,
        "date": words.on_words(after.valid_from or asked.on),
    }
    sentence = _("%(then)s %(name)s had been put to others; it is founded again %(date)s.") % said
    return Gone(
        _until(before),
        _capital(sentence),
        (*_to(resolved.successors, to), *_last_day(before, to), *_first_day(after, to)),
    )


def _to(kin: Sequence[Kin], to: Addresses) -> list[CardLink]:
    return [CardLink(each.name, to.municipality(each.istat_code)) for each in kin]


def _last_day(version: MunicipalityVersion, to: Addresses) -> list[CardLink]:
    if version.valid_until is None:
        return []
    last = version.valid_until - timedelta(days=1)
    label = _("%(name)s on its last day") % {"name": version.name}
    return [CardLink(label, _at(version, last, to))]


def _first_day(version: MunicipalityVersion, to: Addresses) -> list[CardLink]:
    if version.valid_from is None:
        return []
    label = _("%(name)s on its first day") % {"name": version.name}
    return [CardLink(label, _at(version, version.valid_from, to))]


def _at(version: MunicipalityVersion, day: date, to: Addresses) -> str:
    return to.municipality(version.istat_code, **{DAY: day.isoformat()})


def renamed(version: MunicipalityVersion, versions: Versions) -> list[str]:
    """What it was called before that day, and after, where that was something else."""
    told = []
    before = [each for each in versions if _begins(each) < _begins(version)]
    after = [each for each in versions if _begins(each) > _begins(version)]
    old = next((each for each in reversed(before) if each.name != version.name), None)
    new = next((each for each in reversed(after) if each.name != version.name), None)
    if old is not None and old.valid_until is not None:
        told.append(
            _("It was called %(name)s %(date)s.")
            % {"name": old.name, "date": words.until_words(old.valid_until)}
        )
    if new is not None:
        told.append(_("Now it is called %(name)s.") % {"name": new.name})
    return told


def came_by(code: str, version: MunicipalityVersion, versions: Versions) -> str:
    """What is said to whoever asked for another code of the same municipality."""
    bore = next((each for each in reversed(versions) if each.istat_code == code), None)
    if bore is None or code == version.istat_code:
        return ""
    return _(
        "You asked for the code %(old)s, which it bore %(period)s: here its code is %(code)s."
    ) % {
        "old": code,
        "period": period_words(bore.period),
        "code": version.istat_code,
    }


def names_table(versions: Versions) -> Table | None:
    """Every name with its codes; None where there was only one."""
    if not versions[1:]:
        return None
    return Table(
        caption=_("Names and codes over time"),
        columns=(
            Column(_("Name")),
            Column(_("ISTAT code")),
            Column(_("Cadastral code")),
            Column(_("Period")),
        ),
        rows=tuple(
            Row.of(
                each.name, each.istat_code, each.cadastral_code or None, period_words(each.period)
            )
            for each in reversed(versions)
        ),
        empty=EmptyState(_("No names"), _("None is known.")),
        key="nomi",
        dense=True,
    )


def _begins(version: MunicipalityVersion) -> date:
    return version.valid_from or date.min


def _names(kin: Sequence[Kin]) -> str:
    return listed([each.name for each in kin])


def _capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
