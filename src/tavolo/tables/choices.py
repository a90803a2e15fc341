"""What a body can be founded by, and how somebody sits in it."""

from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _

from tavolo.registry.choices import OrganisationKind


class Level(models.TextChoices):
    """On which level of government a body works."""

    MUNICIPAL = "municipal", _("municipal")
    DISTRICT = "district", _("of a district")
    PROVINCIAL = "provincial", _("provincial")
    METROPOLITAN = "metropolitan", _("metropolitan")
    REGIONAL = "regional", _("regional")
    NATIONAL = "national", _("national")


class ActKind(models.TextChoices):
    """By what kind of act; `NOT_SAID` where the source names none."""

    RESOLUTION = "resolution", _("Resolution")
    DETERMINATION = "determination", _("Determination")
    DECREE = "decree", _("Decree")
    PROTOCOL = "protocol", _("Protocol")
    DECISION = "decision", _("Decision of a body")
    OTHER = "other", _("Other act")


class SeatRole(models.TextChoices):
    """As what somebody sits there; what it gives stands in one table (`rules.RIGHTS`)."""

    CHAIR = "chair", _("chair")
    COORDINATOR = "coordinator", _("coordinates")
    MEMBER = "member", _("full member")
    SECRETARY = "secretary", _("keeps the minutes")
    PARTNER = "partner", _("institutional partner")
    CONTRIBUTOR = "contributor", _("contributing institution")
    OBSERVER = "observer", _("observer")
    GUEST = "guest", _("guest")


class Category(models.TextChoices):
    """In which category somebody was admitted; the first three are those of a public notice."""

    ASSOCIATION = "association", _("Associations")
    TRADE_UNION = "trade_union", _("Trade unions")
    STAKEHOLDER = "qualified_stakeholder", _("Qualified stakeholders")
    MUNICIPALITY = "municipality", _("Municipalities")
    INSTITUTION = "institution", _("Institutions")
    PERSON = "person", _("Persons appointed or elected")


# In which category an organisation sits where nobody says another.
CATEGORY_OF_KIND: Mapping[str, Category] = {
    OrganisationKind.MUNICIPALITY: Category.MUNICIPALITY,
    OrganisationKind.ASSOCIATION: Category.ASSOCIATION,
    OrganisationKind.TRADE_UNION: Category.TRADE_UNION,
    **dict.fromkeys(
        (
            OrganisationKind.MUNICIPAL_UNION,
            OrganisationKind.PROVINCE,
            OrganisationKind.METROPOLITAN_CITY,
            OrganisationKind.REGION,
            OrganisationKind.MINISTRY,
            OrganisationKind.PREFECTURE,
            OrganisationKind.POLICE,
            OrganisationKind.COURT,
            OrganisationKind.HEALTH_AUTHORITY,
            OrganisationKind.SCHOOL,
            OrganisationKind.UNIVERSITY,
            OrganisationKind.EMPLOYMENT_AGENCY,
            OrganisationKind.EQUALITY_BODY,
            OrganisationKind.OBSERVATORY,
            OrganisationKind.HELP_LINE,
        ),
        Category.INSTITUTION,
    ),
}


class Basis(models.TextChoices):
    """By which way somebody came to the seat."""

    NOTICE = "notice", _("answered the public notice")
    FOUNDING = "founding", _("founded the body")
    ADHESION = "adhesion", _("chose to take part")
    INVITATION = "invitation", _("was invited")
    OFFICE = "office", _("by right of the office")
    APPOINTMENT = "appointment", _("was appointed")
    ELECTION = "election", _("was elected")
    SUCCESSION = "succession", _("took the place of another")


class SeatEnd(models.TextChoices):
    """Why a seat ended."""

    RESIGNATION = "resignation", _("resignation")
    FORFEITURE = "forfeiture", _("forfeiture")
    MANDATE = "mandate", _("end of the mandate")
    SUCCESSION = "succession", _("another took its place")
    ROLE = "role", _("another role")
    BODY = "body", _("end of the body")
    EXCLUSION = "exclusion", _("exclusion")
    OTHER = "other", _("other reason")


class HolderKind(models.TextChoices):
    """Who holds a seat."""

    ORGANISATION = "organisation", _("an organisation")
    OFFICE = "office", _("whoever holds an office")
    PERSON = "person", _("a person")


class DelegateKind(models.TextChoices):
    """In a meeting the substitute takes the place of the effective delegate."""

    EFFECTIVE = "effective", _("effective delegate")
    SUBSTITUTE = "substitute", _("substitute delegate")


class LineageManner(models.TextChoices):
    """How a body goes on: confirmed or renewed as itself, or in another."""

    CONFIRMED = "confirmed", _("confirmed")
    RENEWED = "renewed", _("renewed")
    MERGED = "merged", _("merged into another")
    SUCCEEDED = "succeeded", _("followed by another")


# A body that is confirmed goes on as itself; one that was merged goes on in another.
GOES_ON_IN_ANOTHER = frozenset({LineageManner.MERGED, LineageManner.SUCCEEDED})
