"""What to do next in a network that has just begun: pure words over its progress."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.desk.queries import Progress

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """A thing with its reason, the verb of its button, and where that leads."""

    title: Words
    reason: Words
    verb: Words
    href: str
    done: bool


def steps_of(told: Progress) -> list[Step]:
    """In the order in which a secretariat does them best."""
    here = {"slug": told.network.slug}
    settings = reverse("desk:settings", kwargs=here)
    return [
        Step(
            _("Say in one sentence what the network is"),
            _("it stands on its public page"),
            _("Write"),
            settings,
            told.described,
        ),
        Step(
            _("Say which territory is the network’s"),
            _("its municipalities follow from it, and its map"),
            _("Choose"),
            reverse("desk:territory", kwargs=here),
            told.placed,
        ),
        Step(
            _("Enter the first organisation"),
            _("begin with whoever promotes the network"),
            _("Enter"),
            reverse("registry:add_organisation"),
            told.organisations > 0,
        ),
        Step(
            _("Invite a second person into the secretariat"),
            _("so that the network never stands still"),
            _("Invite"),
            reverse("desk:invite_secretary", kwargs=here),
            told.secretaries > 1,
        ),
        Step(
            _("Invite who acts for an organisation"),
            _("she sees what concerns it, and nothing else"),
            _("Invite"),
            reverse("desk:invite_member", kwargs=here),
            told.members > 0,
        ),
        Step(
            _("Give the e-mail of the secretariat"),
            _("everybody reads it on the public page"),
            _("Write"),
            settings,
            told.reachable,
        ),
    ]


def steps_left(told: Progress) -> list[Step]:
    return [step for step in steps_of(told) if not step.done]
