"""What was promised: entered with owner and term, followed by steps that are never rewritten."""

from datetime import date, timedelta
from itertools import product
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tavolo.journal.models import Entry
from tavolo.journal.queries import entries_of
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, actor_of
from tavolo.kernel.errors import NotAllowed, NotFound, Refusal, StaleVersion
from tavolo.registry import queries, rules
from tavolo.registry.actions import (
    add_commitment,
    appoint_deputy,
    edit_commitment,
    merge_organisations,
    take_step,
)
from tavolo.registry.choices import CommitmentState
from tavolo.registry.errors import (
    DayToCome,
    DueMissing,
    EvidenceMissing,
    NothingNew,
    OwnerMissing,
    ReasonMissing,
    StepNotPossible,
    WordsMissing,
)
from tavolo.registry.models import Commitment, CommitmentStep, Organisation
from tests.factories.counting import ENOUGH
from tests.factories.people import a_person
from tests.factories.registry import a_founded_network, a_participant, acting, acting_for
from tests.registry.conftest import Valley

TODAY = clock.today()
DUE = TODAY + timedelta(days=30)
OPEN, IN_PROGRESS, DONE = CommitmentState.OPEN, CommitmentState.IN_PROGRESS, CommitmentState.DONE
PARTLY, DROPPED = CommitmentState.PARTLY, CommitmentState.DROPPED


@pytest.fixture
def owner(valley: Valley) -> Organisation:
    return a_participant(valley.network, "Casa dei Sentieri")


def promised(valley: Valley, owner: Organisation | None = None, **told: object) -> Commitment:
    values = {
        "name": "Aprire uno sportello",
        "owner": owner,
        "no_owner": owner is None,
        "due": DUE,
        "by": valley.secretary,
    }
    return add_commitment(network=valley.network, **{**values, **told})  # type: ignore[arg-type]


def step(row: Commitment, state: str, valley: Valley, **told: object) -> CommitmentStep:
    values = {"version": row.version, "by": valley.secretary}
    return take_step(commitment=row, state=state, **{**values, **told})  # type: ignore[arg-type]


def test_a_commitment_begins_open_with_its_first_step(valley: Valley, owner: Organisation) -> None:
    row = promised(valley, owner, details=" Due pomeriggi. ", source="Verbale 3", public=True)
    row.refresh_from_db()
    assert (row.name, row.details, row.source, row.public, row.state, row.version) == (
        "Aprire uno sportello",
        "Due pomeriggi.",
        "Verbale 3",
        True,
        "open",
        1,
    )
    (first,) = CommitmentStep.objects.filter(commitment=row)
    assert (first.state, first.due, first.owner, first.on, first.person) == (
        "open",
        DUE,
        owner,
        TODAY,
        valley.person,
    )
    (entry,) = entries_of(row)
    assert (entry.action, entry.actor) == ("registry.commitment_added", str(valley.person.uid))
    assert entry.values == {
        "name": "Aprire uno sportello",
        "details": "Due pomeriggi.",
        "source": "Verbale 3",
        "public": True,
        "state": "open",
        "owner": str(owner.uid),
        "due": DUE.isoformat(),
    }


@pytest.mark.parametrize(
    ("told", "refusal"),
    [
        ({"name": "  "}, WordsMissing),
        ({"name": "—"}, WordsMissing),
        ({"no_owner": False}, OwnerMissing),
        ({"due": None}, DueMissing),
        ({"no_due": True}, DueMissing),
        ({"on": TODAY + timedelta(days=1)}, DayToCome),
        ({"by": ANONYMOUS}, NotAllowed),
        ({"by": Actor(uuid4())}, NotAllowed),
    ],
)
def test_nothing_is_promised_by_nobody_or_for_never_unsaid(
    valley: Valley, told: dict[str, object], refusal: type[Refusal]
) -> None:
    with pytest.raises(refusal):
        promised(valley, **told)
    assert not Commitment.objects.exists()


