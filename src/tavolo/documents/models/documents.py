"""Documents and their versions: the row says who holds it and who reads it, the blob what it says."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.documents.choices import ORDINARY, Visibility
from tavolo.kernel.models import Blob, Network, Versioned
from tavolo.people.models import Person


class Document(Versioned):
    """A file under a title. `holder_kind` and `holder_uid` name the thing to which it belongs.

    That thing is a row of a room above, which alone says who sees it (`plugs.DocumentHolder`).
    A document is never deleted: it is withdrawn with a reason, and retention empties its versions.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    holder_kind = models.CharField(_("kind of thing it belongs to"), max_length=60)
    holder_uid = models.UUIDField(_("thing it belongs to"))
    title = models.CharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=8, default="it")
    visibility = models.CharField(_("who reads it"), max_length=10, choices=Visibility.choices)
    retention = models.CharField(_("how long it is kept"), max_length=60, default=ORDINARY)
    author_stripped = models.BooleanField(_("author taken out"), default=False)
    created_at = models.DateTimeField(_("created at"))
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_reason = models.CharField(_("why it was withdrawn"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        indexes = [
            models.Index("holder_kind", "holder_uid", "id", name="document_by_holder"),
            models.Index("network", "retention", "id", name="document_by_retention"),
        ]
        constraints = [
            models.CheckConstraint(name="document_has_a_title", condition=~models.Q(title="")),
            models.CheckConstraint(
                name="document_is_withdrawn_with_a_reason",
                condition=models.Q(withdrawn_at__isnull=True, withdrawn_reason="")
                | (models.Q(withdrawn_at__isnull=False) & ~models.Q(withdrawn_reason="")),
            ),
        ]


class Version(models.Model):
    """What the file said from a moment on. Never rewritten; `number` counts from one.

    `blob` is its content, until retention takes it away (`emptied_at`); `digest` and `size` stay as
    the proof of what was there. `stripped` names what was taken out before it was kept
    (`choices.Stripped`). An image has an alternative text, always.
    """

    document = models.ForeignKey(
        Document, models.PROTECT, related_name="versions", verbose_name=_("document")
    )
    number = models.PositiveIntegerField(_("number"))
    blob = models.ForeignKey(
        Blob, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("content")
    )
    digest = models.CharField(_("SHA-256"), max_length=64)
    file_name = models.CharField(_("name of the file"), max_length=120)
    media_type = models.CharField(_("format"), max_length=100)
    size = models.PositiveBigIntegerField(_("size in bytes"))
    alternative = models.TextField(_("description of the image"), blank=True)
    stripped = models.JSONField(_("taken out"), default=list)
    entered_by = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("entered by"),
    )
    entered_at = models.DateTimeField(_("entered at"))
    emptied_at = models.DateTimeField(_("emptied at"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of a document")
        verbose_name_plural = _("versions of documents")
        indexes = [models.Index("blob", name="version_by_content")]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "number"], name="version_of_a_document_once"
            ),
            models.CheckConstraint(
                name="version_counts_from_one", condition=models.Q(number__gte=1)
            ),
            models.CheckConstraint(
                name="version_has_its_content_until_emptied",
                condition=models.Q(blob__isnull=False, emptied_at__isnull=True)
                | models.Q(blob__isnull=True, emptied_at__isnull=False),
            ),
            models.CheckConstraint(
                name="version_of_an_image_is_described",
                condition=~models.Q(media_type__startswith="image/") | ~models.Q(alternative=""),
            ),
        ]
