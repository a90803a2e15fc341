"""What is true for a time: half-open `[valid_from, valid_until)`, spoken inclusively (decision 3)."""

import uuid
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Self, TypeVar

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.utils.translation import gettext_lazy as _

M = TypeVar("M", bound=models.Model)


@dataclass(frozen=True)
class Period:
    """Half-open; None at the start is "since before the data", None at the end "until further notice"."""

    valid_from: date | None = None
    valid_until: date | None = None

    def __contains__(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day < self.valid_until
        )

    @property
    def last_day(self) -> date | None:
        """The day said in "fino al": the last on which it still holds."""
        return self.valid_until - timedelta(days=1) if self.valid_until else None

    def overlaps(self, other: Self) -> bool:
        """Whether some day lies in both; an empty period overlaps nothing."""
        starts = [p.valid_from for p in (self, other) if p.valid_from is not None]
        ends = [p.valid_until for p in (self, other) if p.valid_until is not None]
        return not starts or not ends or max(starts) < min(ends)


def valid_on(day: date, prefix: str = "") -> Q:
    """The rows that hold on `day`; `prefix` leads to them through a relation (`"membership__"`)."""
    start, end = f"{prefix}valid_from", f"{prefix}valid_until"
    return (Q(**{f"{start}__isnull": True}) | Q(**{f"{start}__lte": day})) & (
        Q(**{f"{end}__isnull": True}) | Q(**{f"{end}__gt": day})
    )


class DatedQuerySet(models.QuerySet[M]):
    def on(self, day: date) -> Self:
        """Those that hold on `day`."""
        return self.filter(valid_on(day))


class Dated(models.Model):
    """A row that holds for a time. Its end is exclusive and after its start."""

    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def period(self) -> Period:
        return Period(self.valid_from, self.valid_until)

    @property
    def last_day(self) -> date | None:
        return self.period.last_day


def ends_after_start(table: str) -> models.CheckConstraint:
    """The constraint that each dated table carries; `table` makes its name speak."""
    return models.CheckConstraint(
        name=f"{table}_ends_after_start",
        condition=Q(valid_from__isnull=True)
        | Q(valid_until__isnull=True)
        | Q(valid_until__gt=F("valid_from")),
    )


class RecordedQuerySet(DatedQuerySet[M]):
    def on(self, day: date, *, known_at: datetime | None = None) -> Self:
        """Those that hold on `day`, as it is known now or was known on that instant."""
        return super().on(day).known(known_at)

    def known(self, at: datetime | None = None) -> Self:
        """What is held to be true now, or what was on that instant."""
        if at is None:
            return self.filter(superseded_at__isnull=True)
        return self.filter(recorded_at__lte=at).exclude(superseded_at__lte=at)


class Recorded(Dated):
    """A fact with two times: when it holds, and from when to when it was held to be true (decision 3).

    A row is never rewritten: who changes or corrects a fact supersedes the row and writes another
    under the same `uid`. A fact that was never true is superseded by none.
    """

    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    recorded_at = models.DateTimeField(_("recorded at"))
    superseded_at = models.DateTimeField(_("superseded at"), null=True, blank=True)

    class Meta:
        abstract = True


def recorded_once(table: str) -> models.UniqueConstraint:
    """The constraint that each recorded table carries: of a fact one row is held to be true."""
    return models.UniqueConstraint(
        "uid", name=f"{table}_held_once", condition=Q(superseded_at__isnull=True)
    )


def closing(day: date) -> dict[str, Any]:
    """What ends a dated row: the fields for `.update()` so that `day` is the last on which it holds.

    The last day that a calendar has (31 December 9999) is how some say "until further notice".
    """
    return {"valid_until": None if day == date.max else day + timedelta(days=1)}


def latest_first() -> OrderBy:
    """An order for dated rows: the last to begin first, on every database what always held at the end."""
    return F("valid_from").desc(nulls_last=True)
