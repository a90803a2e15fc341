"""Organisations: the register, and what may be edited of it."""

from datetime import date

from django.db.models import Q, QuerySet

from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import NotFound
from tavolo.kernel.text import search_key
from tavolo.registry import rules
from tavolo.registry.choices import OrganisationKind
from tavolo.registry.models import Organisation, Participation
from tavolo.registry.queries.networks import networks_run_by
from tavolo.registry.queries.words import matching
from tavolo.territory.models import Municipality


def organisation_by_code(code: str) -> Organisation:
    """With its steward and its seat. Refuses with NotFound."""
    organisation = with_its_place().filter(code=code).first()
    if organisation is None:
        raise NotFound
    return organisation


def with_its_place() -> QuerySet[Organisation]:
    """Every organisation, with its steward and its seat."""
    return Organisation.objects.select_related("steward", "municipality__province")


def standing_for_themselves() -> QuerySet[Organisation]:
    """All but those that turned out to be another (`followed` leads from those to it)."""
    return Organisation.objects.filter(merged_into__isnull=True)


def organisations(
    *, words: str = "", kind: str = "", network: str = "", on: date
) -> QuerySet[Organisation]:
    """The register of today, with seats: those that match the words, of a kind, taking part in a network.

    Who was merged into another is left out.
    """
    rows = standing_for_themselves().select_related("municipality").filter(matching(words))
    if kind:
        rows = rows.filter(kind=kind)
    if network:
        # A list of keys, read once: asked row by row, SQLite goes through the network each time.
        taking_part = Participation.objects.on(on).filter(network__slug=network)
        rows = rows.filter(pk__in=taking_part.values("organisation"))
    return rows


def organisations_editable_by(actor: Actor) -> QuerySet[Organisation]:
    """`rules.may_edit_organisation` in SQL."""
    return Organisation.objects.filter(steward__in=networks_run_by(actor, rules.ORGANISATIONS))


def organisations_at_work(
    actor: Actor, *, words: str = "", kind: str = "", network: str = "", on: date
) -> QuerySet[Organisation]:
    """Of the register, those that her networks steward and those that take part in them.

    A deputy's networks are those where she has a part of the work on organisations or on people.
    """
    run = networks_run_by(actor, rules.ORGANISATIONS) | networks_run_by(actor, rules.PEOPLE)
    here = Participation.objects.on(on).filter(network__in=run)
    rows = organisations(words=words, kind=kind, network=network, on=on)
    return rows.filter(Q(steward__in=run) | Q(pk__in=here.values("organisation")))


def municipalities_called(text: str) -> list[Municipality]:
    """Those of today whose whole name it is, with or without the letters of the province in brackets."""
    name, _bracket, letters = text.partition("(")
    living = Municipality.objects.filter(valid_until__isnull=True)
    rows = living.select_related("province").filter(search_key=search_key(name))
    if letters:
        rows = rows.filter(province__short=letters.strip(" )").upper())
    return list(rows.order_by("sort_key", "id"))


def kinds_in_use() -> list[OrganisationKind]:
    """The kinds that some organisation has, in the order of the vocabulary; one query."""
    used = set(standing_for_themselves().order_by().values_list("kind", flat=True).distinct())
    return [kind for kind in OrganisationKind if kind in used]
