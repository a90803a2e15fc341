from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import NotAllowed, Refusal
from tavolo.ui.words import day_words


class DamagedExtract(Refusal):
    """The files that travel with the product are not as they were built."""

    sentence = _("The territory data of this installation are damaged, so nothing was imported.")
    advice = _("Install Tavolo again, or build the data anew with scripts/build_territory.py.")
    status = 500


class NotLaid(Refusal):
    """A source that goes on from what is there came before it."""

    sentence = _("The municipalities of Italy are not here yet, so nothing was imported.")
    advice = _("Import them first: `tavolo territory import national`.")


class NotATable(Refusal):
    sentence = _("The file cannot be opened as a table.")
    advice = _("Give a text file with separators (CSV) or a spreadsheet.")
    status = 400


class ColumnsMissing(Refusal):
    """`missing`: the columns that were looked for and are not there, each by its usual name."""

    status = 400

    def __init__(self, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(
            _("The file lacks these columns: %(columns)s.") % {"columns": "; ".join(missing)},
            advice=_("The first line with headings must name them."),
        )


class NothingRead(Refusal):
    sentence = _("No row of the file could be read, so nothing was imported.")
    advice = _("Look whether it is the right file.")
    status = 400


class YearUnknown(Refusal):
    sentence = _("The file does not say of which year its population is.")
    advice = _("Name the year: `--year 2024` is the population on 1 January 2024.")
    status = 400


class AlreadyItsTerritory(Refusal):
    sentence = _("This already belongs to the network’s territory in that time.")


class NoPlaceNamed(Refusal):
    """The caller named no place, or an area and a municipality at once."""

    sentence = _("Name an area or a municipality, and only one of them.")
    status = 400


class EndsBeforeItBegins(Refusal):
    sentence = _("The last day lies before the first.")
    advice = _("Choose a day on or after the one on which it begins.")


class BelongsToOthersToo(NotAllowed):
    """A secretariat names what is its network's alone."""

    sentence = _("Municipalities beyond the network’s territory belong to this area too, or did.")
    advice = _("Whoever runs the installation can say otherwise what it is called.")


class AreaNameMissing(Refusal):
    sentence = _("The area needs a name.")


class AreaCodeTaken(Refusal):
    sentence = _("Another area of this kind has or had this code.")
    advice = _("Choose another one, or leave it empty: one is made from the name.")


class AreaCodeUnusable(Refusal):
    sentence = _("A code has small letters, digits and hyphens, forty at most.")


class ParentElsewhere(Refusal):
    sentence = _("The area that it lies in must be one in which the network works.")


class AreaChangedMeanwhile(Refusal):
    """The members of the area are not those that were looked at."""

    sentence = _("Somebody else changed the municipalities of this area in the meantime.")
    advice = _("Look at what is entered now and choose again.")


class NotInTerritory(Refusal):
    """Municipalities that the network may not move."""

    status = 403

    def __init__(self, names: str) -> None:
        super().__init__(
            _("Outside of the network’s territory on that day: %(names)s.") % {"names": names},
            advice=_("Its own secretariat, or whoever runs the installation, can change that."),
        )


class NotThereThen(Refusal):
    """A municipality, or a part of one, that does not exist in that time."""

    def __init__(self, names: str, day: date | None = None) -> None:
        told = {"names": names, "day": day_words(day, weekday=False) if day else ""}
        super().__init__(
            _("Not there on %(day)s: %(names)s.") % told
            if day
            else _("Not there in the whole of that time: %(names)s.") % told,
            advice=_("Choose its predecessors or successors, or another day."),
        )


class InTwoAreas(Refusal):
    """A municipality would lie in two areas of a kind that partitions: `place` and `area` name them."""

    def __init__(self, place: str, area: str, day: date | None) -> None:
        self.place, self.area, self.day = place, area, day
        told = {"place": place, "area": area, "day": day_words(day, weekday=False) if day else ""}
        super().__init__(
            _("%(place)s already lies in “%(area)s” on %(day)s.") % told
            if day
            else _("%(place)s has always been in “%(area)s”.") % told,
            advice=_("It lies in one area of this kind at most: take it out of the other one."),
        )


class TwiceInTheArea(Refusal):
    """The same municipality would be in the same area twice on some day."""

    def __init__(self, place: str) -> None:
        super().__init__(
            _("%(place)s would be in the area twice at the same time.") % {"place": place}
        )


class AlreadyUndone(Refusal):
    sentence = _("This change was undone already.")


class ChangedAfterwards(Refusal):
    sentence = _("The area was changed again afterwards, so this cannot be undone any more.")
    advice = _("Put right what is wrong on the page of the area.")


class NothingToCopy(Refusal):
    sentence = _("On that day nobody belonged to the area that was to be copied.")
    advice = _("Choose another day.")


class UnitCodeTaken(Refusal):
    sentence = _("The municipality has another part with this code at that time.")


class NoSuchDay(Refusal):
    sentence = _("There is no such day in any year.")
    advice = _("Write the day and the month, for instance 7 and 12.")


class SourceMissing(Refusal):
    sentence = _("It is not said where this comes from.")
    advice = _("Name the act or the page that says it.")


class SaintMissing(Refusal):
    sentence = _("The patron saint has no name.")
