"""Persons, the accounts by which they sign in, the invitations to have one, the sessions of each."""

import uuid
from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from tavolo.kernel.models import Keyed, Network, Versioned
from tavolo.people.choices import RequestState, RequestWish, TokenScope


class Person(Keyed, Versioned):
    """Somebody who holds or held a public role. May have no account; only role data, nothing private."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    given_name = models.CharField(_("given name"), max_length=150, blank=True)
    family_name = models.CharField(_("family name"), max_length=140, blank=True)
    erased_at = models.DateTimeField(_("erased at"), null=True)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        indexes = [models.Index("sort_key", "id", name="person_in_order")]

    def fold(self) -> None:
        if not self.erased_at:
            self.name = f"{self.given_name} {self.family_name}".strip()
        super().fold()


class Account(AbstractBaseUser):
    """The user model: one person signs in by e-mail. It is made with the first invitation, or before it
    where somebody enters by which address she can be invited.

    `activated_at` is when its password was chosen; until then nobody signs in by it.
    `demonstration` accounts need no second factor and exist in a demonstration only.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.OneToOneField(
        Person, models.PROTECT, related_name="+", verbose_name=_("person")
    )
    email = models.EmailField(_("e-mail"), unique=True)
    is_active = models.BooleanField(_("may sign in"), default=False)
    demonstration = models.BooleanField(_("demonstration account"), default=False)
    created_at = models.DateTimeField(_("created at"))
    activated_at = models.DateTimeField(_("activated at"), null=True)

    objects = BaseUserManager["Account"]()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        verbose_name = _("account")
        verbose_name_plural = _("accounts")
        constraints = [
            models.CheckConstraint(
                name="account_is_activated_before_use",
                condition=models.Q(is_active=False) | models.Q(activated_at__isnull=False),
            ),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    # Django's password validators look for names under these.
    @property
    def first_name(self) -> str:
        return self.person.given_name

    @property
    def last_name(self) -> str:
        return self.person.family_name


OPEN = models.Q(accepted_at__isnull=True, revoked_at__isnull=True)


class Invitation(models.Model):
    """An invitation into a network, by a link that is kept only as a digest and expires."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, related_name="+", verbose_name=_("network")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", verbose_name=_("person"))
    email = models.EmailField(_("e-mail"))
    digest = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    accepted_at = models.DateTimeField(_("accepted at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        verbose_name = _("invitation")
        verbose_name_plural = _("invitations")
        indexes = [models.Index(fields=["network", "-created_at"], name="invitation_by_network")]
        constraints = [
            # Two who invite the same person at once: the second is told so.
            models.UniqueConstraint(
                "network", "person", name="invitation_open_once", condition=OPEN
            ),
        ]


class Session(AbstractBaseSession):
    """A browser's session, found by the digest of its key: whoever reads the table signs in as nobody.

    `device` is told by the browser, in its own words; no address is kept.
    """

    session_key = models.CharField(_("digest of the key"), max_length=64, primary_key=True)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        Account, models.CASCADE, null=True, related_name="+", verbose_name=_("account")
    )
    device = models.CharField(_("device"), max_length=80, blank=True)
    began_at = models.DateTimeField(_("began at"))
    seen_at = models.DateTimeField(_("last seen at"))

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")


class CorrectionRequest(Versioned):
    """What somebody named on a public page asks for: that it be corrected, or taken away.

    `code` is the number on her receipt. `page` is an address of ours, `network` the one that answers
    for it; None: the operator does. Terms run from `received_at`; `extended_at` is when she was told
    that it takes two months more, and why (`terms.EXTENDED`).
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("number"), max_length=20, unique=True, editable=False)
    network = models.ForeignKey(
        Network, models.PROTECT, null=True, related_name="+", verbose_name=_("network")
    )
    page = models.CharField(_("page"), max_length=300, blank=True)
    wish = models.CharField(_("what is asked"), max_length=20, choices=RequestWish.choices)
    name = models.CharField(_("name"), max_length=200)
    email = models.EmailField(_("e-mail"))
    words = models.TextField(_("in her words"), max_length=4000)
    received_at = models.DateTimeField(_("received at"))
    state = models.CharField(
        _("state"), max_length=20, choices=RequestState.choices, default=RequestState.WAITING
    )
    extended_at = models.DateTimeField(_("term extended at"), null=True)
    extension_reason = models.CharField(_("why it was extended"), max_length=1000, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    answer = models.TextField(_("answer"), max_length=4000, blank=True)

    class Meta:
        verbose_name = _("request about personal data")
        verbose_name_plural = _("requests about personal data")
        indexes = [models.Index("network", "state", "id", name="request_by_network")]
        constraints = [
            models.CheckConstraint(
                name="request_answered_has_its_time",
                condition=models.Q(state=RequestState.WAITING, answered_at__isnull=True)
                | (~models.Q(state=RequestState.WAITING) & models.Q(answered_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="request_extended_has_its_time",
                condition=models.Q(extension_reason="") | models.Q(extended_at__isnull=False),
            ),
        ]


class ApiToken(models.Model):
    """A key by which a program acts for a person: kept as a digest, for what it was made for, and not for ever.

    `prefix` is its beginning, by which she knows it again; `scopes` are keys of `choices.TokenScope`.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    name = models.CharField(_("name"), max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    prefix = models.CharField(_("beginning"), max_length=16)
    scopes = models.JSONField(_("for what"), default=list)
    created_at = models.DateTimeField(_("created at"))
    expires_at = models.DateTimeField(_("expires at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        verbose_name = _("key for programs")
        verbose_name_plural = _("keys for programs")
        indexes = [models.Index("account", "id", name="token_by_account")]
        constraints = [
            models.CheckConstraint(
                name="token_expires_after_it_was_made",
                condition=models.Q(expires_at__gt=models.F("created_at")),
            ),
        ]

    @property
    def said_scopes(self) -> str:
        """What it allows, in words."""
        labels = (TokenScope(key).label for key in self.scopes if key in TokenScope.values)
        return capfirst("; ".join(map(str, labels)) + ".")


class Identity(models.Model):
    """Somebody as an identity provider knows her, bound to her account by herself.

    `issuer` and `subject` are what the provider calls itself and her; nothing else that it says is kept.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    account = models.ForeignKey(
        Account, models.CASCADE, related_name="+", verbose_name=_("account")
    )
    provider = models.CharField(_("provider"), max_length=40)
    issuer = models.CharField(_("issuer"), max_length=300)
    subject = models.CharField(_("subject"), max_length=255)
    linked_at = models.DateTimeField(_("linked at"))
    last_used_at = models.DateTimeField(_("last used at"), null=True)

    class Meta:
        verbose_name = _("linked identity")
        verbose_name_plural = _("linked identities")
        constraints = [
            models.UniqueConstraint("issuer", "subject", name="identity_is_one_account_s"),
            models.UniqueConstraint("account", "provider", name="identity_once_a_provider"),
        ]
