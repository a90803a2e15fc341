"""Refusals: what a rule or an action says no with. One middleware turns them into pages."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Sentence = str | Promise


class Refusal(Exception):  # noqa: N818  refusals are named in words, each for what it refuses
    """A named no: `sentence` says what is wrong, `advice` what to do, `status` is the HTTP answer."""

    sentence: Sentence = _("This cannot be done.")
    advice: Sentence = ""
    status: int = 409

    def __init__(self, sentence: Sentence = "", *, advice: Sentence = "") -> None:
        super().__init__()
        self.sentence = sentence or self.sentence
        self.advice = advice or self.advice

    def __str__(self) -> str:
        return " ".join(str(part) for part in (self.sentence, self.advice) if part)


class NotFound(Refusal):
    """It is not there, or it is not for this actor: the answer is the same."""

    sentence = _("There is nothing at this address.")
    status = 404


class NotAllowed(Refusal):
    """The actor sees the thing and may not do this with it."""

    sentence = _("You may not do this.")
    advice = _("Ask the secretariat of the network.")
    status = 403


class SignInNeeded(Refusal):
    sentence = _("Sign in to go on.")
    status = 401


class ForeignRequest(Refusal):
    sentence = _("This request came from another site, so it was not carried out.")
    advice = _("Open the page again on this site and send the form from there.")
    status = 403


class BadRequest(Refusal):
    sentence = _("The request could not be understood.")
    status = 400


class StaleVersion(Refusal):
    """Somebody saved first. `theirs` is the row as it stands, `yours` what was about to be written."""

    sentence = _("Somebody else changed this while you were writing.")
    advice = _("Compare the two versions and save again.")

    def __init__(self, *, theirs: Any, yours: Any) -> None:
        super().__init__()
        self.theirs = theirs
        self.yours = yours
