"""What a regulation can choose among."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Convener(TextChoices):
    CHAIR = "chair", _("whoever chairs it")
    COORDINATOR = "coordinator", _("the coordinator")
    STEERING_GROUP = "steering_group", _("the steering group")
    PROMOTER = "promoter", _("the administration that promotes it")


class Channel(TextChoices):
    EMAIL = "email", _("by e-mail")
    CERTIFIED_EMAIL = "certified_email", _("by certified e-mail (PEC)")
    POST = "post", _("by letter")


class Basis(TextChoices):
    """Of whom a quorum is a part."""

    IN_OFFICE = "in_office", _("of the members in office")
    WITH_VOTE = "with_vote", _("of the members who have a vote")
    ASSIGNED = "assigned", _("of the members that the founding act assigns")


class Reach(TextChoices):
    """How a part of a number is reached. Of 15 by a half: 8, 8 (rounded up), 9."""

    MORE_THAN = "more_than", _("more than")
    AT_LEAST = "at_least", _("at least")
    PLUS_ONE = "plus_one", _("rounded up, plus one")


class Checked(TextChoices):
    AT_OPENING = "at_opening", _("once, when the meeting opens")
    EACH_ITEM = "each_item", _("again for each item")


class Among(TextChoices):
    """Of whom a majority is a part."""

    VOTERS = "voters", _("of those who vote")
    PRESENT = "present", _("of those present with a vote")
    WITH_VOTE = "with_vote", _("of all who have a vote")
    IN_OFFICE = "in_office", _("of the members in office")


class Matter(TextChoices):
    """What is decided on; information and discussion decide nothing."""

    INFORMATION = "information", _("information or discussion")
    OPINION = "opinion", _("opinion")
    PROPOSAL = "proposal", _("proposal to an administration")
    DOCUMENT = "document", _("approval of a document or programme")
    APPOINTMENT = "appointment", _("appointment or election")
    GROUP = "group", _("creation or closure of a group")
    ADHESION = "adhesion", _("adhesion of a new member")
    EXCLUSION = "exclusion", _("exclusion of a member")
    INITIATIVE = "initiative", _("joint initiative")
    CALL = "call", _("participation in a call")
    STATEMENT = "statement", _("statement")
    MINUTES = "minutes", _("approval of minutes")
    REGULATION = "regulation", _("change of the regulation")


ON_PERSONS = frozenset({Matter.APPOINTMENT, Matter.EXCLUSION})


class Tie(TextChoices):
    FAILS = "fails", _("the proposal is not approved")
    CHAIR = "chair", _("the vote of whoever chairs prevails")


class ElectionTie(TextChoices):
    AGAIN = "again", _("the vote is repeated among those who are level")
    LOT = "lot", _("lots are drawn")
    ELDEST = "eldest", _("the eldest is elected")


class Signing(TextChoices):
    CHAIR = "chair", _("whoever chaired")
    SECRETARY = "secretary", _("whoever wrote them")
    BOTH = "both", _("whoever chaired and whoever wrote them")


class Approval(TextChoices):
    SAME_MEETING = "same_meeting", _("at the end of the meeting itself")
    NEXT_MEETING = "next_meeting", _("at the next meeting")
    SILENCE = "silence", _("when the term for corrections passes in silence")


class Publication(TextChoices):
    NONE = "none", _("are not published")
    REDACTED = "redacted", _("are published without the names of persons")
    WHOLE = "whole", _("are published with the names")


class Voice(TextChoices):
    ALWAYS = "always", _("on every item")
    SOME_ITEMS = "some_items", _("on the items for which they are called")
    NEVER = "never", _("on no item")


class Elected(TextChoices):
    CHAIR = "chair", _("who chairs")
    COORDINATOR = "coordinator", _("who coordinates")
    SECRETARY = "secretary", _("who writes the minutes")


class ReportTo(TextChoices):
    COUNCIL = "council", _("the council")
    EXECUTIVE = "executive", _("the executive")
    PARENT = "parent", _("the body that it belongs to")
    NONE = "none", _("nobody")
