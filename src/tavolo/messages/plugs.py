"""What rooms above bring: kinds of letters, and purposes of the links by which one answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from django.http import QueryDict

from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry
from tavolo.messages.choices import LinkUse
from tavolo.messages.models import SignedLink
from tavolo.ui.forms import ActForm


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter; found in a room's `letters.py`.

    `rule`: which rule sends it, in words, where no person does; the letter says so itself. `gathers`:
    it can wait for the one letter a day of whoever wishes that. `urgent`: it leaves in quiet hours too.
    `without_content`, for whatever is near a protected person: `subject` and `text` are all that such
    a letter ever says, and of what its sender gives nothing is kept but the address and a link. It is
    never urgent, so that no phone lights up at night, and never gathered into a letter that says more.
    """

    key: str
    label: Sentence
    rule: Sentence | None = None
    gathers: bool = False
    urgent: bool = False
    without_content: bool = False
    subject: Sentence = ""
    text: Sentence = ""

    def __post_init__(self) -> None:
        if self.without_content is not bool(self.subject and self.text):
            raise ValueError(
                f"{self.key}: fixed words belong to a kind without content, and to it alone."
            )
        if self.without_content and (self.urgent or self.gathers):
            raise ValueError(
                f"{self.key}: a kind without content keeps the quiet hours, and alone."
            )


@dataclass(frozen=True)
class LinkPage:
    """What a link shows: what is asked and of whom, in words; `said` what was answered before."""

    heading: str
    lead: str
    facts: tuple[tuple[str, str], ...] = ()
    said: tuple[tuple[str, str], ...] = ()
    submit: Sentence = ""
    more: Mapping[str, Any] = field(default_factory=dict)


class LinkPurpose(Protocol):
    """What somebody can do by a link without an account; found in a room's `links.py`.

    `uses` says how often (decision 16). The room decides and writes; the page, the terms and the
    story of the letter are ours.
    """

    @property
    def key(self) -> str: ...

    @property
    def label(self) -> Sentence: ...

    @property
    def uses(self) -> LinkUse: ...

    def page(self, link: SignedLink) -> LinkPage | None:
        """What the page says; None where what it was about is no more to be answered. Changes nothing."""
        ...

    def form(self, link: SignedLink, data: QueryDict | None) -> ActForm:
        """The form of the answer, filled in with the last one where there is one."""
        ...

    def act(self, link: SignedLink, form: ActForm) -> bool:
        """Write the answer by an action of the room, as that person; True where the link is used up by it."""
        ...


letter_kinds: Registry[LetterKind] = Registry("kind of letter")
link_purposes: Registry[LinkPurpose] = Registry("purpose of a link")
