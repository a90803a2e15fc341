from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from tavolo.journal.models import Entry
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, Role
from tavolo.kernel.errors import NotAllowed, NotFound, StaleVersion
from tavolo.kernel.models import AnnouncedFact, Network
from tavolo.tables import errors
from tavolo.tables.actions.notices import (
    Asked,
    as_corrected,
    correct_notice,
    draft_notice,
    edit_notice,
    publish_notice,
)
from tavolo.tables.in_time import Times, counting, notice_state, timing_of
from tavolo.tables.models import Application, Body, Notice
from tavolo.tables.queries.notices import (
    notice_by_code,
    notices_at_work,
    open_first,
    published_notices,
    state_of,
)
from tests.factories.notices import a_notice, on_paper
from tests.factories.people import a_network
from tests.factories.tables import a_body

ENDS = datetime(2026, 11, 30, 11, 0, 0, tzinfo=UTC)  # noon in Rome
OPENS = datetime(2026, 11, 1, 7, 0, 0, tzinfo=UTC)
SOMEBODY = UUID(int=7)
SECOND = timedelta(seconds=1)
seconds = st.integers(min_value=-100_000, max_value=3_000_000)


@pytest.mark.parametrize(
    ("at", "timing"),
    [
        (OPENS - SECOND, "early"),
        (OPENS, "in_time"),
        (ENDS, "in_time"),
        (ENDS + timedelta(microseconds=999_999), "in_time"),
        (ENDS + SECOND, "late"),
    ],
)
def test_a_term_is_kept_to_the_second(at: datetime, timing: str) -> None:
    assert timing_of(at, opens=OPENS, ends=ENDS) == timing


def test_an_open_ended_notice_knows_nothing_late() -> None:
    assert timing_of(ENDS + timedelta(days=4000), opens=OPENS, ends=None) == "in_time"


@given(seconds)
def test_what_comes_while_it_is_open_is_in_time(offset: int) -> None:
    at = OPENS + timedelta(seconds=offset)
    stands = notice_state(published=OPENS - timedelta(days=9), opens=OPENS, ends=ENDS, now=at)
    expected = {"coming": "early", "open": "in_time", "closed": "late"}[stands]
    assert timing_of(at, opens=OPENS, ends=ENDS) == expected


def test_the_notice_says_which_time_counts_by_pec() -> None:
    times = Times(received=ENDS, accepted=OPENS, delivered=OPENS + SECOND)
    assert [counting("pec", rule, times) for rule in ("acceptance", "delivery", "receipt")] == [
        OPENS,
        OPENS + SECOND,
        ENDS,
    ]
    assert counting("paper", "acceptance", times) == ENDS
    assert counting("pec", "delivery", Times(received=ENDS, accepted=OPENS)) == ENDS
    assert counting("pec", "acceptance", Times(ENDS, None, OPENS)) == OPENS


def test_a_notice_of_the_past_is_closed_though_nobody_knows_when() -> None:
    told = {"opens": None, "ends": None, "now": ENDS, "over": True}
    assert notice_state(published=OPENS, **told) == "closed"
    assert notice_state(published=None, **told) == "draft"


def acting(network: Network, role: str) -> Actor:
    return Actor(SOMEBODY, network=network.uid, roles=frozenset({Role(role, network=network.uid)}))


@pytest.fixture
def network() -> Network:
    return a_network()


@pytest.fixture
def body(network: Network) -> Body:
    return a_body(network, "Tavolo permanente", since="2015-06-01")


pytestmark = pytest.mark.django_db


def test_a_draft_is_seen_by_the_secretariat_alone(body: Body) -> None:
    row = a_notice(body, published=False)
    assert list(published_notices()) == []
    assert notice_by_code(row.code, acting(body.network, "network_secretary")) == row
    with pytest.raises(NotFound):
        notice_by_code(row.code, ANONYMOUS)
    assert list(notices_at_work(ANONYMOUS)) == []
    assert list(notices_at_work(acting(a_network("altra"), "network_secretary"))) == []
    assert list(notices_at_work(acting(body.network, "network_secretary"))) == [row]


def test_drafting_and_publishing_stand_in_the_journal(body: Body) -> None:
    row = a_notice(body)
    assert state_of(row) == "open"
    assert list(published_notices(body.network)) == [row]
    assert [(ask.kind, ask.number, ask.needed) for ask in row.asks.order_by("kind", "number")] == [
        ("declaration", 1, True),
        ("declaration", 2, True),
        ("paper", 1, True),
        ("paper", 2, False),
    ]
    assert list(
        Entry.objects.filter(action__startswith="tables.notice")
        .order_by("id")
        .values_list("action", flat=True)
    ) == ["tables.notice_drafted", "tables.notice_published"]
    assert AnnouncedFact.objects.filter(key="tables.NoticePublished").count() == 1


def test_who_does_not_run_the_bodies_drafts_nothing(body: Body) -> None:
    with pytest.raises(NotAllowed):
        draft_notice(body=body, name="Avviso", by=acting(body.network, "organisation_member"))
    row = a_notice(body, published=False)
    with pytest.raises(NotAllowed):
        publish_notice(notice=row, by=ANONYMOUS)


