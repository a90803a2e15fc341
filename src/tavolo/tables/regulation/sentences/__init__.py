"""Each rule of a regulation as a sentence, made from the data: what is said is what is applied."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tavolo.tables.regulation.plain import paths
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.sentences.calling import CALLING
from tavolo.tables.regulation.sentences.deciding import DECIDING
from tavolo.tables.regulation.sentences.lasting import LASTING
from tavolo.tables.regulation.sentences.sitting import SITTING

SAYS: Mapping[str, Callable[[Regulation], str]] = {**CALLING, **DECIDING, **SITTING, **LASTING}


@dataclass(frozen=True)
class Sentence:
    """What is said of one rule; `path` as in `quorum.first`."""

    path: str
    words: str

    @property
    def section(self) -> str:
        return self.path.partition(".")[0]


def say(regulation: Regulation, path: str) -> str:
    """One rule in the reader's language, as a whole sentence."""
    return SAYS[path](regulation)


def sentences(regulation: Regulation) -> tuple[Sentence, ...]:
    """Every rule, in the order of the regulation."""
    return tuple(Sentence(path, say(regulation, path)) for path in paths())
