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
PROPOSAL: Final = {
    "uid": "4f1c9a2e-2f5d-4c7e-8d38-6c0f3b2a9e44",
    "organisation": _REF["uid"],
    "network": "lucca",
    "values": {"website": "https://www.azienda.example"},
    "proposed_at": "2026-11-22T09:30:00Z",
}
COMMITMENT: Final = {
    "uid": "9b6e0c1d-7a55-4b0e-b4a1-2d9f5c8e7f55",
    "version": 4,
    "network": "lucca",
    "name": "Pubblicare il regolamento della rete",
    "state": "done",
    "owner": _REF["uid"],
    "due": "2026-12-31",
    "public": True,
}
COMMITMENTS: Final = {"items": [COMMITMENT], "total": 1, "next": None}
