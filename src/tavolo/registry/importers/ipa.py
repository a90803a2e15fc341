"""Public bodies from the list of the index of public administrations (IPA); layout not verified."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Context, Field, import_kinds
from tavolo.kernel.errors import Sentence
from tavolo.registry.choices import IdentifierScheme, OrganisationKind
from tavolo.registry.importers.organisations import OPTIONS, OrganisationList
from tavolo.registry.importing.columns import EMAIL, SOURCE, WEBSITE
from tavolo.registry.importing.lists import LISTED_ADMIT, LISTED_SOURCE, from_list
from tavolo.registry.importing.words import Number, WordOf, choices_of, email, postal_code

# What the categories of the index are in ours; any other body is one of another kind.
CATEGORIES = WordOf(
    OrganisationKind,
    (
        ("comuni e loro consorzi e associazioni", OrganisationKind.MUNICIPALITY),
        ("l6", OrganisationKind.MUNICIPALITY),
        ("unioni di comuni e loro consorzi e associazioni", OrganisationKind.MUNICIPAL_UNION),
        ("l18", OrganisationKind.MUNICIPAL_UNION),
        ("province e loro consorzi e associazioni", OrganisationKind.PROVINCE),
        ("l5", OrganisationKind.PROVINCE),
        ("citta metropolitane", OrganisationKind.METROPOLITAN_CITY),
        ("l45", OrganisationKind.METROPOLITAN_CITY),
        ("regioni province autonome e loro consorzi e associazioni", OrganisationKind.REGION),
        ("l4", OrganisationKind.REGION),
        ("aziende sanitarie locali", OrganisationKind.HEALTH_AUTHORITY),
        ("l7", OrganisationKind.HEALTH_AUTHORITY),
        ("istituti di istruzione statale di ogni ordine e grado", OrganisationKind.SCHOOL),
        ("l33", OrganisationKind.SCHOOL),
        ("universita e istituti di istruzione universitaria pubblici", OrganisationKind.UNIVERSITY),
        ("l17", OrganisationKind.UNIVERSITY),
        (
            "presidenza del consiglio dei ministri ministeri e avvocatura dello stato",
            OrganisationKind.MINISTRY,
        ),
        ("c1", OrganisationKind.MINISTRY),
    ),
    otherwise=OrganisationKind.OTHER,
)


class PublicBodies(OrganisationList):
    """The columns are matched by the names that the index publishes; no file was at hand to verify them."""

    key = "ipa"
    slug = "ipa"
    label: Sentence = _("Public bodies (IPA)")
    help: Sentence = _(
        "The list of public administrations as the index gives it out, in CSV or as a spreadsheet."
        " They are entered into the register; say if they also take part in the network."
    )
    admits = False
    fields: Sequence[Field] = from_list(
        Field(
            "ipa",
            _("IPA code"),
            Number(IdentifierScheme.IPA),
            required=True,
            aliases=("codice_ipa", "cod_amm", "codice amministrazione"),
            example="c_a944",
        ),
        Field(
            "name",
            _("Name"),
            values.text(),
            required=True,
            aliases=("denominazione_ente", "des_amm", "denominazione"),
            example="Comune di Bologna",
        ),
        Field("short_name", _("Acronym"), values.text(60), aliases=("acronimo",)),
        Field(
            "kind",
            _("Kind"),
            CATEGORIES,
            aliases=("codice_categoria", "categoria", "tipologia_amm", "tipologia_istat"),
            choices=choices_of(OrganisationKind),
        ),
        Field(
            "tax_code",
            _("Tax code"),
            Number(IdentifierScheme.TAX_CODE, 11),
            aliases=("codice_fiscale_ente", "cf", "codice fiscale"),
        ),
        Field(
            "istat_code",
            _("ISTAT code"),
            values.istat_code,
            aliases=("codice_comune_istat", "cod_comune_istat", "codice istat"),
        ),
        Field("municipality", _("Municipality"), values.text(), aliases=("comune",)),
        Field("address", _("Street and number"), values.text(200), aliases=("indirizzo",)),
        Field("postal_code", _("Postal code"), postal_code, aliases=("cap",)),
        Field(
            "certified_email",
            _("Certified e-mail (PEC)"),
            email,
            aliases=("mail1", "pec", "indirizzo pec"),
        ),
        Field("email", EMAIL.label, email, aliases=("mail2",)),
        Field("website", WEBSITE.label, WEBSITE.read, aliases=("sito_istituzionale", "sito web")),
        SOURCE,
    )
    options: Sequence[Field] = (LISTED_ADMIT, OPTIONS[0], OPTIONS[1], LISTED_SOURCE)

    def constants(self, context: Context) -> Mapping[str, Any]:  # noqa: ARG002  as the others are asked
        """Whoever stands in the index is an administration, or is held to be one."""
        return {"is_administration": True}


import_kinds.add(PublicBodies())
