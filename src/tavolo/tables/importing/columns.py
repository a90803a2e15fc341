"""The columns that lists of bodies, seats and delegates may have."""

from dataclasses import replace

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Field
from tavolo.registry.choices import DelegationTheme, OfficeTitle
from tavolo.registry.importing import persons
from tavolo.registry.importing.words import WordOf, choices_of
from tavolo.tables.choices import (
    ActKind,
    Basis,
    Category,
    DelegateKind,
    Level,
    SeatEnd,
    SeatRole,
)
from tavolo.tables.importing.words import PlugWord, kinds, usual_regulations

ROLES = WordOf(
    SeatRole,
    (
        ("componente", SeatRole.MEMBER),
        ("membro", SeatRole.MEMBER),
        ("presidente", SeatRole.CHAIR),
        ("coordinatrice", SeatRole.COORDINATOR),
        ("coordinatore", SeatRole.COORDINATOR),
        ("segretaria", SeatRole.SECRETARY),
        ("segretario", SeatRole.SECRETARY),
        ("osservatrice", SeatRole.OBSERVER),
        ("osservatore", SeatRole.OBSERVER),
        ("invitata", SeatRole.GUEST),
        ("invitato", SeatRole.GUEST),
    ),
)
KINDS_OF_DELEGATE = WordOf(
    DelegateKind,
    (
        ("effettiva", DelegateKind.EFFECTIVE),
        ("effettivo", DelegateKind.EFFECTIVE),
        ("titolare", DelegateKind.EFFECTIVE),
        ("supplente", DelegateKind.SUBSTITUTE),
        ("sostituta", DelegateKind.SUBSTITUTE),
        ("sostituto", DelegateKind.SUBSTITUTE),
    ),
)
KIND_OF_BODY, REGULATION_WORD = PlugWord(kinds), PlugWord(usual_regulations)

BODY = Field(
    "body",
    _("Body"),
    values.text(),
    required=True,
    aliases=("organismo", "tavolo", "gruppo", "commissione"),
    example="Tavolo permanente sulle pari opportunità",
    help=_("Its name, or the code in its address."),
)
ORGANISATION = replace(persons.ORGANISATION, required=False)
GIVEN_NAME = replace(persons.GIVEN_NAME, required=False)
FAMILY_NAME = replace(persons.FAMILY_NAME, required=False)
OFFICE = (
    Field(
        "title",
        _("Office that has the seat"),
        WordOf(OfficeTitle),
        aliases=("carica",),
        help=_("Where the seat is of whoever holds an office of the organisation on the day."),
        choices=choices_of(OfficeTitle),
    ),
    Field(
        "theme",
        _("Delegated matter that has the seat"),
        WordOf(DelegationTheme),
        aliases=("delega", "materia"),
        help=_("Where the seat is of whoever has this delegation of the organisation on the day."),
        choices=choices_of(DelegationTheme),
    ),
)
SINCE = Field(
    "since",
    _("Since"),
    values.day_known_in_part,
    aliases=("dal", "inizio", "data nomina"),
    help=_("A day, a month or a year, as far as it is known."),
)
UNTIL = Field("until", _("Until"), values.day_known_in_part, aliases=("al", "fino al", "fine"))
ACT = Field(
    "act",
    _("Act"),
    values.text(),
    required=True,
    aliases=("atto", "delibera", "atto di nomina", "determina"),
    example="determinazione 12/2015",
)
SOURCE = Field("source", _("Source"), values.text(), aliases=("fonte",))

