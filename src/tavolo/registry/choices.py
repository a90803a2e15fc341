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


class LegalForm(models.TextChoices):
    """In what form of law an organisation stands; stored by key, added to and never renamed."""

    PUBLIC_BODY = "public_body", _("Public body")
    RECOGNISED_ASSOCIATION = "recognised_association", _("Recognised association")
    UNRECOGNISED_ASSOCIATION = "unrecognised_association", _("Unrecognised association")
    VOLUNTEER_ORGANISATION = "volunteer_organisation", _("Volunteer organisation (ODV)")
    SOCIAL_PROMOTION = "social_promotion_association", _("Social promotion association (APS)")
    PHILANTHROPIC_BODY = "philanthropic_body", _("Philanthropic body")
    ASSOCIATIVE_NETWORK = "associative_network", _("Associative network")
    MUTUAL_AID_SOCIETY = "mutual_aid_society", _("Mutual aid society")
    THIRD_SECTOR_BODY = "third_sector_body", _("Other third-sector body")
    ONLUS = "onlus", _("ONLUS (former register)")
    COMMITTEE = "committee", _("Committee")
    FOUNDATION = "foundation", _("Foundation")
    COOPERATIVE = "cooperative", _("Cooperative")
    SOCIAL_COOPERATIVE = "social_cooperative", _("Social cooperative")
    SOCIAL_ENTERPRISE = "social_enterprise", _("Social enterprise")
    CONSORTIUM = "consortium", _("Consortium")
    COMPANY = "company", _("Company")
    SOLE_TRADER = "sole_trader", _("Sole trader")
    RELIGIOUS_BODY = "religious_body", _("Religious body")
    OTHER = "other", _("Other legal form")


class UnitKind(models.TextChoices):
    ORGAN = "organ", _("Organ")
    OFFICE = "office", _("Office")
    CORPS = "corps", _("Corps")
    SERVICE = "service", _("Service")
    BRANCH = "branch", _("Local branch")


class NameKind(models.TextChoices):
    OFFICIAL = "official", _("official name")
    PUBLIC = "public", _("name in use")
    SHORT = "short", _("short name or acronym")


class SeatKind(models.TextChoices):
    REGISTERED = "registered", _("registered seat")
    OPERATING = "operating", _("operating seat")
    POSTAL = "postal", _("postal address")


class IdentifierScheme(models.TextChoices):
    TAX_CODE = "tax_code", _("Tax code")
    VAT = "vat", _("VAT number")
    IPA = "ipa", _("IPA code")
    RUNTS = "runts", _("RUNTS number")
    ART_52 = "art_52", _("Register of article 52")


class Channel(models.TextChoices):
    EMAIL = "email", _("E-mail")
    CERTIFIED_EMAIL = "certified_email", _("Certified e-mail (PEC)")
    PHONE = "phone", _("Telephone")
    WEBSITE = "website", _("Website")


class SuccessionManner(models.TextChoices):
    MERGER = "merger", _("merged into it")
    SPLIT = "split", _("divided")
    TRANSFORMATION = "transformation", _("transformed")
    TAKEOVER = "takeover", _("functions passed on")


class GrammaticalForm(models.TextChoices):
    FEMININE = "feminine", _("feminine")
    MASCULINE = "masculine", _("masculine")


class OfficeTitle(models.TextChoices):
    """Offices by key; how each is written stands in `titles.py`, in both grammatical forms."""

    MAYOR = "mayor", _("Mayor")
    METROPOLITAN_MAYOR = "metropolitan_mayor", _("Metropolitan mayor")
    DEPUTY_MAYOR = "deputy_mayor", _("Deputy mayor")
    PRESIDENT = "president", _("President")
    DEPUTY_PRESIDENT = "deputy_president", _("Deputy president")
    ASSESSOR = "assessor", _("Assessor")
    COUNCILLOR = "councillor", _("Councillor")
    DELEGATED_COUNCILLOR = "delegated_councillor", _("Councillor with a delegation")
    REGIONAL_COUNCILLOR = "regional_councillor", _("Regional councillor")
    METROPOLITAN_COUNCILLOR = "metropolitan_councillor", _("Metropolitan councillor")
    EQUALITY_ADVISER = "equality_adviser", _("Equality adviser")
    PREFECT = "prefect", _("Prefect")
    POLICE_COMMISSIONER = "police_commissioner", _("Police commissioner")
    COMMANDER = "commander", _("Commander")
    GENERAL_DIRECTOR = "general_director", _("General director")
    DIRECTOR = "director", _("Director")
    HEAD_TEACHER = "head_teacher", _("Head teacher")
    RECTOR = "rector", _("Rector")
    SECRETARY_GENERAL = "secretary_general", _("Secretary general")
    LEGAL_REPRESENTATIVE = "legal_representative", _("Legal representative")
    OTHER = "other", _("Other office")


class DelegationTheme(models.TextChoices):
    EQUAL_OPPORTUNITIES = "equal_opportunities", _("Equal opportunities")
    GENDER_POLICIES = "gender_policies", _("Gender policies")
    SOCIAL_POLICIES = "social_policies", _("Social policies")
    LABOUR = "labour", _("Work and training")
    EDUCATION = "education", _("Education and schools")
    CULTURE = "culture", _("Culture")
    HEALTH = "health", _("Health")
    SECURITY = "security", _("Security")
    YOUTH = "youth", _("Youth")
    MIGRATION = "migration", _("Migration and inclusion")
    OTHER = "other", _("Other matter")


class Capacity(models.TextChoices):
    LEGAL_REPRESENTATIVE = "legal_representative", _("legal representative")
    DELEGATE = "delegate", _("delegate")
    SUBSTITUTE = "substitute", _("substitute")
    CONTACT_PERSON = "contact_person", _("contact person")


class EndReason(models.TextChoices):
    TERM = "term", _("end of the term")
    ELECTION = "election", _("elections")
    RESIGNATION = "resignation", _("resignation")
    REVOCATION = "revocation", _("revoked")
    FORFEITURE = "forfeiture", _("forfeiture")
    REORGANISATION = "reorganisation", _("reorganisation")
    OTHER = "other", _("other reason")


class CommitmentState(models.TextChoices):
    """Overdue is no state: it follows from the term and the day."""

    OPEN = "open", _("open")
    IN_PROGRESS = "in_progress", _("under way")
    DONE = "done", _("done")
    PARTLY = "partly", _("done in part")
    DROPPED = "dropped", _("dropped")


class Outcome(models.TextChoices):
    """What somebody answers who is asked what became of a commitment."""

    DONE = "done", _("it is done")
    PARTLY = "partly", _("it is done in part")
    IN_PROGRESS = "in_progress", _("we are at it")
    NOT = "not", _("it is not done")


class DeputyKind(models.TextChoices):
    DEPUTY = "deputy", _("deputy")
    STAFF = "staff", _("staff who act for her")


# What of this room holds documents (`holders.py`).
HOLDS_PAPERS, HOLDS_EVIDENCE, HOLDS_LOGO = "organisation", "commitment_step", "network_logo"
