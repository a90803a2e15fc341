"""The columns that a list of organisations may have."""

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Field
from tavolo.registry.choices import (
    IdentifierScheme,
    LegalForm,
    OrganisationKind,
    ParticipationRole,
)
from tavolo.registry.importing.words import (
    Number,
    WordOf,
    choices_of,
    email,
    phone,
    postal_code,
    url,
)

NONE = "none"

KINDS = WordOf(
    OrganisationKind,
    (
        ("cooperativa", OrganisationKind.SOCIAL_COOPERATIVE),
        ("sindacato", OrganisationKind.TRADE_UNION),
        ("asl", OrganisationKind.HEALTH_AUTHORITY),
        ("ausl", OrganisationKind.HEALTH_AUTHORITY),
        ("ats", OrganisationKind.HEALTH_AUTHORITY),
        ("ente locale", OrganisationKind.MUNICIPALITY),
        ("centro antiviolenza", OrganisationKind.ASSOCIATION),
        ("impresa sociale", OrganisationKind.ENTERPRISE),
        ("polizia", OrganisationKind.POLICE),
        ("questura", OrganisationKind.POLICE),
        ("tribunale", OrganisationKind.COURT),
        ("procura", OrganisationKind.COURT),
        ("altro", OrganisationKind.OTHER),
    ),
)
FORMS = WordOf(
    LegalForm,
    (
        ("odv", LegalForm.VOLUNTEER_ORGANISATION),
        ("aps", LegalForm.SOCIAL_PROMOTION),
        ("onlus", LegalForm.ONLUS),
        ("ets", LegalForm.THIRD_SECTOR_BODY),
        ("associazione", LegalForm.UNRECOGNISED_ASSOCIATION),
        ("ente pubblico", LegalForm.PUBLIC_BODY),
        ("srl", LegalForm.COMPANY),
        ("spa", LegalForm.COMPANY),
        ("altro", LegalForm.OTHER),
    ),
)
ROLES = WordOf(
    ParticipationRole,
    (
        ("promotore", ParticipationRole.PROMOTER),
        ("promotrice", ParticipationRole.PROMOTER),
        ("promuove", ParticipationRole.PROMOTER),
        ("partecipante", ParticipationRole.PARTICIPANT),
        ("partecipa", ParticipationRole.PARTICIPANT),
        ("aderente", ParticipationRole.PARTICIPANT),
        ("collabora", ParticipationRole.CONTRIBUTOR),
        ("collaboratrice", ParticipationRole.CONTRIBUTOR),
    ),
)

CODE = Field(
    "code",
    _("Code in the register"),
    values.text(80),
    aliases=("codice registro", "indirizzo nel registro"),
    example="",
    help=_("As it stands in the address of its page. Without it, numbers and name decide."),
)
NAME_OF = Field(
    "name",
    _("Name"),
    values.text(),
    required=True,
    aliases=(
        *("denominazione", "nome organizzazione", "organizzazione", "ente", "ragione sociale"),
        *("associazione", "nome ente", "denominazione ente"),
    ),
    example="Casa delle donne",
    help=_("As the organisation itself writes it."),
)
SHORT_NAME = Field(
    "short_name",
    _("Acronym"),
    values.text(60),
    aliases=("sigla", "acronimo", "nome breve"),
)
KIND = Field(
    "kind",
    _("Kind"),
    KINDS,
    aliases=("tipo", "tipologia", "tipo di organizzazione", "categoria"),
    example="Associazione",
    choices=choices_of(OrganisationKind),
)
LEGAL_FORM = Field(
    "legal_form",
    _("Legal form"),
    FORMS,
    aliases=("forma giuridica", "natura giuridica", "sezione runts"),
    choices=choices_of(LegalForm),
)
TAX_CODE = Field(
    "tax_code",
    _("Tax code"),
    Number(IdentifierScheme.TAX_CODE, 11),
    aliases=("codice fiscale", "cf", "c f", "cod fiscale"),
    example="01232710374",
    help=_("Tells organisations apart: with it nothing is entered twice."),
)
VAT = Field(
    "vat",
    _("VAT number"),
    Number(IdentifierScheme.VAT, 11),
    aliases=("partita iva", "p iva", "piva"),
)
IPA = Field(
    "ipa",
    _("IPA code"),
    Number(IdentifierScheme.IPA),
    aliases=("codice ipa", "cod amm"),
)
RUNTS = Field(
    "runts",
    _("RUNTS number"),
    Number(IdentifierScheme.RUNTS),
    aliases=("runts", "repertorio", "numero repertorio", "numero runts", "iscrizione runts"),
)
MUNICIPALITY = (
    Field(
        "istat_code",
        _("ISTAT code"),
        values.istat_code,
        aliases=("istat", "codice istat", "codice istat del comune", "codice comune istat"),
        example="037006",
        help=_("Of the municipality of the seat: six digits."),
    ),
    Field(
        "municipality",
        _("Municipality"),
        values.text(),
        aliases=("comune", "comune sede", "comune della sede", "citta", "sede"),
        example="Bologna",
        help=_("Checked against the code. Without a code it is looked for by its name."),
    ),
)
ADDRESS = Field(
    "address",
    _("Street and number"),
    values.text(200),
    aliases=("indirizzo", "via"),
    example="via Roma 1",
)
POSTAL_CODE = Field("postal_code", _("Postal code"), postal_code, aliases=("cap",))
EMAIL = Field(
    "email",
    _("E-mail"),
    email,
    aliases=("e mail", "mail", "posta elettronica", "email organizzazione"),
    example="info@casadelledonne.example",
)
CERTIFIED_EMAIL = Field(
    "certified_email",
    _("Certified e-mail (PEC)"),
    email,
    aliases=("pec", "posta certificata"),
)
PHONE = Field("phone", _("Telephone"), phone, aliases=("telefono", "tel", "cellulare"))
WEBSITE = Field("website", _("Website"), url, aliases=("sito", "sito web", "web", "sito internet"))
PUBLIC = Field(
    "public",
    _("Public"),
    values.yes_no,
    aliases=("pubblico", "pubblica"),
    help=_("No, where street, e-mail and telephone are for the secretariat alone. Empty: yes."),
)
SINCE = Field(
    "since",
    _("Takes part since"),
    values.day_known_in_part,
    aliases=("dal", "data adesione", "adesione", "aderisce dal", "nella rete dal"),
    example="2021",
    help=_("A day, a month or a year, as far as it is known. Empty: it is not known since when."),
)
ROLE = Field(
    "role",
    _("Role in the network"),
    ROLES,
    aliases=("ruolo", "ruolo nella rete"),
    choices=choices_of(ParticipationRole),
)
SOURCE = Field("source", _("Source"), values.text(), aliases=("fonte", "atto"))

ORGANISATION_COLUMNS = (
    CODE,
    NAME_OF,
    SHORT_NAME,
    KIND,
    LEGAL_FORM,
    TAX_CODE,
    VAT,
    IPA,
    RUNTS,
    *MUNICIPALITY,
    ADDRESS,
    POSTAL_CODE,
    EMAIL,
    CERTIFIED_EMAIL,
    PHONE,
    WEBSITE,
    PUBLIC,
    ROLE,
    SINCE,
    SOURCE,
)
