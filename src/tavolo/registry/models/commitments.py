"""What was promised: by whom, by when, and what became of it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.people.models import Person
from tavolo.registry.choices import CommitmentState
from tavolo.registry.models.organisations import Organisation


class Commitment(Keyed, Versioned):
    """`name` is what is to be done. Nothing without owner and term, or an explicit none of either.

    A decision and a clause of a protocol point down to it. `source` says where it was promised.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who promised"),
    )
    no_owner = models.BooleanField(_("nobody in particular"), default=False)
    due = models.DateField(_("by when"), null=True, blank=True)
    no_due = models.BooleanField(_("without a term"), default=False)
    details = models.TextField(_("details"), blank=True)
    state = models.CharField(
        _("state"),
        max_length=20,
        choices=CommitmentState.choices,
        default=CommitmentState.OPEN,
    )
    public = models.BooleanField(_("public"), default=False)
    source = models.CharField(_("where it was promised"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("created at"))

    class Meta:
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        indexes = [
            models.Index("network", "due", "id", name="commitment_by_term"),
            models.Index("owner", "due", "id", name="commitment_by_owner"),
        ]
        constraints = [
            models.CheckConstraint(
                name="commitment_has_an_owner_or_none",
                condition=models.Q(owner__isnull=False, no_owner=False)
                | models.Q(owner__isnull=True, no_owner=True),
            ),
            models.CheckConstraint(
                name="commitment_has_a_term_or_none",
                condition=models.Q(due__isnull=False, no_due=False)
                | models.Q(due__isnull=True, no_due=True),
            ),
        ]


class CommitmentStep(models.Model):
    """Something that happened to a commitment: a new state, a new term, evidence. Never rewritten.

    `on` is the day of which the evidence speaks, `at` when it was entered and by whom.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    commitment = models.ForeignKey(
        Commitment, models.PROTECT, related_name="+", verbose_name=_("commitment")
    )
    state = models.CharField(_("state"), max_length=20, choices=CommitmentState.choices)
    due = models.DateField(_("by when"), null=True, blank=True)
    owner = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("who promised"),
    )
    on = models.DateField(_("day"))
    note = models.TextField(_("note"), blank=True)
    address = models.URLField(_("address of the evidence"), max_length=300, blank=True)
    at = models.DateTimeField(_("entered at"))
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )

    class Meta:
        verbose_name = _("step of a commitment")
        verbose_name_plural = _("steps of commitments")
        indexes = [models.Index("commitment", "id", name="step_by_commitment")]
