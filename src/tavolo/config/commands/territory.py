"""`tavolo territory import`: municipalities, their history, their population, from whatever source."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from tavolo.config.commands.terminal import Subjects, command, say, say_json
from tavolo.config.databases import refresh_statistics
from tavolo.config.progress import progress
from tavolo.territory.plugs import Remark, Report, TerritorySource, Told, territory_sources

# Nobody reads more on a terminal; `--json` has them all.
NUMBERS = 10


def add(subjects: Subjects) -> None:
    help_text = _("The territory: municipalities, their history, their population.")
    parser = subjects.add_parser("territory", help=help_text, description=help_text)
    verbs = parser.add_subparsers(metavar=_("command"), required=True)
    add_import(verbs)


def add_import(subjects: Subjects) -> None:
    parser = command(subjects, "import", _("Import a source of territory data."), run_import)
    parser.add_argument(
        "source",
        choices=[source.key for source in territory_sources],
        metavar="SOURCE",
        help="; ".join(f"{source.key}: {source.label}" for source in territory_sources),
    )
    parser.add_argument("file", nargs="?", type=Path, metavar="FILE", help=_("the source’s file"))
    parser.add_argument(
        "--year", type=int, help=_("the year of a population whose file does not say it")
    )
    parser.add_argument("--json", action="store_true", help=_("answer in JSON"))
    parser.set_defaults(usage=parser.error)


def run_import(options: argparse.Namespace) -> None:
    """Import the source; usage (2) where it wants a file and has none, or the other way round."""
    source = territory_sources.get(options.source)
    if source.needs_file and options.file is None:
        options.usage(_("This source needs a file."))
    if options.file is not None and not source.needs_file:
        options.usage(_("This source has no file."))
    report = source.load(Told(options.file, options.year, progress(str(source.label))))
    refresh_statistics()
    if options.json:
        say_json(_as_json(source, report))
    else:
        _say(source, report)


def _say(source: TerritorySource, report: Report) -> None:
    say(f"{source.label}:")
    for key, number in report.figures.items():
        say(f"  {source.figures[key]}: {number}")
    for remark in report.remarks:
        say(_sentence(remark))
        if remark.rows:
            say(f"  {_numbers(remark.rows)}")


def _sentence(remark: Remark) -> str:
    return _(remark.message) % remark.values if remark.values else _(remark.message)


def _numbers(rows: Sequence[int]) -> str:
    """The first of them, and how many more there are."""
    told = {
        "count": len(rows),
        "rows": ", ".join(map(str, rows[:NUMBERS])),
        "more": len(rows) - NUMBERS,
    }
    if len(rows) > NUMBERS:
        return _("Rows (%(count)d): %(rows)s and %(more)d more") % told
    return _("Rows (%(count)d): %(rows)s") % told


def _as_json(source: TerritorySource, report: Report) -> dict[str, Any]:
    return {
        "source": source.key,
        "figures": dict(report.figures),
        "remarks": [
            {"message": _sentence(remark), "rows": list(remark.rows)} for remark in report.remarks
        ],
    }
