"""Municipalities with a past: other names, other codes, mergers, other provinces."""

from datetime import date

from tavolo.territory.choices import SuccessionKind
from tavolo.territory.models import (
    Area,
    AreaMembership,
    Municipality,
    MunicipalityVersion,
    Population,
    Succession,
)
from tests.factories.territory import BANDS, a_municipality

Told = tuple[str, str, date | None, date | None]  # name, ISTAT code, from, until


def with_versions(town: Municipality, *versions: Told) -> Municipality:
    """The town bore these names and codes, the earliest first; its life is that of all of them."""
    town.versions.all().delete()
    for name, code, begin, end in versions:
        MunicipalityVersion(
            municipality=town, name=name, istat_code=code, valid_from=begin, valid_until=end
        ).save()
    town.name, town.istat_code = versions[-1][:2]
    town.valid_from, town.valid_until = versions[0][2], versions[-1][3]
    town.save()
    return town


def merged(
    name: str,
    code: str,
    day: date,
    *before: tuple[str, str],
    province: Area,
    kind: SuccessionKind = SuccessionKind.MERGER,
) -> Municipality:
    """A municipality that begins on `day`, and those, by name and code, that went into it."""
    town = with_versions(
        a_municipality(name, province=province, istat_code=code), (name, code, day, None)
    )
    AreaMembership.objects.filter(municipality=town).update(valid_from=day)
    for old_name, old_code in before:
        old = with_versions(
            a_municipality(
                old_name, province=province, istat_code=old_code, people=None, drawn=False
            ),
            (old_name, old_code, None, day),
        )
        AreaMembership.objects.filter(municipality=old).update(valid_until=day)
        Succession.objects.create(predecessor=old, successor=town, day=day, kind=kind, act="L.R. 1")
    return town


def counted(town: Municipality, year: int, women: int, men: int, *, derived: bool = False) -> None:
    Population.objects.create(
        municipality=town,
        year=year,
        women=women,
        men=men,
        total=women + men,
        bands=BANDS,
        derived=derived,
    )
