"""In which languages public pages are offered: what each network says, and what holds for the frame of all."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from tavolo.kernel import clock
from tavolo.kernel.dated import valid_on
from tavolo.kernel.models import Installation, Network, NetworkSetting
from tavolo.kernel.network import Setting

INSTALLED = tuple(code for code, _name in settings.LANGUAGES)


def read_languages(told: Any) -> tuple[str, ...]:
    """Codes of languages, the first being the one that counts; ValueError for anything else."""
    codes = tuple(str(code) for code in told) if isinstance(told, list) else ()
    if not codes or len(set(codes)) < len(codes) or not set(codes) <= set(INSTALLED):
        raise ValueError(told)
    return codes


OFFERED = Setting("ui.languages", _("Languages of its public pages"), INSTALLED, read_languages)


@dataclass(frozen=True)
class Frame:
    """What the frame of every page has to know of the installation."""

    demonstration: bool
    languages: tuple[str, ...]


def frame() -> Frame:
    """Whether the data are invented, and the languages that some network offers; one query.

    Before there is a network, and where one has said nothing, that is every language there is. The row
    of the installation is made with its first act that is sealed.
    """
    row = Installation.objects.filter(id=1).annotate(
        begun=Exists(Network.objects.all()),
        **{_column(code): Exists(_offering(code)) for code in INSTALLED},
    )
    found = row.values("demonstration", "begun", *map(_column, INSTALLED)).first()
    if found is None:
        return Frame(demonstration=False, languages=INSTALLED)
    offered = [code for code in INSTALLED if found[_column(code)] or not found["begun"]]
    return Frame(found["demonstration"], tuple(offered))


def name_of(code: str) -> str:
    """A language as those who speak it write it."""
    return str(get_language_info(code)["name_local"]).capitalize()


def named(codes: Sequence[str]) -> list[tuple[str, str]]:
    """Choices of a form."""
    return [(code, name_of(code)) for code in codes]


def _column(code: str) -> str:
    return f"offers_{code.replace('-', '_')}"


def _offering(code: str) -> Any:
    """Networks that have not left the language out."""
    said = NetworkSetting.objects.filter(
        valid_on(clock.today()), network=OuterRef("pk"), key=OFFERED.key
    )
    without = said.annotate(text=Cast("value", TextField())).exclude(text__contains=f'"{code}"')
    return Network.objects.filter(~Exists(without))
