"""What ends with a municipality: its places in districts, and its parts."""

from django.db.models import F, OuterRef, Q, Subquery

from tavolo.territory.models import AreaMembership, Municipality, SubMunicipalUnit


def end_what_ended() -> int:
    """A municipality that is no more is in no area and has no parts from that day on.

    What would have begun later stays as it was entered, for somebody to look at. Returns how many
    rows it ended; one query for each table.
    """
    ended = 0
    for model in (AreaMembership, SubMunicipalUnit):
        end = Municipality.objects.filter(pk=OuterRef("municipality")).values("valid_until")
        outliving = model._default_manager.filter(  # noqa: SLF001  # Django's public name for it
            Q(valid_until__isnull=True) | Q(valid_until__gt=F("municipality__valid_until")),
            Q(valid_from__isnull=True) | Q(valid_from__lt=F("municipality__valid_until")),
            municipality__valid_until__isnull=False,
        )
        ended += outliving.update(valid_until=Subquery(end[:1]))
    return ended
