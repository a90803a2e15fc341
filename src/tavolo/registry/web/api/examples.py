"""Answers as they may look, for the description of the interface; a test holds them to their types."""

from typing import Final

_SINCE_EVER: Final = {"began": "", "ended": "", "valid_from": None, "valid_until": None}
_FROM_2016: Final = {
    "began": "2016-01",
    "ended": "",
    "valid_from": "2016-01-01",
    "valid_until": None,
}
_CODE: Final = "azienda-usl-toscana-nord-ovest"
_REF: Final = {
    "uid": "1f0a5f1e-3a0e-4a9c-9d5e-1c2f8f0b7a11",
    "code": _CODE,
    "name": "Azienda USL Toscana nord ovest",
}
_BEFORE: Final = {
    "uid": "7be0a1de-54d1-4a0e-8f0b-2f9f6c1d3b22",
    "code": "azienda-usl-2-di-lucca",
    "name": "Azienda USL 2 di Lucca",
}
_PISA: Final = {"istat_code": "050026", "name": "Pisa"}
_STANDING: Final = {
    "kind": "health_authority",
    "legal_form": "public_body",
    "is_administration": True,
}

ORGANISATIONS: Final = {
    "items": [{**_REF, **_STANDING, "municipality": _PISA, "networks": ["lucca"]}],
    "total": 1,
    "next": None,
}
ORGANISATION: Final = {
    **_REF,
    **_STANDING,
    "exists": True,
    "official_name": _REF["name"],
    "short_name": "",
    "names": [{"name": _REF["name"], "kind": "official", **_FROM_2016}],
    "seats": [
        {
            "kind": "registered",
            "address": "via di prova 1",
            "postal_code": "56121",
            "municipality": _PISA,
            **_FROM_2016,
        }
    ],
    "identifiers": [{"scheme": "tax_code", "value": "00000000000", **_SINCE_EVER}],
    "contacts": [
        {"channel": "email", "value": "rete@azienda.example", "label": "", "unit": "consultorio"}
    ],
    "units": [
        {
            "uid": "c2b8e6c7-0a3e-4d0c-9a3d-9d1f0e5a4c33",
            "code": "consultorio",
            "name": "Consultorio",
            "kind": "service",
            "part_of": "",
            **_SINCE_EVER,
        }
    ],
    "served": [{"kind": "province", "code": "046", "name": "Lucca"}],
    "offices": [
        {
            "person": "Persona di prova",
            "title": "general_director",
            "words": "direttrice generale",
            "unit": "",
            "delegations": [],
            "act": "",
            **_FROM_2016,
        }
    ],
    "predecessors": [{"organisation": _BEFORE, "manner": "merger", **_FROM_2016}],
    "successors": [],
    "networks": [{"network": "lucca", "role": "participant", **_SINCE_EVER}],
    "source": "legge regionale 84/2015",
}
