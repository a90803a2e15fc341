"""What this room, the journal and the imports beneath it hold about a person."""

from collections.abc import Sequence
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.imports.queries import batches_naming
from tavolo.journal.queries import entries_by, entries_naming
from tavolo.kernel import clock
from tavolo.kernel.actor import Actor
from tavolo.kernel.errors import Sentence
from tavolo.people.actions.erasure import (
    empty_account,
    empty_imports,
    empty_journal,
    empty_requests,
)
from tavolo.people.models import Account, ApiToken, Identity, Invitation, Person, Session
from tavolo.people.plugs import HeldAbout, Kept, personal_data
from tavolo.people.queries import requests_of
from tavolo.people.traces import traces_of
from tavolo.ui.words import instant_words


class Own:
    """Her names, her account with its second factor and sessions, her invitations."""

    key = "people.person"
    label: Sentence = gettext_lazy("Name and account")
    order = 10

    def held(self, person: Person) -> Sequence[HeldAbout]:
        account = Account.objects.filter(person=person).first()
        return [
            HeldAbout(_("Given name"), person.given_name),
            HeldAbout(_("Family name"), person.family_name),
            *(_of_account(account) if account else []),
            *_invitations(person),
        ]

    def known_in(self, person: Person) -> set[UUID]:
        rows = Invitation.objects.filter(person=person)
        return set(rows.values_list("network__uid", flat=True))

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        empty_account(person)
        return []


class Requests:
    """What she asked for as somebody named on a public page, found by her e-mail."""

    key = "people.requests"
    label: Sentence = gettext_lazy("Requests about personal data")
    order = 20

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(row.code, row.words, instant_words(row.received_at), row.page)
            for row in requests_of(person)
        ]

    def known_in(self, person: Person) -> set[UUID]:
        return set()

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        empty_requests(person)
        return []


class Imports:
    """Files that somebody brought and that name her, as long as they are kept."""

    key = "people.imports"
    label: Sentence = gettext_lazy("Imported files that name the person")
    order = 80

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(_("File"), row.file_name, instant_words(row.received_at))
            for row in batches_naming(traces_of(person))
        ]

    def known_in(self, person: Person) -> set[UUID]:
        return set()

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        empty_imports(person, by=by)
        return []


class Journal:
    """What she did, and what was written of her; the entries stay without what they said."""

    key = "people.journal"
    label: Sentence = gettext_lazy("Journal")
    order = 90

    def held(self, person: Person) -> Sequence[HeldAbout]:
        return [
            HeldAbout(_("Entries of what the person did"), str(entries_by(person.uid).count())),
            HeldAbout(
                _("Entries whose values name the person"),
                str(entries_naming(traces_of(person)).count()),
            ),
        ]

    def known_in(self, person: Person) -> set[UUID]:
        return set()

    def erase(self, person: Person, *, by: Actor) -> Sequence[Kept]:
        empty_journal(person, by=by)
        did = entries_by(person.uid).count()
        if not did:
            return []
        label = _("%(count)s entries of the journal, under an opaque number") % {"count": did}
        return [Kept(label, WHY_JOURNAL)]


WHY_JOURNAL = gettext_lazy(
    "Public acts rest on the journal: who did what has to be provable, without a name in it"
    " (GDPR art. 17(3)(b) and (e))."
)


def _of_account(account: Account) -> list[HeldAbout]:
    since = instant_words(account.activated_at) if account.activated_at else ""
    sessions = Session.objects.filter(account=account, expire_date__gt=clock.now())
    factor = Authenticator.objects.filter(user=account).exists()
    return [
        HeldAbout(_("E-mail"), account.email, since),
        HeldAbout(_("Second factor"), _("active") if factor else _("not active")),
        *(
            HeldAbout(_("Session"), row.device or _("Device not recognised"), _since(row))
            for row in sessions.order_by("-seen_at", "uid")
        ),
        *(
            HeldAbout(_("Key for programs"), row.name, instant_words(row.created_at))
            for row in ApiToken.objects.filter(account=account).order_by("id")
        ),
        *(
            HeldAbout(_("Linked identity"), row.provider, instant_words(row.linked_at), row.issuer)
            for row in Identity.objects.filter(account=account).order_by("id")
        ),
    ]


def _since(session: Session) -> str:
    return instant_words(session.began_at)


def _invitations(person: Person) -> list[HeldAbout]:
    rows = Invitation.objects.filter(person=person).select_related("network").order_by("id")
    return [
        HeldAbout(_("Invitation"), row.email, instant_words(row.created_at), row.network.name)
        for row in rows
    ]


for plug in (Own(), Requests(), Imports(), Journal()):
    personal_data.add(plug)
