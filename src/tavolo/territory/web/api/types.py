"""What the addresses of territory answer: the keys, and what they mean."""

from datetime import date
from typing import Annotated, Any, Literal, NotRequired
from uuid import UUID

from django.utils.translation import gettext_noop
from pydantic import Field
from typing_extensions import TypedDict

Begins = Annotated[
    date | None,
    Field(description=gettext_noop("The first day; empty where it is before the data.")),
]
Ends = Annotated[
    date | None,
    Field(
        description=gettext_noop("The first day on which it holds no more; empty: it still does.")
    ),
]
IstatCode = Annotated[
    str,
    Field(description=gettext_noop("The code of a municipality at ISTAT: six digits.")),
]
CadastralCode = Annotated[
    str,
    Field(description=gettext_noop("The code of the land register; empty where it is not known.")),
]
Year = Annotated[
    int,
    Field(description=gettext_noop("People are those of 1 January of this year.")),
]
BoundaryYear = Annotated[
    int | None,
    Field(description=gettext_noop("Of which year the boundary is; empty: none is known.")),
]
Surface = Annotated[
    float | None,
    Field(description=gettext_noop("Square kilometres within the boundary that is known.")),
]
Demonstration = Annotated[
    bool,
    Field(description=gettext_noop("Whether some assignment comes from no official file.")),
]


class AreaRef(TypedDict):
    kind: Annotated[str, Field(description=gettext_noop("The key of a kind of area."))]
    code: str
    name: str


class MunicipalityRef(TypedDict):
    istat_code: IstatCode
    name: str


# A key called "from" cannot be written as a class has it.
Neighbour = TypedDict(
    "Neighbour",
    {
        "istat_code": IstatCode,
        "name": str,
        "from": Annotated[date, Field(description=gettext_noop("The day of the change."))],
    },
)


class People(TypedDict):
    year: Year
    total: int
    women: int
    men: int
    derived: NotRequired[
        Annotated[
            bool,
            Field(description=gettext_noop("Nobody counted it: the sum of the predecessors.")),
        ]
    ]


class PeopleOfArea(TypedDict):
    year: Year
    total: int
    women: int
    men: int
    known: Annotated[
        int,
        Field(description=gettext_noop("In how many of the municipalities people are known.")),
    ]
    municipalities: int


class Name(TypedDict):
    istat_code: IstatCode
    cadastral_code: CadastralCode
    name: str
    valid_from: Begins
    valid_until: Ends


class Unit(TypedDict):
    code: str
    name: str
    term: Annotated[str, Field(description=gettext_noop("What such a part is called."))]


class MunicipalityInList(Name):
    uid: UUID


class Municipality(MunicipalityInList):
    predecessors: Annotated[
        list[Neighbour],
        Field(description=gettext_noop("What it was made from, and the code that it bore before.")),
    ]
    successors: Annotated[
        list[Neighbour],
        Field(description=gettext_noop("What it went into, and the code that it bore afterwards.")),
    ]
    areas: Annotated[
        list[AreaRef],
        Field(description=gettext_noop("What it belongs to on the day; several kinds at once.")),
    ]
    population: Annotated[
        People | None,
        Field(description=gettext_noop("Of the latest year not after the day; empty: not known.")),
    ]
    versions: Annotated[
        list[Name],
        Field(description=gettext_noop("Every name and code that it bore, the earliest first.")),
    ]
    units: Annotated[
        list[Unit],
        Field(description=gettext_noop("Its parts on the day that have a body or a name.")),
    ]


class AgeBand(TypedDict):
    first: Annotated[int, Field(description=gettext_noop("Years of age, the youngest."))]
    last: Annotated[
        int | None, Field(description=gettext_noop("The oldest; empty: and everybody older."))
    ]
    women: int
    men: int


class PeopleByAge(People):
    source: str
    ages: Annotated[
        list[AgeBand],
        Field(description=gettext_noop("As the source divides them; empty where it does not.")),
    ]


class Series(MunicipalityRef):
    items: Annotated[
        list[PeopleByAge],
        Field(description=gettext_noop("By year; a year that is missing is not known.")),
    ]


class Member(MunicipalityRef):
    units: NotRequired[
        Annotated[
            list[str],
            Field(description=gettext_noop("Only these parts of the municipality belong to it.")),
        ]
    ]


class AreaInList(AreaRef):
    uid: UUID
    title: Annotated[str, Field(description=gettext_noop("How it is called in full."))]
    short: Annotated[str, Field(description=gettext_noop("Its letters, where it has them."))]
    parent: Annotated[AreaRef | None, Field(description=gettext_noop("What it lies in."))]
    population: Annotated[
        PeopleOfArea | None,
        Field(description=gettext_noop("The sum of what is known; empty: nothing is.")),
    ]
    demonstration: Demonstration


class Area(AreaInList):
    predecessors: Annotated[
        list[AreaRef], Field(description=gettext_noop("In whose place it came as a whole."))
    ]
    successor: Annotated[
        AreaRef | None, Field(description=gettext_noop("What came in its place as a whole."))
    ]
    municipalities: list[Member]


class AreaKind(TypedDict):
    key: str
    slug: Annotated[str, Field(description=gettext_noop("The word in the addresses of its pages."))]
    label: str
    plural: str
    official: Annotated[
        bool, Field(description=gettext_noop("Whether the law makes it and ISTAT lists it."))
    ]
    partitions: Annotated[
        bool,
        Field(description=gettext_noop("Whether a municipality lies in one of them at most.")),
    ]
    covers: Annotated[
        bool, Field(description=gettext_noop("Whether each municipality must lie in one."))
    ]


class AreaKinds(TypedDict):
    items: list[AreaKind]


class Municipalities(TypedDict):
    items: list[MunicipalityInList]
    total: int
    next: Annotated[
        str | None, Field(description=gettext_noop("The next page; empty on the last."))
    ]


class Areas(TypedDict):
    items: list[AreaInList]
    total: int
    next: Annotated[
        str | None, Field(description=gettext_noop("The next page; empty on the last."))
    ]


class Geometry(TypedDict):
    type: Literal["Polygon", "MultiPolygon"]
    coordinates: Annotated[
        list[Any],
        Field(description=gettext_noop("Longitude and latitude in degrees of WGS 84.")),
    ]


class Described(MunicipalityRef):
    km2: Surface
    boundary_year: BoundaryYear
    population: People | None
    attribution: str
    units: NotRequired[list[str]]


class Feature(TypedDict):
    type: Literal["Feature"]
    id: str
    bbox: NotRequired[list[float]]
    geometry: Geometry | None
    properties: Described


class FeatureCollection(TypedDict):
    type: Literal["FeatureCollection"]
    bbox: NotRequired[list[float]]
    features: list[Feature]
