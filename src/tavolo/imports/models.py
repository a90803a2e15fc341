"""A file that somebody brought, row by row: what it says, what it would change, what it changed."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tavolo.imports.choices import Outcome, State, Work
from tavolo.kernel.models import Blob, Network, Versioned


class Batch(Versioned):
    """One import of one file.

    `kind` is the key of an `ImportKind`; `by` the person who brought the file, empty for the
    operator. `headings` are the columns as the file has them, `columns` the place of each field
    (`{"istat_code": 0}`), `options` what was asked once for the whole file. `counts` says how many
    rows have which `Outcome`. `refusal` is the sentence of a file that could not be read: a message
    id and its values. `problem` is why the last work ended without success, likewise; `remarks` are
    what is to be known of a file that could be read.

    `job` is the background job that does `work`; `plan` the digest of what was shown, with which
    an import compares what it would do. `moved_at` is when anything last happened to the batch: so
    long after that its file, rows and changes are deleted, at `emptied_at`; its counts stay.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("what is imported"), max_length=60)
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, related_name="+", verbose_name=_("network")
    )
    by = models.UUIDField(_("brought by"), null=True)
    blob = models.ForeignKey(
        Blob, models.SET_NULL, null=True, related_name="+", verbose_name=_("file")
    )
    file_name = models.CharField(_("name of the file"), max_length=255)
    sheet = models.CharField(_("sheet"), max_length=255, blank=True)
    sheets = models.JSONField(_("sheets"), default=list)
    headings = models.JSONField(_("headings"), default=list)
    remarks = models.JSONField(_("remarks on the file"), default=list)
    columns = models.JSONField(_("columns"), default=dict)
    options = models.JSONField(_("options"), default=dict)
    state = models.CharField(
        _("state"), max_length=10, choices=State.choices, default=State.RECEIVED
    )
    work = models.CharField(
        _("under way"), max_length=10, choices=Work.choices, default=Work.NONE, blank=True
    )
    refusal = models.JSONField(_("why it could not be read"), null=True)
    problem = models.JSONField(_("why the last step failed"), null=True)
    counts = models.JSONField(_("rows by outcome"), default=dict)
    received_at = models.DateTimeField(_("received at"))
    applied_at = models.DateTimeField(_("imported at"), null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    job = models.UUIDField(null=True, editable=False)
    plan = models.CharField(max_length=64, blank=True, editable=False)
    moved_at = models.DateTimeField(_("last moved at"))
    emptied_at = models.DateTimeField(_("rows deleted at"), null=True)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        indexes = [models.Index("network", "id", name="batch_of_network")]
        constraints = [
            models.CheckConstraint(
                name="batch_applied_has_its_time",
                condition=Q(applied_at__isnull=False) | ~Q(state__in=("applied", "undone")),
            ),
        ]


class Row(models.Model):
    """A row of the file. `number` is its place in the file as a spreadsheet shows it, headings are 1.

    `cells` are the texts as read, corrected ones included (`mended` holds what stood there before).
    `faults` are `{"field", "message", "values"}`; `likely` are `{"subject", "label", "why"}`;
    `decision` is "new", or the subject with which it is the same, once somebody said so.
    """

    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", verbose_name=_("import"))
    number = models.PositiveIntegerField(_("row"))
    cells = models.JSONField(_("cells"))
    mended = models.JSONField(_("before it was corrected"), default=dict)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices, blank=True)
    faults = models.JSONField(_("faults"), default=list)
    likely = models.JSONField(_("perhaps the same as"), default=list)
    decision = models.CharField(_("decision"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of imports")
        constraints = [
            models.UniqueConstraint(fields=["batch", "number"], name="import_row_once"),
        ]
        indexes = [models.Index("batch", "outcome", "number", name="import_row_by_outcome")]


class Change(models.Model):
    """One thing that a batch makes or changes, because of a row.

    `subject` is the kind's own key of it. `before` is None for what was not there. Planned with the
    check, `after` is read again once it is written; undoing compares it with what is there. `left`
    says that undoing left it alone, because somebody had changed it since.
    """

    batch = models.ForeignKey(
        Batch, models.CASCADE, related_name="changes", verbose_name=_("import")
    )
    number = models.PositiveIntegerField(_("row"))
    subject = models.CharField(_("subject"), max_length=200)
    label = models.CharField(_("in words"), max_length=300)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    left = models.BooleanField(_("left as it was when undone"), default=False)

    class Meta:
        verbose_name = _("change by an import")
        verbose_name_plural = _("changes by imports")
        constraints = [
            models.UniqueConstraint(fields=["batch", "subject"], name="import_change_once"),
        ]
        indexes = [models.Index("batch", "number", "id", name="import_change_in_order")]


class RememberedColumn(models.Model):
    """That a heading was said to be a field: proposed the next time, per network."""

    network = models.ForeignKey(Network, models.CASCADE, null=True, related_name="+")
    kind = models.CharField(_("what is imported"), max_length=60)
    heading = models.CharField(_("heading, folded"), max_length=200)
    field = models.CharField(_("field"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("remembered column")
        verbose_name_plural = _("remembered columns")
        constraints = [
            models.UniqueConstraint(
                fields=["network", "kind", "heading"], name="remembered_column_once"
            ),
            models.UniqueConstraint(
                fields=["kind", "heading"],
                name="remembered_column_of_installation_once",
                condition=Q(network__isnull=True),
            ),
        ]
