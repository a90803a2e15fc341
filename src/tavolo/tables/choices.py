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


class NoticeState(models.TextChoices):
    """Where a public notice stands; only the first is decided, the others follow from days and acts."""

    DRAFT = "draft", _("draft, seen by the secretariat alone")
    COMING = "coming", _("published, not open yet")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")


class AskKind(models.TextChoices):
    """What a notice asks of whoever answers it."""

    DECLARATION = "declaration", _("Declaration")
    PAPER = "paper", _("Document")


class ApplicationWay(models.TextChoices):
    """In which way an application is valid (CAD, art. 65; DPR 445/2000, art. 38)."""

    SIGNED = "signed", _("on line, the form digitally signed")
    SCANNED = "scanned", _("on line, the form signed by hand with an identity document")
    PEC = "pec", _("by PEC")
    PAPER = "paper", _("on paper, at the protocol desk")


# Those in which the applicant herself fills in the form on line.
ON_LINE = (ApplicationWay.SIGNED, ApplicationWay.SCANNED)


class CountingTime(models.TextChoices):
    """Which time counts for what comes by PEC, as the notice says."""

    ACCEPTANCE = "acceptance", _("when the sender’s provider accepted it")
    DELIVERY = "delivery", _("when it was delivered to our mailbox")
    RECEIPT = "receipt", _("when we received it")


class Timing(models.TextChoices):
    """Whether an application came while the notice was open, to the second."""

    IN_TIME = "in_time", _("in time")
    EARLY = "early", _("before the notice opened")
    LATE = "late", _("out of term")


class ApplicationState(models.TextChoices):
    """Where an application stands; out of term is no state but a `Timing`, and it is checked all the same."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    IN_CHECK = "in_check", _("being checked")
    INTEGRATION = "integration", _("integration asked")
    REJECTION_NOTICE = "rejection_notice", _("notice of rejection")
    ADMITTED = "admitted", _("admitted")
    RESERVED = "admitted_with_reserve", _("admitted with reserve")
    REJECTED = "rejected", _("not admitted")
    WITHDRAWN = "withdrawn", _("withdrawn")


class PaperKind(models.TextChoices):
    """What somebody attached."""

    FORM = "form", _("The form, signed")
    IDENTITY = "identity", _("Identity document of whoever signs")
    ASKED = "asked", _("Document that the notice asks for")
    OTHER = "other", _("Other document")


class PaperSignature(models.TextChoices):
    """Whether the signature on a paper was looked at; what is not signed is neither."""

    NONE = "none", _("not signed")
    UNCHECKED = "unchecked", _("signed, not checked yet")
