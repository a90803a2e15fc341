"""The form of the rules: every rule can be set and read back, and what cannot be is said."""

from typing import Any

import pytest
from django.utils.translation import override

from tavolo.tables.regulation.choices import Matter
from tavolo.tables.regulation.forms import AdoptForm
from tavolo.tables.regulation.presets import Preset, presets
from tavolo.tables.regulation.rules import Regulation
from tavolo.tables.regulation.samples import Sample, replay
from tavolo.tables.regulation.sentences.results import result_words
from tests.factories.regulations import HALF, ruled


def sent(regulation: Regulation | None = None, **changes: Any) -> AdoptForm:
    """The form as it stands, sent with these answers; None and False: left empty."""
    begun = regulation or ruled()
    blank = AdoptForm(None, begun=begun, initial={"since": "2026-01-01", "act": "delibera"})
    told = {bound.html_name: bound.value() for bound in blank} | changes
    kept = {name: value for name, value in told.items() if value is not None and value is not False}
    return AdoptForm(kept, begun=begun, initial={})


@pytest.mark.parametrize("preset", presets().values(), ids=lambda each: each.key)
def test_a_form_sent_as_it_stands_says_the_same(preset: Preset) -> None:
    form = sent(preset.regulation)
    assert (form.errors, form.cleaned_data["regulation"]) == ({}, preset.regulation)


CHANGES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({"convocation__notice": 3, "convocation__notice__unit": "days/working"}, {"convocation__notice": {"length": 3, "unit": "days", "count": "working", "backwards": True}}),
    ({"convocation__urgent": None}, {"convocation__urgent": None}),
    ({"convocation__held_within": 30}, {"convocation__held_within": {"length": 30}}),
    ({"duration__prolonged": 45}, {"duration__prolonged": {"length": 45}}),
    ({"convocation__on_request": "1/5"}, {"convocation__on_request": "1/5"}),
    ({"convocation__on_request": ""}, {"convocation__on_request": None}),
    ({"convocation__by": ["chair", "promoter"]}, {"convocation__by": ["chair", "promoter"]}),
    ({"convocation__with_agenda": False}, {"convocation__with_agenda": False}),
    ({"quorum__first": ""}, {"quorum__first": None}),
    ({"quorum__first": "at_least:2/3"}, {"quorum__first": {"reach": "at_least", "share": "2/3"}}),
    ({"decisions__ordinary": "voters:more_than:1/2"}, {"decisions__ordinary": {"among": "voters", "part": HALF}}),
    ({"decisions__special__regulation": "in_office:more_than:1/2"}, {"decisions__special": [{"matter": "regulation", "majority": {"among": "in_office", "part": HALF}}]}),
    ({"lapsing__absences": None}, {"lapsing__absences": None}),
    ({"minutes__approved": "silence", "minutes__corrections": 10}, {"minutes__approved": "silence", "minutes__corrections": {"length": 10}}),
]  # fmt: skip


@pytest.mark.parametrize(("answered", "rules"), CHANGES)
def test_each_kind_of_rule_can_be_set(answered: dict[str, Any], rules: dict[str, Any]) -> None:
    form = sent(**answered)
    assert form.errors == {}
    assert form.cleaned_data["regulation"] == ruled(**rules)


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"present": 16}, "present"),
    ({"for_": 9}, "present"),
    ({"quorum__least": 0}, "quorum__least"),
    ({"quorum__second_call": False}, "quorum__second"),
    ({"minutes__approved": "silence"}, "minutes__corrections"),
    ({"lapsing__absences": 0}, "lapsing__absences"),
    ({"convocation__notice__unit": "months/working"}, "convocation__notice__unit"),
    ({"quorum__first": "more_than:9/8"}, "quorum__first"),
    ({"act": None}, "act"),
    ({"since": "31/02/2026"}, "since"),
]


@pytest.mark.parametrize(("answered", "field"), WRONG)
def test_what_cannot_be_is_said_beside_its_field(answered: dict[str, Any], field: str) -> None:
    assert list(sent(**answered).errors) == [field]


@pytest.mark.parametrize("wrong", [{"present": 16}, {"for_": 9}, {"abstained": -1}, {"members": 7}])
def test_a_sample_that_cannot_be_is_none(wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="Not a meeting"):
        Sample(**wrong)


SAMPLES = [
    (Sample(), "approved"),
    (Sample(chair_for=False), "level"),
    (Sample(present=7, against=3), "no_quorum"),
    (Sample(present=5, against=1, call=2), "approved"),
    (Sample(matter=Matter.APPOINTMENT), "level"),
    (Sample(matter=Matter.INFORMATION), "not_voted"),
]


@pytest.mark.parametrize(("sample", "outcome"), SAMPLES)
def test_a_sample_is_judged_as_a_meeting_is(sample: Sample, outcome: str) -> None:
    assert replay(ruled(), sample).outcome == outcome


def test_a_result_is_told_in_sentences() -> None:
    with override("en"):
        told = [result_words(replay(ruled(), sample)) for sample, _outcome in SAMPLES[1:6:4]]
    assert told == [
        (
            "8 present, 8 needed: the meeting is valid.",
            "4 votes for it, 5 needed.",
            "It is not approved: the votes are level.",
        ),
        ("8 present, 8 needed: the meeting is valid.", "Nothing is voted on."),
    ]
