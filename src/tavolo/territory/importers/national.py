from collections.abc import Mapping
from dataclasses import asdict

from django.utils.translation import gettext_lazy as _

from tavolo.kernel.errors import Sentence
from tavolo.territory.actions import import_national_extract
from tavolo.territory.plugs import Report, Told, territory_sources


class National:
    """All Italy, from the extract that travels with the product."""

    key = "national"
    label: Sentence = _("Municipalities of Italy")
    needs_file = False
    figures: Mapping[str, Sentence] = {
        "year": _("the year of the extract"),
        "areas": _("regions, provinces and metropolitan cities"),
        "municipalities": _("municipalities"),
        "populations": _("populations"),
        "shapes": _("drawings"),
    }

    def load(self, told: Told) -> Report:
        """Lay it, or bring what is there up to it."""
        return Report(asdict(import_national_extract(progress=told.progress)))


territory_sources.add(National())