@pytest.mark.parametrize(
    ("values", "lacking"),
    [({"act": ""}, ("act",)), ({"ways": [], "privacy": ""}, ("ways", "privacy"))],
)
def test_what_is_not_complete_is_not_published(body: Body, values: dict, lacking: tuple) -> None:
    row = a_notice(body, published=False, **values)
    with pytest.raises(errors.NoticeIncomplete) as refused:
        publish_notice(notice=row, by=OPERATOR)
    assert refused.value.lacking == lacking
    row.refresh_from_db()
    assert row.published_at is None


def test_odd_notices_are_refused(network: Network, body: Body) -> None:
    with pytest.raises(errors.NoticeTitleMissing):
        draft_notice(body=body, name="  ", by=OPERATOR)
    with pytest.raises(errors.GroupOfAnother):
        draft_notice(body=body, name="Avviso", groups=[a_body(network)], by=OPERATOR)
    with pytest.raises(errors.ClosesBeforeItOpens):
        draft_notice(body=body, name="Avviso", opens_at=ENDS, closes_at=ENDS, by=OPERATOR)
    with pytest.raises(TypeError):
        draft_notice(body=body, name="Avviso", published_at=ENDS, by=OPERATOR)


def test_two_of_one_title_have_two_addresses(body: Body) -> None:
    assert [a_notice(body).code for _time in range(2)] == ["avviso-pubblico", "avviso-pubblico-2"]


def test_a_draft_is_changed_by_one_at_a_time(body: Body) -> None:
    row = a_notice(body, published=False)
    edited = edit_notice(
        notice=row,
        expected=row.version,
        name="Avviso per il tavolo",
        asks=[Asked("paper", "Statuto")],
        groups=[],
        by=OPERATOR,
    )
    assert (edited.name, edited.asks.count()) == ("Avviso per il tavolo", 1)
    with pytest.raises(StaleVersion):
        edit_notice(notice=row, expected=row.version, contact="altro", by=OPERATOR)
    publish_notice(notice=row, by=OPERATOR)
    with pytest.raises(errors.AlreadyPublished):
        edit_notice(notice=row, expected=3, contact="altro", by=OPERATOR)
    with pytest.raises(errors.AlreadyPublished):
        publish_notice(notice=row, by=OPERATOR)


def test_a_correction_stands_beside_the_original(body: Body) -> None:
    row = a_notice(body, requirements="tre anni di attività")
    closes = row.closes_at
    later = closes + timedelta(days=5)
    made = correct_notice(
        notice=row,
        changes={"requirements": "due anni di attività", "closes_at": later, "seats": None},
        act="decreto 15/2026",
        reason="errore materiale",
        by=OPERATOR,
    )
    row = Notice.objects.get(pk=row.pk)
    assert (row.requirements, row.closes_at, row.ends_at) == ("tre anni di attività", closes, later)
    assert made.changes == {
        "requirements": "due anni di attività",
        "closes_at": later.isoformat(),
    }
    assert as_corrected(row)["requirements"] == "due anni di attività"
    assert made.number == 1
    with pytest.raises(errors.NothingCorrected):
        correct_notice(
            notice=row,
            changes={"requirements": "due anni di attività"},
            act="decreto 16/2026",
            reason="x",
            by=OPERATOR,
        )


def test_a_correction_rests_on_an_act(body: Body) -> None:
    told = {"changes": {"contact": "altro"}, "by": OPERATOR}
    with pytest.raises(errors.NoticeActMissing):
        correct_notice(notice=a_notice(body), act=" ", reason="x", **told)
    with pytest.raises(errors.NotPublishedYet):
        correct_notice(notice=a_notice(body, published=False), act="a", reason="x", **told)
    with pytest.raises(TypeError):
        correct_notice(
            notice=a_notice(body), changes={"act": "b"}, act="a", reason="x", by=OPERATOR
        )
    row = a_notice(body)
    early = {"closes_at": row.opens_at - SECOND}
    with pytest.raises(errors.ClosesBeforeItOpens):
        correct_notice(notice=row, changes=early, act="a", reason="x", by=OPERATOR)


def test_another_end_makes_what_was_late_in_time(body: Body) -> None:
    now = clock.now().replace(microsecond=0)
    row = a_notice(body, closes_at=now - SECOND * 2)
    late = on_paper(row, received=now - SECOND)
    assert (late.timing, late.late, late.state) == ("late", True, "submitted")
    correct_notice(
        notice=row,
        changes={"closes_at": now + timedelta(days=1)},
        act="decreto 15/2026",
        reason="proroga",
        by=OPERATOR,
    )
    assert Application.objects.get(pk=late.pk).timing == "in_time"
    assert Entry.objects.filter(action="tables.application_timing").count() == 1
    correct_notice(notice=row, changes={"closes_at": None}, act="a", reason="b", by=OPERATOR)
    assert Notice.objects.get(pk=row.pk).ends_at is None


def test_open_ones_come_first(body: Body) -> None:
    closed = a_notice(body, "Chiuso", closes_at=clock.now() - SECOND)
    coming = a_notice(body, "In arrivo", opens_at=clock.now() + timedelta(days=1))
    open_now = a_notice(body, "Aperto")
    assert open_first([closed, coming, open_now]) == [open_now, coming, closed]


def test_the_database_wants_an_act_and_an_opening(body: Body) -> None:
    row = a_notice(body, published=False)
    for values in ({"act": ""}, {"act": "decreto", "opens_at": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Notice.objects.filter(pk=row.pk).update(published_at=clock.now(), **values)
    old = a_notice(body, published=False, opens_at=None, closes_at=None, over=True, contact="")
    assert state_of(publish_notice(notice=old, by=OPERATOR)) == "closed"