def test_an_owner_and_nobody_at_once_is_refused(valley: Valley, owner: Organisation) -> None:
    with pytest.raises(OwnerMissing):
        promised(valley, owner, no_owner=True)


def test_an_explicit_none_of_either_is_kept(valley: Valley) -> None:
    row = promised(valley, due=None, no_due=True)
    assert (row.owner, row.no_owner, row.due, row.no_due) == (None, True, None, True)


POSSIBLE = {
    (OPEN, IN_PROGRESS),
    (OPEN, DONE),
    (OPEN, PARTLY),
    (OPEN, DROPPED),
    (IN_PROGRESS, DONE),
    (IN_PROGRESS, PARTLY),
    (IN_PROGRESS, DROPPED),
    (PARTLY, DONE),
    (PARTLY, IN_PROGRESS),
    (PARTLY, DROPPED),
    (DONE, IN_PROGRESS),
    (DROPPED, IN_PROGRESS),
}


@pytest.mark.parametrize(("now", "then"), list(product(CommitmentState, CommitmentState)))
def test_a_commitment_passes_from_state_to_state_as_it_may(
    valley: Valley, now: CommitmentState, then: CommitmentState
) -> None:
    row = promised(valley)
    Commitment.objects.filter(pk=row.pk).update(state=now)
    row.refresh_from_db()
    if now == then or (now, then) in POSSIBLE:
        step(row, then, valley, note="Come deciso.")
        row.refresh_from_db()
        assert row.state == then
    else:
        with pytest.raises(StepNotPossible):
            step(row, then, valley, note="Come deciso.")


@pytest.mark.parametrize(
    ("state", "told", "refusal"),
    [
        (DONE, {}, EvidenceMissing),
        (DONE, {"note": "  "}, EvidenceMissing),
        (PARTLY, {}, EvidenceMissing),
        (DROPPED, {"address": "https://example.org/"}, ReasonMissing),
        (OPEN, {}, NothingNew),
        (OPEN, {"due": DUE}, NothingNew),
        (IN_PROGRESS, {"on": TODAY + timedelta(days=1)}, DayToCome),
        (IN_PROGRESS, {"by": ANONYMOUS}, NotAllowed),
        (IN_PROGRESS, {"version": 7}, StaleVersion),
        ("unheard", {}, StepNotPossible),
    ],
)
def test_a_step_that_lacks_something_leaves_all_as_it_was(
    valley: Valley, state: str, told: dict[str, object], refusal: type[Refusal]
) -> None:
    row = promised(valley)
    with pytest.raises(refusal):
        step(row, state, valley, **told)
    row.refresh_from_db()
    assert (row.state, row.version) == ("open", 1)
    assert CommitmentStep.objects.count() == 1
    assert Entry.objects.filter(action="registry.commitment_moved").count() == 0


@pytest.mark.parametrize("evidence", [{"note": "Aperto."}, {"address": "https://example.org/"}])
def test_done_wants_a_note_or_an_address(valley: Valley, evidence: dict[str, object]) -> None:
    row = promised(valley)
    taken = step(row, DONE, valley, on=TODAY - timedelta(days=2), **evidence)
    assert (taken.state, taken.on) == ("done", TODAY - timedelta(days=2))


def test_what_was_closed_is_taken_up_again_with_a_reason(valley: Valley) -> None:
    row = promised(valley)
    step(row, DONE, valley, note="Aperto.")
    with pytest.raises(ReasonMissing):
        step(row, IN_PROGRESS, valley)
    step(row, IN_PROGRESS, valley, note="Era un altro sportello.")
    assert row.state == IN_PROGRESS


