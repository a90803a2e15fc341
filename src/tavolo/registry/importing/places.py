"""Which municipality a row means: by its ISTAT code, with the name as a check, or by its name."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q
from django.utils.translation import gettext_noop

from tavolo.imports.plugs import Context, Given
from tavolo.kernel.text import search_key
from tavolo.registry.importing.words import Wrong
from tavolo.territory.models import Municipality, MunicipalityVersion
from tavolo.territory.queries.editing import territory_ever

UNKNOWN_CODE = gettext_noop("No municipality has or had the ISTAT code %(code)s.")
UNKNOWN_NAME = gettext_noop("No municipality is called %(name)s.")
OTHER_NAME = gettext_noop("The code %(code)s is that of %(name)s, not of %(said)s.")
SEVERAL = gettext_noop("Several municipalities are called %(name)s: write the ISTAT code.")
NO_MORE = gettext_noop("%(name)s ended on %(ends)s.")

CODE, NAME = "istat_code", "municipality"


class Places:
    """The municipalities that rows name: one query, and the network's territory."""

    def __init__(self, rows: Sequence[Given], context: Context) -> None:
        codes = {row.values.get(CODE) for row in rows} - {None}
        names = {_bare(row.values[NAME])[0] for row in rows if row.values.get(NAME)}
        self.by_code: dict[str, list[Municipality]] = defaultdict(list)
        self.by_name: dict[str, list[Municipality]] = defaultdict(list)
        self.called: dict[int, set[str]] = defaultdict(set)
        named = MunicipalityVersion.objects.filter(
            Q(istat_code__in=codes) | Q(search_key__in=names)
        )
        for version in named.select_related("municipality__province").order_by("id"):
            town = version.municipality
            self.by_code[version.istat_code].append(town)
            self.by_name[version.search_key].append(town)
            both = (version.name, town.name, *version.name.split("/"), *town.name.split("/"))
            self.called[town.pk] |= {search_key(name) for name in both}
        self.ours = territory_ever(context.network) if context.network else set()

    def find(self, row: Given) -> Municipality | None:
        """The municipality that the row names; None where it names none. Refuses with Wrong."""
        code, name = row.values.get(CODE), row.values.get(NAME)
        if not (code or name):
            return None
        town = self._by_code(code, name) if code else self._by_name(str(name))
        if town.valid_until is not None:
            ends = town.valid_until.strftime("%d/%m/%Y")
            raise Wrong(NO_MORE, CODE if code else NAME, name=town.name, ends=ends)
        return town

    def _by_code(self, code: str, name: str | None) -> Municipality:
        """Who bears the code, else who bore it last; a name chooses among them."""
        bearers = sorted(self.by_code.get(code, []), key=lambda town: town.valid_until is not None)
        if not bearers:
            raise Wrong(UNKNOWN_CODE, CODE, code=code)
        for town in bearers:
            if not name or _bare(name)[0] in self.called[town.pk]:
                return town
        raise Wrong(OTHER_NAME, NAME, code=code, name=bearers[0].name, said=name)

    def _by_name(self, name: str) -> Municipality:
        """Who is called so, in the province whose letters stand in brackets, in the network first."""
        key, letters = _bare(name)
        towns = {town.pk: town for town in self.by_name.get(key, [])}
        if letters:
            towns = {pk: t for pk, t in towns.items() if t.province.short.lower() == letters}
        for some in (
            {
                pk: town
                for pk, town in towns.items()
                if town.valid_until is None and pk in self.ours
            },
            {pk: town for pk, town in towns.items() if town.valid_until is None},
            towns,
        ):
            if len(some) == 1:
                return next(iter(some.values()))
            if some:
                raise Wrong(SEVERAL, NAME, name=name)
        raise Wrong(UNKNOWN_NAME, NAME, name=name)


def _bare(name: str) -> tuple[str, str]:
    """The folded name, and the letters of the province where they stand in brackets."""
    bare, _bracket, letters = name.partition("(")
    return search_key(bare), letters.strip(" )").lower()
