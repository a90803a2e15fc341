"""What the parts of the page share: the reading behind them, addresses of the day, words of a period."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self
from urllib.parse import urlencode

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from tavolo.kernel.actor import Actor
from tavolo.kernel.dates import PartialDate
from tavolo.registry import queries
from tavolo.registry.models import Organisation
from tavolo.registry.queries import AsOf, Voices
from tavolo.territory.web.addresses import Addresses
from tavolo.territory.web.asof import Asked
from tavolo.ui import words

Context = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """What is shown, of which day, to whom."""

    http: HttpRequest
    asked: Asked
    actor: Actor
    as_of: AsOf
    voices: Voices

    @classmethod
    def of(
        cls, request: HttpRequest, organisation: Organisation, asked: Asked, *, actor: Actor
    ) -> Self:
        as_of = queries.organisation_as_of(organisation, on=asked.on, actor=actor)
        return cls(request, asked, actor, as_of, queries.voices_of(as_of, actor=actor))

    @property
    def organisation(self) -> Organisation:
        return self.as_of.organisation

    @property
    def on(self) -> date:
        return self.asked.on

    @property
    def to(self) -> Addresses:
        return Addresses(self.asked)

    @property
    def pdf_href(self) -> str:
        """The same as a paper."""
        return pdf_href(self.organisation.code, self.asked)

    def href(self, other: Organisation, on: date | None = None) -> str:
        """The page of another organisation, on a day or on the day that is looked at."""
        return organisation_href(other.code, {"al": on.isoformat()} if on else self.asked.day_query)


def organisation_href(code: str, query: Mapping[str, str]) -> str:
    end = f"?{urlencode(query)}" if query else ""
    return reverse("registry:organisation", args=[code]) + end


def pdf_href(code: str, day: Asked) -> str:
    """The paper of an organisation, of the day that is looked at."""
    end = f"?{urlencode(day.day_query)}" if day.day_query else ""
    return reverse("registry:organisation_pdf", args=[code]) + end


def period_words(began: PartialDate | None, ended: PartialDate | None) -> str:
    """In words: "dal 2006, fino a: 2010"; what nobody has said is left out."""
    said = [words.since_words(began)] if began and not began.bound else []
    if began and began.bound:
        said = [words.partial_words(began)]
    if ended:
        said.append(_("until: %(date)s") % {"date": words.partial_words(ended)})
    return ", ".join(said)


def since(began: PartialDate | None) -> str:
    """Since when, as far as the source says."""
    return period_words(began, None) or _("the source does not say since when")


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]
