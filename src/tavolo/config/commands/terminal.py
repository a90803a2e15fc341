"""What a command says to a person at a terminal, and to a program."""

import argparse
import json
import sys
from collections.abc import Callable
from typing import Any

Subjects = Any  # argparse names its type with an underscore
BAR_WIDTH = 30

Progress = Callable[[int, int], None]


def progress(label: str) -> Progress:
    """A bar on stderr where a person looks on; silent in a pipe. Called with how many of how many."""

    def show(done: int, total: int) -> None:
        full = BAR_WIDTH * done // total if total else BAR_WIDTH
        end = "\n" if done >= total else ""
        bar = "█" * full + "·" * (BAR_WIDTH - full)
        print(f"\r{label} {bar} {done}/{total}", end=end, file=sys.stderr, flush=True)

    return show if sys.stderr.isatty() else lambda _done, _total: None


def say(sentence: object) -> None:
    print(sentence, flush=True)


def say_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, default=str, indent=2))


def command(
    subjects: Subjects, name: str, help_text: str, run: Callable[[argparse.Namespace], int | None]
) -> argparse.ArgumentParser:
    """Add a command with its help; `run` takes the parsed options."""
    added: argparse.ArgumentParser = subjects.add_parser(
        name, help=help_text, description=help_text
    )
    added.set_defaults(run=run)
    return added
