from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import log10
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.search.batches import batches
from tavolo.search.plugs import Entry, Hit, searchables
from tavolo.search.queries import closest, matching
from tavolo.territory.models import Municipality, MunicipalityVersion, Population
from tavolo.territory.queries.areas import latest_year
from tavolo.territory.web import addresses

MUNICIPALITY = "territory.municipality"
# Half for being a whole municipality, half by the logarithm of its residents: a million has it all.
WHOLE, MOST = 0.5, 6
NO_MORE = 0.3


def listed() -> QuerySet[Municipality]:
    return Municipality.objects.select_related("province")


class Municipalities:
    """Each municipality under all its names and codes; one that is no more as it was on its last day."""

    key = "municipality"
    slug = "comuni"
    label: Sentence = _("Municipalities")
    order = 50
    subjects: Collection[str] = (MUNICIPALITY,)

    def entries(self, changed: Mapping[str, Collection[UUID]] | None) -> Iterator[Entry]:
        rows = listed() if changed is None else listed().filter(uid__in=self.gone(changed))
        year = latest_year()
        for batch in batches(rows):
            versions, residents = _versions(batch), _residents(batch, year)
            for row in batch:
                yield entry_of(row, versions[row.pk], residents.get(row.pk, 0))

    def gone(self, changed: Mapping[str, Collection[UUID]]) -> Collection[UUID]:
        return changed.get(MUNICIPALITY, ())

    def found(self, _actor: Actor, words: str, *, limit: int) -> Sequence[Hit]:
        """By every name that it has or had, those of today first; one query."""
        named = MunicipalityVersion.objects.filter(matching(words, "search_key"))
        rows = listed().filter(
            matching(words, "search_key") | Exists(named.filter(municipality=OuterRef("pk")))
        )
        return [
            Hit(row.uid, row.name, address_of(row), row.province.title)
            for row in closest(rows, words)[:limit]
        ]

    def detail_words(self, _detail: str) -> str:
        return gettext("Municipality")


def _versions(towns: Sequence[Municipality]) -> Mapping[int, list[MunicipalityVersion]]:
    found: dict[int, list[MunicipalityVersion]] = defaultdict(list)
    for version in MunicipalityVersion.objects.filter(municipality__in=towns).order_by("pk"):
        found[version.municipality_id].append(version)
    return found


def _residents(towns: Sequence[Municipality], year: int | None) -> Mapping[int, int]:
    rows = Population.objects.filter(municipality__in=towns, year=year or 0)
    return dict(rows.values_list("municipality", "total"))


def entry_of(row: Municipality, versions: Sequence[MunicipalityVersion], residents: int) -> Entry:
    codes = {row.istat_code, row.cadastral_code}
    codes |= {code for version in versions for code in (version.istat_code, version.cadastral_code)}
    before = dict.fromkeys(version.name for version in versions if version.name != row.name)
    size = min(log10(max(residents, 1)) / MOST, 1)
    return Entry(
        uid=row.uid,
        title=row.name,
        url=address_of(row),
        # One in two languages is called by either.
        names=(row.name, *(row.name.split("/") if "/" in row.name else ())),
        before=list(before),
        text=" ".join([str(Municipality._meta.verbose_name), row.province.short, *sorted(codes)]),
        place=row.province.title,
        ended=row.last_day,
        province=row.province.title,
        weight=NO_MORE if row.last_day else WHOLE + (1 - WHOLE) * size,
    )


def address_of(row: Municipality) -> str:
    """Its page; of one that is no more as on its last day, because its code may be another's since."""
    href = addresses.municipality(row.istat_code)
    return f"{href}?al={row.last_day.isoformat()}" if row.last_day else href


searchables.add(Municipalities())
