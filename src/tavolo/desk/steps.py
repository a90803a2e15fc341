"""What to do next in a network that has just begun: pure words over its progress."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tavolo.desk.queries import Progress
from tavolo.documents.shown import add_href
from tavolo.kernel.actor import Actor
from tavolo.registry.choices import HOLDS_LOGO
from tavolo.registry.rules import ORGANISATIONS, PEOPLE, SETTINGS, runs_network
from tavolo.territory.rules import TERRITORY

Words = str | Promise


@dataclass(frozen=True)
class Step:
    """A thing with its reason, the verb of its button, where that leads, and of which part it is."""

    title: Words
    reason: Words
    verb: Words
    href: str
    done: bool
    part: str = ""
    # What a network works without is asked for on its own page, and not among what is due today.
    every_day: bool = True


def steps_of(told: Progress, actor: Actor) -> list[Step]:
    """Those that the actor may take, in the order in which a secretariat does them best."""
    return [step for step in _steps(told) if runs_network(actor, told.network.uid, step.part)]


def steps_left(told: Progress, actor: Actor) -> list[Step]:
    return [step for step in steps_of(told, actor) if step.every_day and not step.done]


def _steps(told: Progress) -> list[Step]:
    here = {"slug": told.network.slug}
    settings = reverse("desk:settings", kwargs=here)
    return [
        Step(
            _("Say in one sentence what the network is"),
            _("it stands on its public page"),
            _("Write"),
            settings,
            told.described,
            SETTINGS,
        ),
        Step(
            _("Say which territory is the network’s"),
            _("its municipalities follow from it, and its map"),
            _("Choose"),
            reverse("desk:territory", kwargs=here),
            told.placed,
            TERRITORY,
        ),
        Step(
            _("Enter the first organisation"),
            _("begin with whoever promotes the network"),
            _("Enter"),
            reverse("registry:add_organisation"),
            told.organisations > 0,
            ORGANISATIONS,
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
            PEOPLE,
        ),
        Step(
            _("Give the e-mail of the secretariat"),
            _("everybody reads it on the public page"),
            _("Write"),
            settings,
            told.reachable,
            SETTINGS,
        ),
        Step(
            _("Say where its seat is, and in which languages it speaks"),
            _("both stand on the public page"),
            _("Write"),
            reverse("desk:seat", kwargs=here),
            told.seated,
            SETTINGS,
            every_day=False,
        ),
        Step(
            _("Try a letter"),
            _("so that invitations arrive"),
            _("Try"),
            reverse("desk:trial", kwargs=here),
            told.tried,
            SETTINGS,
            every_day=False,
        ),
        Step(
            _("Say who answers for the personal data"),
            _("the pages on privacy and accessibility name them"),
            _("Write"),
            reverse("desk:statements", kwargs=here),
            told.stated,
            SETTINGS,
            every_day=False,
        ),
        Step(
            _("Add a logo"),
            _("it stands at the head of the public page and of the papers"),
            _("Add"),
            add_href(HOLDS_LOGO, told.network.uid),
            told.marked,
            SETTINGS,
            every_day=False,
        ),
    ]
