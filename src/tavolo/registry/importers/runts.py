"""Third-sector bodies from the national register (RUNTS); layout not verified."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Context, Field, import_kinds
from tavolo.kernel.errors import Sentence
from tavolo.registry.choices import IdentifierScheme, LegalForm, OrganisationKind
from tavolo.registry.importers.organisations import OPTIONS, OrganisationList
from tavolo.registry.importing.columns import CERTIFIED_EMAIL, SOURCE, WEBSITE
from tavolo.registry.importing.lists import LISTED_ADMIT, LISTED_SOURCE, from_list
from tavolo.registry.importing.words import Number, WordOf, choices_of

# The sections of the register, by their names and by the letters that its lists use.
SECTIONS = WordOf(
    LegalForm,
    (
        ("organizzazioni di volontariato", LegalForm.VOLUNTEER_ORGANISATION),
        ("odv", LegalForm.VOLUNTEER_ORGANISATION),
        ("a", LegalForm.VOLUNTEER_ORGANISATION),
        ("associazioni di promozione sociale", LegalForm.SOCIAL_PROMOTION),
        ("aps", LegalForm.SOCIAL_PROMOTION),
        ("b", LegalForm.SOCIAL_PROMOTION),
        ("enti filantropici", LegalForm.PHILANTHROPIC_BODY),
        ("c", LegalForm.PHILANTHROPIC_BODY),
        ("imprese sociali", LegalForm.SOCIAL_ENTERPRISE),
        ("d", LegalForm.SOCIAL_ENTERPRISE),
        ("reti associative", LegalForm.ASSOCIATIVE_NETWORK),
        ("e", LegalForm.ASSOCIATIVE_NETWORK),
        ("societa di mutuo soccorso", LegalForm.MUTUAL_AID_SOCIETY),
        ("f", LegalForm.MUTUAL_AID_SOCIETY),
        ("altri enti del terzo settore", LegalForm.THIRD_SECTOR_BODY),
        ("altro ente del terzo settore", LegalForm.THIRD_SECTOR_BODY),
        ("g", LegalForm.THIRD_SECTOR_BODY),
    ),
)


class ThirdSector(OrganisationList):
    """The columns are matched by name; no file was at hand to verify them."""

    key = "runts"
    slug = "runts"
    label: Sentence = _("Third-sector bodies (RUNTS)")
    help: Sentence = _(
        "The list of the national register of the third sector, in CSV or as a spreadsheet. They are"
        " entered into the register; say if they also take part in the network."
    )
    admits = False
    fields: Sequence[Field] = from_list(
        Field(
            "runts",
            _("RUNTS number"),
            Number(IdentifierScheme.RUNTS),
            required=True,
            aliases=("repertorio", "numero repertorio", "n repertorio", "codice repertorio"),
            example="12345",
        ),
        Field(
            "name",
            _("Name"),
            values.text(),
            required=True,
            aliases=("denominazione", "denominazione ente"),
            example="Casa delle donne APS",
        ),
        Field(
            "legal_form",
            _("Legal form"),
            SECTIONS,
            aliases=("sezione", "sezione runts", "codice sezione"),
            choices=choices_of(LegalForm),
        ),
        Field(
            "tax_code",
            _("Tax code"),
            Number(IdentifierScheme.TAX_CODE, 11),
            aliases=("codice fiscale", "cf"),
        ),
        Field(
            "istat_code",
            _("ISTAT code"),
            values.istat_code,
            aliases=("codice istat comune", "codice istat"),
        ),
        Field(
            "municipality",
            _("Municipality"),
            values.text(),
            aliases=("comune", "comune sede legale", "sede legale comune"),
        ),
        Field(
            "address",
            _("Street and number"),
            values.text(200),
            aliases=("indirizzo", "indirizzo sede legale"),
        ),
        Field("certified_email", CERTIFIED_EMAIL.label, CERTIFIED_EMAIL.read, aliases=("pec",)),
        Field("website", WEBSITE.label, WEBSITE.read, aliases=("sito internet", "sito web")),
        SOURCE,
    )
    options: Sequence[Field] = (LISTED_ADMIT, OPTIONS[0], OPTIONS[1], LISTED_SOURCE)

    def constants(self, context: Context) -> Mapping[str, Any]:
        """The list does not say what they are otherwise: associations, unless the file is of others."""
        return {"kind": context.options.get("kind") or OrganisationKind.ASSOCIATION.value}


import_kinds.add(ThirdSector())
