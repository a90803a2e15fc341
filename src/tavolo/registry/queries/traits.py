"""The register by what tells organisations apart: who is there, under which names and numbers."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from tavolo.kernel.text import search_key
from tavolo.registry.choices import Channel, IdentifierScheme
from tavolo.registry.likeness import Traits, domains_of
from tavolo.registry.models import Contact, Identifier, Organisation, OrganisationName
from tavolo.registry.rules import is_administration

Numbered = tuple[str, str]  # scheme and number


@dataclass
class Entry:
    """An organisation of the register. `place` is the key of its municipality."""

    pk: int
    code: str
    name: str
    place: int | None
    place_name: str
    steward: int
    merged_into: int | None
    administration: bool
    names: list[str] = field(default_factory=list)
    numbers: set[Numbered] = field(default_factory=set)
    addresses: list[str] = field(default_factory=list)

    def tax_code(self) -> str:
        return next((n for scheme, n in self.numbers if scheme == IdentifierScheme.TAX_CODE), "")

    @property
    def traits(self) -> Traits:
        return Traits(
            self.code,
            tuple(dict.fromkeys([self.name, *self.names])),
            self.place,
            self.place_name,
            frozenset(f"{scheme}:{number}" for scheme, number in self.numbers),
            domains_of(self.addresses),
        )


class Register:
    """All that is there, in four queries. What is not public counts for organisations of `stewards` alone.

    Who was merged is known by its names and numbers still, and stands for the one that it is.
    """

    def __init__(self, stewards: Collection[int]) -> None:
        entries = _entries()
        _with_names(entries)
        _with_numbers(entries)
        _with_addresses(entries, stewards)
        self.by_code: dict[str, Entry] = {}
        self.by_number: dict[Numbered, list[Entry]] = defaultdict(list)
        self.by_name: dict[tuple[str, int | None], list[Entry]] = defaultdict(list)
        for entry in entries.values():
            survivor = _survivor(entry, entries)
            self.by_code[entry.code] = survivor
            if survivor is not entry:
                survivor.names += [entry.name, *entry.names]
                survivor.numbers |= entry.numbers
        self.living = {code: entry for code, entry in self.by_code.items() if code == entry.code}
        for entry in self.living.values():
            for number in sorted(entry.numbers):
                self.by_number[number].append(entry)
            for key in {search_key(name) for name in (entry.name, *entry.names)}:
                self.by_name[key, entry.place].append(entry)

    def traits(self) -> Iterable[Traits]:
        return (entry.traits for entry in self.living.values())


def _entries() -> dict[int, Entry]:
    rows = Organisation.objects.order_by("sort_key", "pk").values_list(
        *("pk", "code", "name", "municipality", "municipality__name", "steward", "merged_into"),
        *("website", "public_email", "tax_code", "kind", "is_administration"),
    )
    found = {}
    for pk, code, name, place, place_name, steward, merged_into, *rest in rows:
        website, email, tax_code, kind, said = rest
        body = is_administration(said, kind)
        entry = Entry(pk, code, name, place, place_name or "", steward, merged_into, body)
        entry.addresses += filter(None, (website, email))
        if tax_code:
            entry.numbers.add((IdentifierScheme.TAX_CODE.value, tax_code))
        found[pk] = entry
    return found


def _with_names(entries: Mapping[int, Entry]) -> None:
    rows = OrganisationName.objects.known().order_by("pk")
    for pk, name in rows.values_list("organisation", "name"):
        entries[pk].names.append(name)


def _with_numbers(entries: Mapping[int, Entry]) -> None:
    for pk, scheme, value in Identifier.objects.known().values_list(
        "organisation", "scheme", "value"
    ):
        entries[pk].numbers.add((scheme, value))


def _with_addresses(entries: Mapping[int, Entry], stewards: Collection[int]) -> None:
    rows = Contact.objects.known().exclude(channel=Channel.PHONE)
    rows = rows.filter(Q(public=True) | Q(organisation__steward__in=stewards))
    for pk, value in rows.order_by("pk").values_list("organisation", "value"):
        entries[pk].addresses.append(value)


def _survivor(entry: Entry, entries: Mapping[int, Entry]) -> Entry:
    while entry.merged_into is not None:
        entry = entries[entry.merged_into]
    return entry
