"""The letters that go with an expression of interest: the link to it, and the receipt."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from tavolo.messages.actions import send_letter
from tavolo.messages.models import Message, SignedLink
from tavolo.messages.tokens import mark_of
from tavolo.tables.choices import Timing
from tavolo.tables.letters import APPLICATION_BEGUN, APPLICATION_RECEIVED
from tavolo.tables.models import Application
from tavolo.tables.seconds import to_the_second

TITLE = 200


def send_link(row: Application, link: SignedLink) -> Message:
    """The link by which the draft is filled in, to the address that was written."""
    with override(settings.LANGUAGE_CODE):
        text = "\n\n".join(
            (
                _("You began to answer the public notice “%(title)s”.")
                % {"title": row.notice.name[:TITLE]},
                _("By this link you fill it in and hand it in; you can stop and go on later:"),
                mark_of(link.uid),
                _("If it was not you, you need not do anything: nothing was handed in."),
            )
        )
        subject = _("Your expression of interest: go on by this link")
    return send_letter(
        kind=APPLICATION_BEGUN,
        to=row.email,
        network=row.network,
        subject=subject,
        text=text,
        about=row.uid,
        links=[link],
        by=None,
    )


def send_receipt(row: Application, link: SignedLink) -> Message | None:
    """The receipt: number, time that counts, and the link by which she looks at it or withdraws it."""
    if not row.email:
        return None
    with override(settings.LANGUAGE_CODE):
        said = [
            _("We received your expression of interest in “%(title)s”.")
            % {"title": row.notice.name[:TITLE]},
            _("Provisional receipt: %(code)s. It is ours, and no number of an official register.")
            % {"code": row.code},
            _("Received: %(when)s.") % {"when": to_the_second(row.counts_at or row.begun_at)},
        ]
        if row.timing == Timing.LATE:
            said.append(_("It came after the term, and is registered as out of term."))
        said += [_("By this link you see where it stands, and can withdraw it:"), mark_of(link.uid)]
        subject = _("Receipt %(code)s of your expression of interest") % {"code": row.code}
    return send_letter(
        kind=APPLICATION_RECEIVED,
        to=row.email,
        network=row.network,
        subject=subject,
        text="\n\n".join(said),
        about=row.uid,
        links=[link],
        by=None,
    )
