"""What a command says to a person at a terminal, and to a program."""

import argparse
import json
from collections.abc import Callable
from typing import Any

Subjects = Any  # argparse names its type with an underscore


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