def test_term_and_owner_change_by_a_step_and_stay_where_nothing_is_said(
    valley: Valley, owner: Organisation
) -> None:
    row, other = promised(valley, owner), a_participant(valley.network, "Zonta")
    step(row, OPEN, valley, due=DUE + timedelta(days=9), note="Serve più tempo.")
    step(row, IN_PROGRESS, valley, owner=other)
    step(row, IN_PROGRESS, valley, no_due=True, no_owner=True)
    row.refresh_from_db()
    assert (row.owner, row.no_owner, row.due, row.no_due) == (None, True, None, True)
    told = [(s.state, s.due, s.owner) for s in CommitmentStep.objects.order_by("id")]
    assert told == [
        ("open", DUE, owner),
        ("open", DUE + timedelta(days=9), owner),
        ("in_progress", DUE + timedelta(days=9), other),
        ("in_progress", None, None),
    ]
    changes = [(s.state, s.due, s.owner) for s in queries.history(row)]
    assert changes == [
        (OPEN, False, False),
        (None, True, False),
        (IN_PROGRESS, False, True),
        (None, True, True),
    ]


def test_words_are_put_otherwise_and_steps_stay(valley: Valley) -> None:
    row = promised(valley)
    edit_commitment(
        commitment=row, version=1, name="Aprire due sportelli", public=True, by=valley.secretary
    )
    row.refresh_from_db()
    assert (row.name, row.public, row.version, row.due) == ("Aprire due sportelli", True, 2, DUE)
    with pytest.raises(StaleVersion) as stale:
        edit_commitment(commitment=row, version=1, name="Altro", by=valley.secretary)
    assert stale.value.theirs.name == "Aprire due sportelli"
    with pytest.raises(WordsMissing):
        edit_commitment(commitment=row, version=2, name="", by=valley.secretary)
    with pytest.raises(NotAllowed):
        edit_commitment(commitment=row, version=2, name="Altro", by=Actor(uuid4()))
    assert CommitmentStep.objects.count() == 1


def test_a_deputys_step_bears_both_names(valley: Valley) -> None:
    row, deputy = promised(valley), a_person("Dora", "Conti")
    appoint_deputy(
        principal=valley.person,
        deputy=deputy,
        network=valley.network,
        parts=[rules.COMMITMENTS],
        last_day=TODAY,
        by=valley.secretary,
    )
    by = actor_of(deputy.uid, on=TODAY, acting_for=valley.person.uid)
    step(row, IN_PROGRESS, valley, by=by)
    entry = entries_of(row)[0]
    assert (entry.actor, entry.acting_for) == (str(deputy.uid), str(valley.person.uid))
    first, second = queries.history(row)
    assert (first.in_place_of, second.in_place_of) == ("", valley.person.name)
    assert second.step.person == deputy


def test_a_commitment_is_seen_by_the_rule_in_sql_as_in_words(valley: Valley) -> None:
    other = a_founded_network("monte", "Rete del monte")
    member = a_person("Marta", "Blu")
    acting_for(a_participant(valley.network, "Auser"), member)
    for network, public in product((valley.network, other), (True, False)):
        add_commitment(
            network=network,
            name=f"{network.slug} {public}",
            no_owner=True,
            no_due=True,
            public=public,
            by=OPERATOR,
        )
    actors = (OPERATOR, valley.secretary, acting(member), acting(a_person()), ANONYMOUS)
    for actor in actors:
        seen = set(queries.commitments_visible_to(actor).values_list("name", flat=True))
        assert seen == {
            row.name
            for row in Commitment.objects.select_related("network")
            if rules.may_see_commitment(actor, network=row.network.uid, public=row.public)
        }
    hidden = Commitment.objects.get(name="monte False")
    with pytest.raises(NotFound):
        queries.commitment_at(hidden.uid, actor=valley.secretary)
    assert queries.commitment_at(hidden.uid, actor=OPERATOR) == hidden
    assert list(queries.networks_of_commitments(OPERATOR)) == [valley.network, other]


def names(rows: object) -> list[str]:
    return [row.name for row in rows]  # type: ignore[attr-defined]


