"""What a regulation may say, how it is kept, what it says in words."""

from copy import deepcopy
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from tavolo.tables.plugs import body_kinds
from tavolo.tables.regulation.choices import Matter, Reach
from tavolo.tables.regulation.plain import NotARule, paths, plain, read
from tavolo.tables.regulation.presets import Preset, preset_for, presets
from tavolo.tables.regulation.rules import Part
from tavolo.tables.regulation.sentences import SAYS, say, sentences
from tests.factories.regulations import HALF, ruled
from tests.tables.regulation.oracle import random_case

EVERY_PRESET = list(presets().values())
THREE_DAYS = {"length": 3, "unit": "days", "count": "working", "backwards": True}


@given(st.integers(0, 200), st.fractions(Fraction(1, 20), Fraction(19, 20)))
def test_parts_of_a_number(number: int, share: Fraction) -> None:
    more, least, plus = (Part(reach, share).of(number) for reach in Reach)
    assert more > share * number >= more - 1
    assert least >= share * number > least - 1
    assert plus == least + 1


@given(st.randoms(use_true_random=False))
def test_what_is_kept_is_read_again(lot: Random) -> None:
    regulation = random_case(lot)[0]
    assert read(plain(regulation)) == regulation


@pytest.mark.parametrize("preset", EVERY_PRESET, ids=lambda each: each.key)
def test_each_preset_says_every_rule_with_its_source(preset: Preset) -> None:
    assert read(plain(preset.regulation)) == preset.regulation
    assert set(preset.sources) == set(paths())
    assert all(preset.sources.values())
    assert {each.path for each in sentences(preset.regulation) if each.words} == set(paths())
    with override("en"):
        english = (preset.label, preset.note)
    with override("it"):
        assert preset.label != english[0] or preset.note != english[1] or not preset.note


def test_each_kind_of_body_has_what_is_usual_for_it() -> None:
    found = {kind.key: preset_for(kind.key).key for kind in body_kinds}
    assert found == {key: "thematic_group" if key == "working_group" else key for key in found}
    assert preset_for("another").key == "standing_table"


WRONG: list[tuple[str, Any]] = [
    ("quorum__first", {"reach": "more_than", "share": "1"}),
    ("quorum__first", {"reach": "more_than", "share": "0"}),
    ("quorum__first", {"reach": "nearly", "share": "1/2"}),
    ("quorum__first", {"reach": "more_than", "share": "1/0"}),
    ("quorum__first", {"share": "1/2"}),
    ("quorum__first", "half"),
    ("quorum__least", 0),
    ("quorum__least", True),
    ("quorum__least", 1.5),
    ("quorum__least", None),
    ("quorum__vacant", 1),
    ("quorum__second_call", False),
    ("convocation__notice", 5),
    ("convocation__notice", {"length": 0}),
    ("convocation__notice", {"length": 3, "per": "day"}),
    ("convocation__by", "chair"),
    ("convocation__by", ["nobody"]),
    ("convocation__on_request", "a third"),
    ("decisions__special", [{"matter": "group", "majority": {"among": "voters", "part": HALF}}] * 2),
    ("decisions__special", [{"matter": "information", "majority": {"among": "voters", "part": HALF}}]),
    ("decisions__secret_on", ["information"]),
    ("seats__proxies", -1),
    ("lapsing__absences", 0),
    ("minutes__approved", "silence"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "value"), WRONG)
def test_what_has_no_meaning_is_refused(rule: str, value: Any) -> None:
    with pytest.raises(NotARule, match=rule.partition("__")[0]):
        ruled(**{rule: value})


@pytest.mark.parametrize("wrong", [None, [], {}, "rules", {"quorum": {}}])
def test_what_is_no_regulation_is_refused(wrong: Any) -> None:
    with pytest.raises(NotARule, match="Not the rules of a regulation"):
        read(wrong)


def test_a_rule_more_or_less_is_refused() -> None:
    whole = plain(ruled())
    less, more = deepcopy(whole), deepcopy(whole)
    del less["quorum"]["first"]
    more["quorum"]["third"] = None
    for wrong in (less, more):
        with pytest.raises(NotARule, match="Not the rules of quorum"):
            read(wrong)


