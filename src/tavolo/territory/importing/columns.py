"""Columns that several kinds of import have."""

from django.utils.translation import gettext_lazy as _

from tavolo.imports import values
from tavolo.imports.plugs import Field

MUNICIPALITY = (
    Field(
        "istat_code",
        _("ISTAT code"),
        values.istat_code,
        aliases=("istat", "codice istat del comune", "pro_com_t"),
        example="037001",
        help=_("Six digits; zeros that a spreadsheet dropped come back."),
    ),
    Field(
        "municipality",
        _("Municipality"),
        values.text(),
        aliases=("nome del comune", "denominazione"),
        example="Anzola dell’Emilia",
        help=_("Checked against the code. Without a code it is looked for by its name."),
    ),
)
VALID_FROM = Field(
    "valid_from",
    _("From"),
    values.day,
    aliases=("dal", "data inizio", "valido dal"),
    example="2026-01-01",
    help=_("The first day. Empty: what was said for the whole file, or since ever."),
)
LAST_DAY = Field(
    "last_day",
    _("Until (last day)"),
    values.day,
    aliases=("al", "fino al", "data fine", "ultimo giorno"),
    help=_("The last day on which it still belongs. Empty: until further notice."),
)
SOURCE = Field("source", _("Source"), values.text(), aliases=("fonte", "atto"))
