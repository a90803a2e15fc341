"""What the import engine says no with. Each sentence is a message id with values, so that it can be kept."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from tavolo.imports.reading.table import Cost
from tavolo.kernel.errors import NotFound, Refusal

_GROUPED_FROM = 10_000


def filled(message: str, values: Mapping[str, Any]) -> str:
    """A message with its values, large numbers grouped as the language of the moment does."""
    return message % {
        name: number_format(value, force_grouping=True)
        if isinstance(value, int) and abs(value) >= _GROUPED_FROM
        else value
        for name, value in values.items()
    }


class Told(Refusal):
    """A refusal that can be kept with a batch and said again in another language: `as_json`."""

    message: str = gettext_noop("This cannot be done.")
    hint: str = ""

    def __init__(self, message: str = "", **values: Any) -> None:
        self.message = message or self.message
        self.values = values
        super().__init__(
            filled(_(self.message), values) if values else _(self.message),
            advice=_(self.hint) if self.hint else "",
        )

    def as_json(self) -> dict[str, Any]:
        """The message id with its values, as `Batch.refusal` and `Batch.problem` hold them."""
        return {"message": self.message, "values": self.values, "hint": self.hint}


class Unreadable(Told):
    """The file cannot be read, or not in the limits of time and memory: the message says why.

    `cost` is what it took to find out.
    """

    message = gettext_noop("The file could not be read.")
    status = 400
    cost: Cost = Cost()


class TooLongToWrite(Told):
    message = gettext_noop("A text has more than %(limit)s characters, so it fits into no cell.")


class UnknownKind(NotFound):
    """There is no such kind of import."""


class TooLarge(Told):
    message = gettext_noop("The file is larger than %(limit)s MB.")
    hint = gettext_noop("Divide it into several files.")
    status = 400


class OptionsWrong(Told):
    """What was asked for the whole file is missing or wrong: `faults` as in `Row.faults`, by field."""

    message = gettext_noop("What holds for the whole file is missing or wrong: %(fields)s.")
    status = 400

    def __init__(self, faults: list[dict[str, Any]], **values: Any) -> None:
        super().__init__(**values)
        self.faults = faults


class ColumnsMissing(Told):
    message = gettext_noop("Columns that are needed were not found: %(columns)s.")
    hint = gettext_noop(
        "Say which column holds what, or fill in the template that can be downloaded."
    )


class NoColumns(Told):
    """No column of the file is one of the kind's."""

    message = gettext_noop("None of the columns is known here: these are %(columns)s.")
    hint = gettext_noop(
        "Say which column holds what, or fill in the template that can be downloaded."
    )


class NoSuchCell(Told):
    message = gettext_noop("The file has no row %(row)s, or no such column.")
    status = 400


class NoSuchDecision(Told):
    message = gettext_noop("Row %(row)s cannot be decided like that.")
    status = 400


class WrongState(Told):
    """The batch stands where this cannot be done with it."""

    message = gettext_noop("This import stands where that cannot be done any more, or not yet.")
    hint = gettext_noop("Open the page of the import again and look where it stands.")


class StillUnderWay(Told):
    message = gettext_noop("This import is being worked on.")
    hint = gettext_noop("Wait until that is done, then look again.")


class ChangedMeanwhile(Told):
    """Somebody else did something with the batch after it was looked at."""

    message = gettext_noop("Somebody else went on with this import in the meantime.")
    hint = gettext_noop("Open the page of the import again and look where it stands.")


class FaultyRows(Told):
    """Rows have faults (`faulty`) or wait for a decision (`undecided`), and nobody said to leave them out."""

    message = gettext_noop("Rows with faults: %(faulty)s; rows to be decided: %(undecided)s.")
    hint = gettext_noop("Mend and decide them, or import the others without them.")

    def __init__(self, *, faulty: int, undecided: int) -> None:
        super().__init__(faulty=faulty, undecided=undecided)
        self.faulty, self.undecided = faulty, undecided


class Overtaken(Told):
    message = gettext_noop("Somebody else was changing the same at this moment: nothing was done.")
    hint = gettext_noop("Try again.")


class PlanChanged(Told):
    """What is there changed since the preview, so the import would do something else. It shows anew."""

    message = gettext_noop("What is there has changed since, so nothing was imported.")
    hint = gettext_noop("Look at what the import would do now, then import.")


class ChangedSince(Told):
    """Things that the batch wrote were changed since: `differing` lists them (queries.Differing)."""

    message = gettext_noop("Changed since this import: %(count)s. So nothing was undone.")
    hint = gettext_noop("Look at what has changed, or undo the rest and leave that as it is.")

    def __init__(self, differing: list[Any]) -> None:
        super().__init__(count=len(differing))
        self.differing = differing


class StillNeeded(Told):
    message = gettext_noop(
        "Something entered since needs what this import made: nothing was undone."
    )
    hint = gettext_noop("Undo or change the later thing first.")


class Emptied(Told):
    message = gettext_noop("The rows of this import were deleted after %(days)s days.")
    hint = gettext_noop("What it imported stays; it cannot be undone from here any more.")


class KindFailed(Told):
    """The kind broke its contract or met a fault of its own; nothing was written."""

    message = gettext_noop("A fault of the program stopped this: nothing was imported or undone.")
    hint = gettext_noop("Tell whoever runs the installation; the log says where it happened.")
