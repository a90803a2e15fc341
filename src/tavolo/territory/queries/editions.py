"""What a drawing of the whole country rests on: when it must be made anew."""

from datetime import date

from django.db.models import Max, Q

from tavolo.kernel.models import AnnouncedFact
from tavolo.territory.models import Municipality


def territory_edition() -> str:
    """The uid of the last fact that this room announced; "" where it never announced any.

    Whatever changes municipalities, population, boundaries or areas announces one.
    """
    told = AnnouncedFact.objects.filter(key__startswith="territory.").order_by("-id")
    uid = told.values_list("uid", flat=True).first()
    return str(uid) if uid else ""


def lives_since(on: date) -> date | None:
    """The last day, up to `on`, on which a municipality began or ended; None where none ever did.

    From that day to `on` there were the same municipalities.
    """
    told = Municipality.objects.aggregate(
        began=Max("valid_from", filter=Q(valid_from__lte=on)),
        ended=Max("valid_until", filter=Q(valid_until__lte=on)),
    )
    return max((day for day in told.values() if day), default=None)
