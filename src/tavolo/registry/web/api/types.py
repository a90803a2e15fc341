"""What the addresses of organisations answer: the keys, and what they mean."""

from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from django.utils.translation import gettext_noop
from pydantic import Field
from typing_extensions import TypedDict

from tavolo.territory.web.api.types import MunicipalityRef

Began = Annotated[
    str,
    Field(
        description=gettext_noop(
            "As far as it is known, in EDTF: 2015-06-30, 2015-06, 2007, XXXX-03-09, 2006/.. (since), "
            "../2004 (before); empty: nobody has said."
        )
    ),
]
First = Annotated[
    date | None,
    Field(description=gettext_noop("The first day that the beginning can mean; empty: ever.")),
]
Ends = Annotated[
    date | None,
    Field(
        description=gettext_noop("The first day on which it holds no more; empty: it still does.")
    ),
]
IsAdministration = Annotated[
    bool | None,
    Field(description=gettext_noop("Whether it is a public administration; empty: not said.")),
]


class AsTheSourceSays(TypedDict):
    began: Began
    ended: Began
    valid_from: First
    valid_until: Ends


class OrganisationRef(TypedDict):
    uid: UUID
    code: Annotated[str, Field(description=gettext_noop("The word in the address of its page."))]
    name: str


class OrganisationInList(OrganisationRef):
    kind: Annotated[str, Field(description=gettext_noop("The key of a kind of organisation."))]
    legal_form: Annotated[
        str, Field(description=gettext_noop("The key of a legal form; empty: not said."))
    ]
    is_administration: IsAdministration
    municipality: Annotated[
        MunicipalityRef | None,
        Field(description=gettext_noop("Where its seat is, as far as that is public.")),
    ]
    networks: Annotated[
        list[str],
        Field(description=gettext_noop("In which networks it takes part on the day, by slug.")),
    ]


class Organisations(TypedDict):
    items: list[OrganisationInList]
    total: int
    next: Annotated[
        str | None, Field(description=gettext_noop("The next page; empty on the last."))
    ]


class OrganisationName(AsTheSourceSays):
    name: str
    kind: Annotated[str, Field(description=gettext_noop("One of: official, public, short."))]


class OrganisationSeat(AsTheSourceSays):
    kind: Annotated[str, Field(description=gettext_noop("One of: registered, operating, postal."))]
    address: str
    postal_code: str
    municipality: MunicipalityRef | None


class OrganisationIdentifier(AsTheSourceSays):
    scheme: Annotated[
        str, Field(description=gettext_noop("One of: tax_code, vat, ipa, runts, art_52."))
    ]
    value: str


class OrganisationContact(TypedDict):
    channel: Annotated[
        str, Field(description=gettext_noop("One of: email, certified_email, phone, website."))
    ]
    value: str
    label: Annotated[str, Field(description=gettext_noop("For what it is; may be empty."))]
    unit: Annotated[
        str, Field(description=gettext_noop("The code of the unit; empty: the whole of it."))
    ]


class OrganisationUnit(AsTheSourceSays):
    uid: UUID
    code: str
    name: str
    kind: Annotated[
        str, Field(description=gettext_noop("One of: organ, office, corps, service, branch."))
    ]
    part_of: Annotated[
        str, Field(description=gettext_noop("The code of the unit it is a part of; may be empty."))
    ]


class PlaceServed(TypedDict):
    kind: Annotated[
        str, Field(description=gettext_noop("The key of a kind of area, or municipality."))
    ]
    code: str
    name: str


class OfficeHeld(AsTheSourceSays):
    person: Annotated[str, Field(description=gettext_noop("Who holds it."))]
    title: Annotated[
        str, Field(description=gettext_noop("The key of the office; empty: a delegation alone."))
    ]
    words: Annotated[str, Field(description=gettext_noop("As it is written of who holds it."))]
    unit: Annotated[
        str, Field(description=gettext_noop("The code of the unit; empty: the whole of it."))
    ]
    delegations: Annotated[
        list[str], Field(description=gettext_noop("What is delegated with it, in words."))
    ]
    act: str


class OrganisationSuccession(AsTheSourceSays):
    organisation: OrganisationRef
    manner: Annotated[
        str, Field(description=gettext_noop("One of: merger, split, transformation, takeover."))
    ]


class TakesPart(AsTheSourceSays):
    network: Annotated[str, Field(description=gettext_noop("The slug of a network."))]
    role: Annotated[
        str, Field(description=gettext_noop("One of: promoter, participant, contributor."))
    ]


class Organisation(OrganisationRef):
    exists: Annotated[
        bool, Field(description=gettext_noop("Whether it bore a name on the day; else see names."))
    ]
    official_name: str
    short_name: str
    kind: Annotated[str, Field(description=gettext_noop("The key of a kind of organisation."))]
    legal_form: Annotated[
        str, Field(description=gettext_noop("The key of a legal form; empty: not said."))
    ]
    is_administration: IsAdministration
    names: Annotated[
        list[OrganisationName],
        Field(description=gettext_noop("All that it bears and bore, the last to begin first.")),
    ]
    seats: list[OrganisationSeat]
    identifiers: list[OrganisationIdentifier]
    contacts: list[OrganisationContact]
    units: list[OrganisationUnit]
    served: Annotated[
        list[PlaceServed],
        Field(description=gettext_noop("In which municipalities and areas it works.")),
    ]
    offices: Annotated[
        list[OfficeHeld],
        Field(description=gettext_noop("Who is in office on the day, as far as that is public.")),
    ]
    predecessors: list[OrganisationSuccession]
    successors: list[OrganisationSuccession]
    networks: list[TakesPart]
    source: str


class ProposalMade(TypedDict):
    uid: UUID
    organisation: UUID
    network: Annotated[str, Field(description=gettext_noop("The slug of a network."))]
    values: Annotated[
        dict[str, str], Field(description=gettext_noop("What differs from what stands there."))
    ]
    proposed_at: datetime


class CommitmentOfYours(TypedDict):
    uid: UUID
    version: Annotated[
        int, Field(description=gettext_noop("To be sent with a step: one more after each."))
    ]
    network: Annotated[str, Field(description=gettext_noop("The slug of a network."))]
    name: str
    state: Annotated[
        str, Field(description=gettext_noop("One of: open, in_progress, done, partly, dropped."))
    ]
    owner: Annotated[
        UUID | None,
        Field(description=gettext_noop("The organisation that promised it; empty: none.")),
    ]
    due: Annotated[date | None, Field(description=gettext_noop("By when; empty: without a term."))]
    public: bool


class Commitments(TypedDict):
    items: list[CommitmentOfYours]
    total: int
    next: Annotated[
        str | None, Field(description=gettext_noop("The next page; empty on the last."))
    ]
