"""Which municipality a code meant on a day, and which area."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from tavolo.kernel.errors import NotFound
from tavolo.territory.models import Area, AreaMembership, Municipality, MunicipalityVersion
from tavolo.territory.queries.areas import area_at
from tavolo.territory.queries.succession import Kin, kinship_of, versions_of


class State(StrEnum):
    """What a code was on a day.

    VALID: a municipality bore it. OTHER_CODE: who bears it on other days lived under another code,
    which is that of `Resolved.version`. NOT_YET, NO_MORE: before the first and after the last of
    its days. BETWEEN: it had been put to others and was founded again later.
    """

    VALID = "valid"
    OTHER_CODE = "other_code"
    NOT_YET = "not_yet"
    NO_MORE = "no_more"
    BETWEEN = "between"


@dataclass(frozen=True)
class Resolved:
    """What a code meant on a day.

    `version` holds on the day where the state is VALID or OTHER_CODE; else it is the last known
    before it, and where the municipality was not yet, the next.
    """

    municipality: Municipality
    version: MunicipalityVersion
    state: State
    predecessors: tuple[Kin, ...]
    successors: tuple[Kin, ...]


@dataclass(frozen=True)
class ResolvedArea:
    """An area on a day. `leads_to` is where its address leads instead, None where it is shown.

    That is the area of which the code is a former one, or what came in its place where on the day
    it has no members.
    """

    area: Area
    has_members: bool
    leads_to: Area | None


def municipality_on(istat_code: str, day: date) -> Resolved:
    """Who bore that code on that day, or else who bore it last before, or next.

    Province and region come with the municipality. At most four queries. Refuses with NotFound a
    code that nobody ever bore.
    """
    version, state = _version_on(istat_code, day)
    kinship = kinship_of(version.municipality)
    return Resolved(version.municipality, version, state, kinship.predecessors, kinship.successors)


def _version_on(istat_code: str, day: date) -> tuple[MunicipalityVersion, State]:
    bearers = sorted(
        MunicipalityVersion.objects.filter(istat_code=istat_code).select_related(
            "municipality__province", "municipality__region"
        ),
        key=_beginning,
    )
    if not bearers:
        raise NotFound
    for version in bearers:
        if day in version.period:
            return version, State.VALID
    bearer = _last_begun(bearers, day) or bearers[0]
    version, state = _otherwise(versions_of(bearer.municipality), day)
    version.municipality = bearer.municipality
    return version, state


def _otherwise(
    versions: Sequence[MunicipalityVersion], day: date
) -> tuple[MunicipalityVersion, State]:
    """Of a municipality that does not bear the code on the day, what is known for it."""
    before = _last_begun(versions, day)
    if before is None:
        return versions[0], State.NOT_YET
    if day in before.period:
        return before, State.OTHER_CODE
    return before, State.NO_MORE if before is versions[-1] else State.BETWEEN


def _last_begun(versions: Sequence[MunicipalityVersion], day: date) -> MunicipalityVersion | None:
    begun = [version for version in versions if _beginning(version) <= day]
    return begun[-1] if begun else None


def _beginning(version: MunicipalityVersion) -> date:
    return version.valid_from or date.min


def area_on(kind: str, code: str, day: date) -> ResolvedArea:
    """The area under that code and whether anybody belongs to it on that day.

    At most four queries. Refuses with NotFound a code that no area ever had.
    """
    found, is_former = area_at(kind, code)
    if is_former:
        return ResolvedArea(found, has_members=True, leads_to=found)
    has_members = AreaMembership.objects.on(day).filter(area=found).exists()
    return ResolvedArea(found, has_members, None if has_members else _heir(found, day))


def _heir(area: Area, day: date) -> Area | None:
    """What came in its place, where that has members on the day: before it came, nobody leads there."""
    if area.successor_id is None:
        return None
    lives = AreaMembership.objects.on(day).filter(area=area.successor_id).exists()
    return area.successor if lives else None
