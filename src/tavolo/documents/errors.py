"""What this room says no with. What is wrong with a file comes as a message and its values."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from tavolo.documents.filling.told import Named
from tavolo.kernel.errors import Refusal

_FIELDS_SAID = 10


class FileRefused(Refusal):
    """The file is not taken: the sentence says why, and what to do instead.

    `message` is the id of the sentence, by which each refusal can be told from the others.
    """

    message = gettext_noop("“%(name)s” could not be taken.")
    status = 400

    def __init__(self, message: str = "", **values: Any) -> None:
        self.message = message or self.message
        self.values = values
        super().__init__(_(self.message) % values if values else _(self.message))


class TitleMissing(Refusal):
    sentence = gettext_lazy("Write a title, so that one knows what the file is before opening it.")
    status = 400


class AlternativeMissing(Refusal):
    sentence = gettext_lazy(
        "Say in words what the image shows: whoever does not see it has nothing else."
    )
    status = 400


class WithdrawalReasonMissing(Refusal):
    sentence = gettext_lazy("Say why the document is withdrawn: the reason stays beside its title.")
    status = 400


class VisibilityNotOffered(Refusal):
    sentence = gettext_lazy("Documents of this kind are not shown to these readers.")
    status = 400


class AlreadyWithdrawn(Refusal):
    sentence = gettext_lazy("This document was withdrawn. Add a new one instead.")


class SameContent(Refusal):
    sentence = gettext_lazy("This is the file that is there already: nothing was added.")


class NotPrintable(Refusal):
    sentence = gettext_lazy("This could not be made into a PDF.")
    advice = gettext_lazy("Read it on its page, and tell whoever runs the installation.")


class PaperTooLarge(Refusal):
    sentence = gettext_lazy("This is too much for one PDF.")
    advice = gettext_lazy("Narrow the list, or take it as a table.")


class PaperTookTooLong(Refusal):
    sentence = gettext_lazy("Making this PDF took too long and was given up.")
    advice = gettext_lazy("Narrow the list, or take it as a table.")


class FieldsNotFitting(Refusal):
    sentence = gettext_lazy("This is too much for one letter.")
    advice = gettext_lazy("Fill it for fewer, or use a template with fewer rows.")


class ListsWithinLists(Refusal):
    status = 400

    def __init__(self, where: str) -> None:
        super().__init__(
            _("One row of the template names two lists: “%(where)s”.") % {"where": where},
            advice=_("Give each list a row, or a paragraph, of its own."),
        )


class UnknownFields(Refusal):
    """`named` are the fields that nobody fills, each with the words around it."""

    status = 400

    def __init__(self, named: Sequence[Named]) -> None:
        self.named = tuple(named)
        said = "; ".join(
            _("“%(field)s” in “%(where)s”") % {"field": each.field, "where": each.where}
            for each in self.named[:_FIELDS_SAID]
        )
        super().__init__(
            _("The template names what nobody can fill in: %(fields)s.") % {"fields": said},
            advice=_("Correct these words in the template and bring it again."),
        )


class UnknownClass(Refusal):
    sentence = gettext_lazy("Choose how long it is kept, from the list.")
    status = 400


class OverAtOnce(Refusal):
    sentence = gettext_lazy("Kept so, its time would be over already: it would be deleted tonight.")
    advice = gettext_lazy("Leave it as it is, or withdraw it.")


class NotPastItsTerm(Refusal):
    sentence = gettext_lazy("This document is not past its term, or was deleted already.")


class DecisionReasonMissing(Refusal):
    sentence = gettext_lazy("Say why: the reason stays beside the title.")
    status = 400


class KeptUntilThePast(Refusal):
    sentence = gettext_lazy("The day until which it is kept lies in the past.")
    status = 400