def test_the_list_is_by_term_and_asks_for_state_owner_and_lateness(
    valley: Valley, owner: Organisation
) -> None:
    late = promised(valley, owner, name="Tardi", due=TODAY - timedelta(days=1))
    promised(valley, name="Mai", due=None, no_due=True)
    promised(valley, owner, name="Oggi", due=TODAY)
    done = promised(valley, name="Fatto", due=TODAY - timedelta(days=9))
    step(done, DONE, valley, note="Fatto.")
    actor, network = valley.secretary, valley.network

    def listed(**asked: object) -> list[str]:
        return names(queries.commitments(network, actor=actor, **asked))  # type: ignore[arg-type]

    assert listed() == ["Fatto", "Tardi", "Oggi", "Mai"]
    assert listed(state="done") == ["Fatto"]
    assert listed(owner=owner) == ["Tardi", "Oggi"]
    assert listed(words="ogg") == ["Oggi"]
    assert listed(overdue_on=TODAY) == ["Tardi"]
    assert listed(overdue_on=TODAY + timedelta(days=1)) == ["Tardi", "Oggi"]
    assert names(queries.commitments(None, actor=actor)) == listed()
    assert list(queries.owners_in(queries.commitments(None, actor=actor))) == [owner]
    assert rules.is_overdue(late.state, late.due, on=TODAY)
    assert not rules.is_overdue(done.state, done.due, on=TODAY)


def test_what_an_organisation_had_promised_on_a_day(valley: Valley, owner: Organisation) -> None:
    other = a_participant(valley.network, "Zonta")
    row = promised(valley, owner, on=TODAY - timedelta(days=100), public=True)
    step(row, IN_PROGRESS, valley, on=TODAY - timedelta(days=50))
    step(row, IN_PROGRESS, valley, on=TODAY - timedelta(days=10), owner=other)

    def on(day: date, organisation: Organisation) -> list[str]:
        found = queries.commitments_of(organisation, actor=ANONYMOUS, on=day)
        return [p.state for p in found]

    days = [TODAY - timedelta(days=back) for back in (101, 100, 50, 10, 0)]
    assert [on(day, owner) for day in days] == [[], [OPEN], [IN_PROGRESS], [], []]
    assert [on(day, other) for day in days] == [[], [], [], [IN_PROGRESS], [IN_PROGRESS]]


def test_what_is_not_public_is_not_on_the_page_of_its_owner(
    valley: Valley, owner: Organisation
) -> None:
    promised(valley, owner)
    assert queries.commitments_of(owner, actor=ANONYMOUS, on=TODAY) == []
    assert len(queries.commitments_of(owner, actor=valley.secretary, on=TODAY)) == 1


def test_what_was_promised_under_another_row_is_the_same_organisations(
    valley: Valley, owner: Organisation
) -> None:
    other = a_participant(valley.network, "Casa dei Sentieri (doppia)")
    promised(valley, other)
    merge_organisations(organisation=other, into=owner, reason="Doppia.", by=valley.secretary)
    found = queries.commitments_of(owner, actor=valley.secretary, on=TODAY)
    assert [row.commitment.owner for row in found] == [other]


def test_reads_cost_the_same_for_one_and_for_200(
    valley: Valley, owner: Organisation, django_assert_num_queries
) -> None:
    made = 0
    for number in ENOUGH:
        for _more in range(number - made):
            promised(valley, owner)
        made = number
        with django_assert_num_queries(2):
            assert len(queries.commitments_of(owner, actor=valley.secretary, on=TODAY)) == number


@given(st.lists(st.sampled_from(list(CommitmentState)), max_size=12))
def test_no_path_leads_out_of_the_states_or_closes_without_a_word(path) -> None:
    now = OPEN
    for then in path:
        if then in rules.next_states(now):
            closes, reopens = then == DROPPED, now in {DONE, DROPPED}
            assert rules.wants_reason(now, then) is (closes or reopens)
            now = then
        assert rules.next_states(now)
        assert now not in rules.next_states(now)
