"""What an organisation can be, and in what capacity somebody takes part or holds an office."""

from collections.abc import Mapping

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class OrganisationKind(models.TextChoices):
    """Stored by key; the Italian word is in the catalogue. A new kind is added, none is renamed."""

    MUNICIPALITY = "municipality", _("Municipality")
    MUNICIPAL_UNION = "municipal_union", _("Union of municipalities")
    PROVINCE = "province", _("Province")
    METROPOLITAN_CITY = "metropolitan_city", _("Metropolitan city")
    REGION = "region", _("Region")
    MINISTRY = "ministry", _("Ministry or department of the State")
    PREFECTURE = "prefecture", _("Prefecture")
    POLICE = "police", _("Police force")
    COURT = "court", _("Court or prosecutor’s office")
    HEALTH_AUTHORITY = "health_authority", _("Health authority")
    SCHOOL = "school", _("School")
    UNIVERSITY = "university", _("University")
    EMPLOYMENT_AGENCY = "employment_agency", _("Employment and training agency")
    EQUALITY_BODY = "equality_body", _("Equality body")
    OBSERVATORY = "observatory", _("Observatory")
    HELP_LINE = "help_line", _("Help line")
    TRADE_UNION = "trade_union", _("Trade union")
    TRADE_ASSOCIATION = "trade_association", _("Trade association")
    ASSOCIATION = "association", _("Association")
    FOUNDATION = "foundation", _("Foundation")
    SOCIAL_COOPERATIVE = "social_cooperative", _("Social cooperative")
    CONSORTIUM = "consortium", _("Consortium")
    ENTERPRISE = "enterprise", _("Enterprise")
    OTHER = "other", _("Other organisation")


# Headings of groups.
KIND_PLURALS: Mapping[OrganisationKind, str | Promise] = {
    OrganisationKind.MUNICIPALITY: _("Municipalities"),
    OrganisationKind.MUNICIPAL_UNION: _("Unions of municipalities"),
    OrganisationKind.PROVINCE: _("Provinces"),
    OrganisationKind.METROPOLITAN_CITY: _("Metropolitan cities"),
    OrganisationKind.REGION: _("Regions"),
    OrganisationKind.MINISTRY: _("Ministries and departments of the State"),
    OrganisationKind.PREFECTURE: _("Prefectures"),
    OrganisationKind.POLICE: _("Police forces"),
    OrganisationKind.COURT: _("Courts and prosecutor’s offices"),
    OrganisationKind.HEALTH_AUTHORITY: _("Health authorities"),
    OrganisationKind.SCHOOL: _("Schools"),
    OrganisationKind.UNIVERSITY: _("Universities"),
    OrganisationKind.EMPLOYMENT_AGENCY: _("Employment and training agencies"),
    OrganisationKind.EQUALITY_BODY: _("Equality bodies"),
    OrganisationKind.OBSERVATORY: _("Observatories"),
    OrganisationKind.HELP_LINE: _("Help lines"),
    OrganisationKind.TRADE_UNION: _("Trade unions"),
    OrganisationKind.TRADE_ASSOCIATION: _("Trade associations"),
    OrganisationKind.ASSOCIATION: _("Associations"),
    OrganisationKind.FOUNDATION: _("Foundations"),
    OrganisationKind.SOCIAL_COOPERATIVE: _("Social cooperatives"),
    OrganisationKind.CONSORTIUM: _("Consortia"),
    OrganisationKind.ENTERPRISE: _("Enterprises"),
    OrganisationKind.OTHER: _("Other organisations"),
}


class ParticipationRole(models.TextChoices):
    """A contributor works with the network without being one of those that make it up."""

    PROMOTER = "promoter", _("promotes the network")
    PARTICIPANT = "participant", _("takes part in the network")
    CONTRIBUTOR = "contributor", _("works with the network")


class Office(models.TextChoices):
    SECRETARY = "secretary", _("secretariat")