OF_BODIES = (
    Field(
        "code",
        _("Code in the address"),
        values.text(80),
        aliases=("codice",),
        help=_("Of a body that is there already. Without it the name decides."),
    ),
    Field(
        "name",
        _("Name"),
        values.text(),
        required=True,
        aliases=("nome", "denominazione", "organismo", "tavolo"),
        example="Tavolo permanente sulle pari opportunità",
    ),
    Field("official_name", _("Name in the act"), values.text(), aliases=("nome ufficiale",)),
    Field(
        "kind",
        _("Kind"),
        KIND_OF_BODY,
        required=True,
        aliases=("tipo", "tipo di organismo"),
        choices=KIND_OF_BODY.choices(),
    ),
    Field(
        "parent",
        _("Part of"),
        values.text(),
        aliases=("organismo superiore", "fa parte di"),
        help=_("The name of another body of the network, or of another row."),
    ),
    Field("number", _("Number"), values.whole_number(1, 999), aliases=("numero", "n")),
    Field(
        "level",
        _("Level"),
        WordOf(Level),
        aliases=("livello",),
        choices=choices_of(Level),
    ),
    Field("theme", _("Theme"), values.text(200), aliases=("tema",)),
    Field("promoter", _("Promoted by"), values.text(), aliases=("promotore", "promosso da")),
    Field(
        "on_impulse_of",
        _("On the impulse of"),
        values.text(200),
        aliases=("su impulso di",),
    ),
    Field(
        "founding_kind",
        _("Kind of the founding act"),
        WordOf(ActKind),
        aliases=("tipo di atto",),
        choices=choices_of(ActKind),
    ),
    Field(
        "founding_act",
        _("Founding act"),
        values.text(),
        aliases=("atto istitutivo", "atto"),
        example="deliberazione 40/2015",
    ),
    Field(
        "established",
        _("Established"),
        values.day_known_in_part,
        aliases=("istituito il", "istituito", "data istituzione"),
        example="2015-06-01",
    ),
    Field("started", _("Started"), values.day_known_in_part, aliases=("avvio", "inizio lavori")),
    Field("ended", _("Ended"), values.day_known_in_part, aliases=("cessato il", "fine")),
    Field("end_act", _("Act that ended it"), values.text(), aliases=("atto di cessazione",)),
    Field(
        "istat_code",
        _("ISTAT code"),
        values.istat_code,
        aliases=("istat", "codice istat"),
        help=_("Of the municipality for which it works: six digits."),
    ),
    Field("municipality", _("Municipality"), values.text(), aliases=("comune",)),
    Field(
        "regulation",
        _("Regulation to begin from"),
        REGULATION_WORD,
        aliases=("regolamento",),
        help=_("Its rules can be corrected afterwards, on the page of the regulation."),
        choices=REGULATION_WORD.choices(),
    ),
    Field(
        "regulation_since",
        _("Regulation in force since"),
        values.day,
        aliases=("regolamento dal",),
    ),
    Field(
        "regulation_act",
        _("Act of the regulation"),
        values.text(),
        aliases=("atto del regolamento", "regolamento approvato con"),
    ),
    SOURCE,
)
OF_SEATS = (
    BODY,
    ORGANISATION,
    persons.ORGANISATION_TAX_CODE,
    *OFFICE,
    GIVEN_NAME,
    FAMILY_NAME,
    Field("role", _("Role"), ROLES, aliases=("ruolo",), choices=choices_of(SeatRole)),
    Field(
        "category",
        _("Category"),
        WordOf(Category),
        aliases=("categoria",),
        help=_("Empty: by the kind of organisation."),
        choices=choices_of(Category),
    ),
    Field(
        "basis",
        _("Came by"),
        WordOf(Basis),
        aliases=("a che titolo", "modalita di ingresso"),
        choices=choices_of(Basis),
    ),
    ACT,
    SINCE,
    UNTIL,
    Field(
        "end_reason",
        _("Why it ended"),
        WordOf(SeatEnd),
        aliases=("motivo", "motivo cessazione"),
        choices=choices_of(SeatEnd),
    ),
    Field("end_act", _("Act that ended it"), values.text(), aliases=("atto di cessazione",)),
    SOURCE,
)
OF_DELEGATES = (
    BODY,
    persons.ORGANISATION,
    persons.ORGANISATION_TAX_CODE,
    *OFFICE,
    persons.GIVEN_NAME,
    persons.FAMILY_NAME,
    Field(
        "kind",
        _("As"),
        KINDS_OF_DELEGATE,
        aliases=("in qualita di", "qualita", "tipo"),
        help=_("Empty: effective delegate."),
        choices=choices_of(DelegateKind),
    ),
    ACT,
    SINCE,
    UNTIL,
    SOURCE,
)