SENTENCES: list[tuple[dict[str, Any], str, str]] = [
    ({}, "convocation.notice", "The notice of a meeting is sent at least 5 days before it."),
    ({"convocation__notice": THREE_DAYS}, "convocation.notice", "The notice of a meeting is sent at least 3 working days before it."),
    ({"convocation__notice": {**THREE_DAYS, "count": "clear"}}, "convocation.notice", "The notice of a meeting is sent at least 3 clear days before it."),
    ({"convocation__urgent": None}, "convocation.urgent", "No shorter notice is provided for urgent meetings."),
    ({}, "convocation.urgent", "Where it is urgent, the notice is sent at least 24 hours before."),
    ({"convocation__by": []}, "convocation.by", "The regulation does not say who calls the meetings."),
    ({"convocation__channels": []}, "convocation.channels", "The regulation does not say how the notice is sent."),
    ({}, "convocation.channels", "The notice is sent by e-mail or by certified e-mail (PEC)."),
    ({"convocation__with_agenda": False}, "convocation.with_agenda", "The notice need not carry the agenda."),
    ({"convocation__on_request": "3/7"}, "convocation.on_request", "A meeting is called when at least 3/7 of the members ask for it."),
    ({"convocation__held_within": {"length": 1, "unit": "months"}}, "convocation.held_within", "A meeting that members ask for is held within 1 month of the request."),
    ({"first_session__elects": []}, "first_session.elects", "The first session elects nobody."),
    ({}, "quorum.first", "On first call the meeting is valid with more than half of the members in office present."),
    ({"quorum__first": {"reach": "plus_one", "share": "1/2"}}, "quorum.first", "On first call the meeting is valid with half rounded up, plus one, of the members in office present."),
    ({"quorum__second": None}, "quorum.second", "On second call the meeting is valid whatever the number present."),
    ({"quorum__second": None, "quorum__second_call": False}, "quorum.second", "Without a second call there is one quorum alone."),
    ({"quorum__checked": "at_opening"}, "quorum.checked", "The quorum is checked once, when the meeting opens."),
    ({"quorum__vacant": False}, "quorum.vacant", "Seats that nobody fills do not count among the members in office."),
    ({"decisions__special": [{"matter": "regulation", "majority": {"among": "in_office", "part": {"reach": "at_least", "share": "2/3"}}}]}, "decisions.special", "For change of the regulation the votes of at least two thirds of the members in office are needed."),
    ({"decisions__abstained": True}, "decisions.abstained", "Whoever abstains counts among those of whom the majority is reckoned."),
    ({"decisions__tie": "fails"}, "decisions.tie", "If the votes are level, the proposal is not approved."),
    ({"decisions__secret_on": []}, "decisions.secret_on", "All votes are open."),
    ({"elections__tie": "lot"}, "elections.tie", "Among candidates who are level lots are drawn."),
    ({"elections__tie": "eldest"}, "elections.tie", "Among candidates who are level the eldest is elected."),
    ({"seats__proxies": 2}, "seats.proxies", "Nobody bears more than 2 proxies."),
    ({"seats__proxies": 1}, "seats.proxies_written", "A proxy is given in writing."),
    ({"seats__proxies": 1, "seats__proxies_written": False}, "seats.proxies_written", "A proxy need not be in writing."),
    ({"seats__proxies": 1}, "seats.proxies_make_quorum", "Whoever gave a proxy does not count for the quorum."),
    ({"seats__proxies": 1, "seats__proxies_make_quorum": True}, "seats.proxies_make_quorum", "Whoever gave a proxy counts for the quorum."),
    ({"remote__allowed": False}, "remote.allowed", "Meetings are held in the room alone."),
    ({"remote__allowed": False}, "remote.secret", "As nobody is there from afar, this asks nothing."),
    ({"remote__identified": False}, "remote.identified", "Whoever is there from afar need not be identified."),
    ({"remote__simultaneous": False}, "remote.simultaneous", "It is not asked that all hear and are heard at the same time."),
    ({"remote__secret": True}, "remote.secret", "A secret vote may be given from afar."),
    ({"lapsing__absences": None}, "lapsing.absences", "No number of absences makes a seat lapse."),
    ({"lapsing__absences": None}, "lapsing.in_a_row", "Absences are noted and have no consequence."),
    ({"lapsing__in_a_row": False}, "lapsing.in_a_row", "The absences need not follow each other."),
    ({"lapsing__justified": True}, "lapsing.justified", "Justified absences count too."),
    ({"lapsing__lost_requirement": False}, "lapsing.lost_requirement", "A requirement that is lost later does not make the seat lapse."),
    ({"lapsing__resignation": False}, "lapsing.resignation", "The regulation does not provide for resignation."),
    ({"duration__years": 3}, "duration.years", "The body lasts 3 years."),
    ({"duration__prolonged": {"length": 1, "unit": "years"}}, "duration.prolonged", "It is prolonged for 1 year, until the new one is appointed."),
    ({"balance__least": "2/5"}, "balance.least", "Neither women nor men are fewer than 40% of the members."),
    ({"balance__gratuitous": False}, "balance.gratuitous", "An attendance fee may be paid."),
    ({"frequency__meetings": None}, "frequency.meetings", "No number of meetings a year is set."),
    ({"frequency__report_to": "none"}, "frequency.report_to", "No yearly report is owed."),
    ({"minutes__corrections": {"length": 10}, "minutes__approved": "silence"}, "minutes.corrections", "Whoever is silent for 10 days agrees."),
    ({"minutes__corrections": {"length": 10}}, "minutes.corrections", "Corrections are asked for within 10 days."),
    ({"minutes__attributed": True}, "minutes.attributed", "What is said is written with the name of who said it."),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "path", "words"), SENTENCES)
def test_a_rule_is_said_as_it_is_applied(rules: dict[str, Any], path: str, words: str) -> None:
    with override("en"):
        assert say(ruled(**rules), path) == words


def test_every_rule_has_its_sentence() -> None:
    assert list(SAYS) == list(paths())


def test_each_matter_has_its_majority() -> None:
    assert {ruled().decisions.majority(matter) for matter in Matter} == {ruled().decisions.ordinary}
