"""Who sits where, as what, by which act; and whom they send."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.dated import Recorded, RecordedQuerySet, ends_after_start, recorded_once
from tavolo.kernel.dates import PartialDateField
from tavolo.kernel.models import Network
from tavolo.people.models import Person
from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.models import Organisation, OrganisationUnit
from tavolo.tables.choices import Basis, Category, DelegateKind, HolderKind, SeatEnd, SeatRole
from tavolo.tables.models.bodies import Body

OPEN = models.Q(valid_until__isnull=True, superseded_at__isnull=True)
NO_OFFICE = models.Q(title="", theme="")


class Seat(Recorded):
    """A seat in a body, by an act and for a time; the place stays the same whoever is sent to it.

    It is held by an organisation (or a unit of it); by an office of an organisation (`title`, or the
    matter `theme` that is delegated there), and then by whoever holds that on the day; or by a
    person. `uid` is the seat's own: meetings count it, whatever supersedes the row. `takes_over` is the uid
    of the seat whose place this one took. A seat in a group is another one than that at the table.
    """

    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organisation"),
    )
    unit = models.ForeignKey(
        OrganisationUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit"),
    )
    title = models.CharField(_("office"), max_length=40, choices=OfficeTitle.choices, blank=True)
    theme = models.CharField(
        _("delegated matter"), max_length=40, choices=DelegationTheme.choices, blank=True
    )
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("person"),
    )
    role = models.CharField(
        _("role"), max_length=20, choices=SeatRole.choices, default=SeatRole.MEMBER
    )
    category = models.CharField(_("category"), max_length=30, choices=Category.choices)
    basis = models.CharField(_("came by"), max_length=20, choices=Basis.choices)
    act = models.CharField(_("act"), max_length=300)
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=SeatEnd.choices, blank=True
    )
    end_act = models.CharField(_("act that ended it"), max_length=300, blank=True)
    takes_over = models.UUIDField(_("in the place of"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = RecordedQuerySet["Seat"].as_manager()

    class Meta:
        verbose_name = _("seat in a body")
        verbose_name_plural = _("seats in bodies")
        indexes = [
            models.Index("network", "body", "valid_from", name="body_seat_by_day"),
            models.Index("organisation", "valid_from", name="body_seat_by_organisation"),
            models.Index("person", name="body_seat_by_person"),
        ]
        constraints = [
            ends_after_start("body_seat"),
            recorded_once("body_seat"),
            models.CheckConstraint(name="body_seat_rests_on_an_act", condition=~models.Q(act="")),
            models.CheckConstraint(
                name="body_seat_has_one_holder",
                condition=models.Q(organisation__isnull=False, person__isnull=True)
                | models.Q(NO_OFFICE, organisation__isnull=True, unit__isnull=True)
                & models.Q(person__isnull=False),
            ),
            models.UniqueConstraint(
                "body",
                "organisation",
                name="body_seat_of_organisation_once",
                condition=OPEN & NO_OFFICE & models.Q(unit__isnull=True, person__isnull=True),
            ),
            models.UniqueConstraint(
                "body",
                "unit",
                name="body_seat_of_unit_once",
                condition=OPEN & NO_OFFICE & models.Q(unit__isnull=False),
            ),
            models.UniqueConstraint(
                "body",
                "organisation",
                "title",
                "theme",
                name="body_seat_of_office_once",
                condition=OPEN & ~NO_OFFICE & models.Q(unit__isnull=True),
            ),
            models.UniqueConstraint(
                "body",
                "person",
                name="body_seat_of_person_once",
                condition=OPEN & models.Q(person__isnull=False),
            ),
        ]

    @property
    def holder_kind(self) -> HolderKind:
        if self.person_id is not None:
            return HolderKind.PERSON
        return HolderKind.OFFICE if self.title or self.theme else HolderKind.ORGANISATION


class Delegate(Recorded):
    """That a person is sent to a seat, as effective delegate or as substitute, by an act and for a time.

    `seat` is the uid of the seat, whose rows may be superseded; `body` is the seat's.
    """

    body = models.ForeignKey(Body, models.PROTECT, related_name="+", verbose_name=_("body"))
    seat = models.UUIDField(_("seat in a body"))
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    kind = models.CharField(_("as"), max_length=20, choices=DelegateKind.choices)
    act = models.CharField(_("act"), max_length=300)
    began = PartialDateField(_("began"), blank=True)
    ended = PartialDateField(_("ended"), blank=True)
    end_reason = models.CharField(
        _("why it ended"), max_length=20, choices=SeatEnd.choices, blank=True
    )
    source = models.CharField(_("source"), max_length=300, blank=True)

    objects = RecordedQuerySet["Delegate"].as_manager()

    class Meta:
        verbose_name = _("delegate")
        verbose_name_plural = _("delegates")
        indexes = [
            models.Index("body", "seat", name="delegate_by_seat"),
            models.Index("person", name="delegate_by_person"),
        ]
        constraints = [
            ends_after_start("delegate"),
            recorded_once("delegate"),
            models.CheckConstraint(name="delegate_rests_on_an_act", condition=~models.Q(act="")),
            models.UniqueConstraint(
                "seat",
                name="effective_delegate_once",
                condition=OPEN & models.Q(kind=DelegateKind.EFFECTIVE),
            ),
            models.UniqueConstraint("seat", "person", name="delegate_once", condition=OPEN),
        ]
