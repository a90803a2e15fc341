"""What is about to happen, before it happens; only for what cannot be undone."""

from dataclasses import dataclass

from tavolo.ui.components.base import Component
from tavolo.ui.components.checks import Words, require
from tavolo.ui.components.form import FormView


@dataclass(frozen=True)
class Confirmation(Component, template="ui/components/confirmation.html"):
    """A question, its consequences one by one, and a form sent by POST; `cancel_href` leads back.

    `form` may be empty of visible fields: its hidden ones (key, version) are sent along.
    """

    question: Words
    consequences: tuple[Words, ...]
    form: FormView
    note: Words = ""

    def check(self) -> None:
        require(self.question, "A confirmation asks a question.")
        require(self.consequences, "A confirmation states the consequences.")
        require(self.form.cancel_href, "A confirmation can be left.")
