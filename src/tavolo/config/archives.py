"""How the rows of kernel, and of what is not ours, go along when a network moves."""

from django.conf import settings
from django.db.models import Q

from tavolo.kernel.plugs import Goes, Travel
from tavolo.people.sealing import seal, unseal

Travel("kernel.Network", Goes.WITH_NETWORK, path="pk")
Travel("kernel.NetworkSetting", Goes.WITH_NETWORK, path="network")
Travel("kernel.Installation", Goes.STAYS, why="It says what this installation is.")
Travel("kernel.DatedValue", Goes.STAYS, why="Numbers of law: each installation has them.")
Travel(
    "kernel.AnnouncedFact",
    Goes.STAYS,
    why="What follows from an act follows where it was done.",
)
Travel("kernel.Delivery", Goes.STAYS, why="As the facts that were delivered.")
Travel("kernel.FormKey", Goes.STAYS, why="They pass within a day.")
Travel("kernel.Blob", Goes.STAYS, why="Contents go as files, where a row that goes needs them.")
Travel("kernel.Schedule", Goes.STAYS, why="When the work of this installation is due.")
Travel("kernel.WorkerBeat", Goes.STAYS, why="Signs of life of the workers here.")


def opened(data: dict[str, str]) -> dict[str, str]:
    """What a second factor rests on, opened: the key that sealed it stays here."""
    return {key: unseal(data[key]) if key in SEALED else data[key] for key in data}


def closed(data: dict[str, str]) -> dict[str, str]:
    """Sealed with the key of this installation."""
    return {key: seal(data[key]) if key in SEALED else data[key] for key in data}


SEALED = {"secret", "seed"}

Travel("account.EmailAddress", Goes.OF_SHARED, path="user__person")
Travel(
    "mfa.Authenticator",
    Goes.OF_SHARED,
    path="user__person",
    # A passkey answers to the address of its installation only.
    only=lambda _network: Q(type__in=("totp", "recovery_codes")),
    accounts=True,
    opened={"data": (opened, closed)},
)
Travel("account.EmailConfirmation", Goes.STAYS, why="Links to this installation.")
for key in ("auth.Permission", "auth.Group", "auth.Group_permissions", "contenttypes.ContentType"):
    Travel(key, Goes.STAYS, why="Django makes them; nobody here uses them.")
Travel("sessions.Session", Goes.STAYS, why="Everybody signs in again.")
Travel(
    "django_tasks_database.DBTaskResult",
    Goes.STAYS,
    why="Work that was begun here is done here.",
)
if "allauth.socialaccount" in settings.INSTALLED_APPS:
    for key in ("SocialApp", "SocialAccount", "SocialToken", "SocialApp_sites"):
        Travel(f"socialaccount.{key}", Goes.STAYS, why="Bound to this installation's provider.")
