"""What falls due: from which rooms, for whom, in which order; what organisations owe."""

import csv
import io
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tavolo.desk.today import PAGE, group_of, grouped, things_due, things_owed
from tavolo.desk.web.when import moment_words, when_words
from tavolo.imports.models import Batch
from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, OPERATOR, Actor, actor_of
from tavolo.kernel.models import DatedValue
from tavolo.kernel.network import UnknownValue, rule_book
from tavolo.kernel.plugs import Due, due_sources
from tavolo.kernel.terms import Rule
from tavolo.people.actions import answer_request, invite, receive_request
from tavolo.people.models import Account, CorrectionRequest
from tavolo.people.terms import ANSWER
from tavolo.registry.actions import (
    add_commitment,
    appoint_deputy,
    appoint_secretary,
    end_office,
    merge_organisations,
    propose_change,
    take_step,
)
from tavolo.registry.models import (
    Commitment,
    Delegation,
    DiscontinuedOffice,
    NetworkOffice,
    OfficeHolding,
)
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley, an_organisation
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import a_person, an_account, sign_in, with_second_factor
from tests.factories.registry import a_network_with_secretary

TODAY = clock.today()


def after(days: int) -> date:
    return TODAY + timedelta(days=days)


def by(account: Account) -> Actor:
    return actor_of(account.person.uid, on=TODAY)


def promised(valley: Valley, name: str, due: date | None, **changes: Any) -> Commitment:
    values = {"owner": valley.organisation, "due": due, "no_due": due is None, "by": OPERATOR}
    return add_commitment(network=valley.network, name=name, on=TODAY, **{**values, **changes})


def titles(actor: Actor) -> list[str]:
    return [thing.due.title for thing in things_due(actor, on=TODAY)]


def asked(page: str = "/reti/valle/") -> CorrectionRequest:
    return receive_request(
        page=page, wish="removal", name="Ada", email="a@x.example", text="Via.", by=ANONYMOUS
    )


def in_office(valley: Valley, last: date, **values: Any) -> OfficeHolding:
    told = {"title": "president", "form": "feminine", "organisation": valley.organisation}
    told |= {"person": a_person("Bianca", "Prima"), "valid_until": last + timedelta(days=1)}
    return OfficeHolding.objects.create(recorded_at=clock.now(), **{**told, **values})


class TestCommitments:
    def test_the_oldest_stands_first_and_what_is_done_is_gone(self, valley: Valley) -> None:
        for name, due in [("c", after(3)), ("a", after(-9)), ("d", None), ("b", TODAY)]:
            promised(valley, name, due)
        promised(valley, "far", after(31))
        done = promised(valley, "done", after(-1))
        take_step(commitment=done, version=1, state="dropped", note="Basta.", on=TODAY, by=OPERATOR)
        assert titles(by(valley.secretary)) == ["a", "b", "c", "d"]

    def test_each_has_the_action_of_whoever_looks(self, valley: Valley) -> None:
        row, late = promised(valley, "a", None), promised(valley, "b", after(-1))
        actions = {
            who: [
                (str(thing.due.action[0]), thing.due.action[1])
                for thing in things_due(by(account), on=TODAY)
            ]
            for who, account in (("secretary", valley.secretary), ("member", valley.member))
        }
        page, other = f"/lavoro/impegni/{row.uid}/", f"/lavoro/impegni/{late.uid}/"
        assert actions == {
            "secretary": [("Registra l’esito", other), ("Dai una scadenza", f"{page}modifica/")],
            "member": [("Vedi", other), ("Vedi", page)],
        }

    def test_nobody_else_is_told(self, valley: Valley) -> None:
        promised(valley, "a", TODAY, public=True)
        _network, other = a_network_with_secretary("colle")
        assert [titles(by(other)), titles(by(valley.stranger)), titles(ANONYMOUS)] == [[], [], []]

    def test_what_another_organisation_promised_is_not_the_members_affair(
        self, valley: Valley
    ) -> None:
        promised(valley, "a", TODAY, owner=an_organisation(valley.network, "Altra"))
        assert titles(by(valley.member)) == []


class TestPeople:
    def test_a_request_is_due_within_a_month(self, valley: Valley) -> None:
        with time_machine.travel(datetime(2026, 11, 30, 12, tzinfo=clock.ROME)):
            row = asked()
        (thing,) = things_due(by(valley.secretary), on=TODAY)
        assert (thing.due.title, thing.due.last_day, thing.due.action[1]) == (
            f"Richiesta {row.code}",
            date(2026, 12, 30),
            f"/lavoro/reti/valle/richieste/{row.uid}/",
        )
        answer_request(
            request=row, version=1, state="declined", answer="No.", by=by(valley.secretary)
        )
        assert titles(by(valley.secretary)) == []

    def test_the_month_is_another_where_the_installation_says_so(self, valley: Valley) -> None:
        DatedValue.objects.create(
            key="term.people.request_answer",
            value=Rule(10).plain(),
            source="Regolamento interno",
            valid_from=date(2026, 12, 1),
        )
        book = rule_book(ANSWER)
        assert [book.on(ANSWER, date(2026, month, 15)).length for month in (11, 12)] == [1, 10]

    def test_before_the_law_there_was_no_term(self, valley: Valley) -> None:
        with pytest.raises(UnknownValue):
            rule_book(ANSWER).on(ANSWER, date(2018, 5, 24))

    def test_an_invitation_that_expires_is_told_and_one_just_sent_is_not(
        self, valley: Valley
    ) -> None:
        invite(
            email="b@x.example",
            given_name="Bea",
            family_name="B",
            network=valley.network,
            by=OPERATOR,
        )
        assert titles(by(valley.secretary)) == []
        for days, told in ((12, ["Bea B"]), (20, ["Bea B"]), (80, [])):
            with time_machine.travel(clock.now() + timedelta(days=days)):
                here = things_due(actor_of(valley.secretary.person.uid, on=TODAY), on=clock.today())
                assert [thing.due.title for thing in here] == told

    def test_another_network_s_are_not_told(self, valley: Valley) -> None:
        network, _account = a_network_with_secretary("colle")
        asked("/reti/colle/")
        assert CorrectionRequest.objects.get().network == network
        assert titles(by(valley.secretary)) == []


class TestOffices:
    def test_what_ends_and_nobody_follows_is_told(self, valley: Valley) -> None:
        in_office(valley, after(20))
        in_office(valley, after(-20), title="legal_representative")
        in_office(valley, after(-120), title="director")
        in_office(valley, after(60), title="secretary_general")
        found = [(t.due.title, t.due.last_day) for t in things_due(by(valley.secretary), on=TODAY)]
        assert found == [
            ("Casa dei Sentieri: Legale rappresentante", after(-20)),
            ("Casa dei Sentieri: Presidente", after(20)),
        ]

    def test_it_leads_to_where_somebody_is_entered(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        in_office(valley, after(20))
        (thing,) = things_due(by(valley.secretary), on=TODAY)
        assert as_secretary.get(thing.due.action[1]).status_code == 200

    def test_somebody_who_follows_or_giving_it_up_ends_it(self, valley: Valley) -> None:
        in_office(valley, after(-5))
        in_office(valley, after(-4), title="director")
        in_office(valley, after(900), person=a_person("Aldo", "Dopo"))
        DiscontinuedOffice.objects.create(
            organisation=valley.organisation, title="director", recorded_at=clock.now()
        )
        assert titles(by(valley.secretary)) == []

    def test_matters_are_told_apart_by_their_words_where_the_vocabulary_ends(
        self, valley: Valley
    ) -> None:
        for words, last in (("Tempi", after(5)), ("Orti", None)):
            Delegation.objects.create(
                organisation=valley.organisation,
                person=a_person("Bianca", "Prima"),
                theme="other",
                words=words,
                valid_until=last and last + timedelta(days=1),
                recorded_at=clock.now(),
            )
        assert titles(by(valley.secretary)) == ["Casa dei Sentieri: Tempi"]

    def test_members_and_strangers_are_not_asked(self, valley: Valley) -> None:
        in_office(valley, after(5))
        assert [titles(by(valley.member)), titles(by(valley.stranger))] == [[], []]


class TestDeputies:
    def test_a_term_that_ends_is_told_to_both_who_may_renew_it(self, valley: Valley) -> None:
        appoint_deputy(
            principal=valley.secretary.person,
            deputy=valley.stranger.person,
            network=valley.network,
            act="Determina 1",
            since=TODAY,
            last_day=after(10),
            by=OPERATOR,
        )
        office = appoint_secretary(
            network=valley.network, person=a_person("Dora", "Due"), act="Decreto", by=OPERATOR
        )
        end_office(office=office, last_day=after(12), by=OPERATOR)
        found = [(t.due.title, t.due.last_day) for t in things_due(by(valley.secretary), on=TODAY)]
        stranger = valley.stranger.person.name
        assert found == [(stranger, after(10)), ("Dora Due", after(12))]
        acting = actor_of(
            valley.stranger.person.uid, on=TODAY, acting_for=valley.secretary.person.uid
        )
        assert titles(acting) == []

    def test_what_is_renewed_is_not_told(self, valley: Valley) -> None:
        for since, last in ((TODAY, after(5)), (after(6), after(200))):
            appoint_deputy(
                principal=valley.secretary.person,
                deputy=valley.stranger.person,
                network=valley.network,
                act="Determina",
                since=since,
                last_day=last,
                by=OPERATOR,
            )
        assert titles(by(valley.secretary)) == []
        assert NetworkOffice.objects.count() == 1


class TestOthers:
    def test_a_proposal_waits_for_the_steward(self, valley: Valley) -> None:
        other, her = a_network_with_secretary("colle")
        row = propose_change(
            organisation=valley.organisation, network=other, values={"phone": "02 1"}, by=by(her)
        )
        (thing,) = things_due(by(valley.secretary), on=TODAY)
        assert thing.due.action[1] == f"/lavoro/organizzazioni/proposte/{row.uid}/"
        assert titles(by(her)) == []

    def test_a_file_waits_for_a_word_of_who_may_import_it(self, valley: Valley) -> None:
        for name, state, kind in (
            ("a.csv", "checked", "organisations"),
            ("b.csv", "read", "organisations"),
            ("c.csv", "applied", "organisations"),
            ("d.csv", "checked", "nothing"),
        ):
            Batch.objects.create(
                kind=kind,
                network=valley.network,
                file_name=name,
                state=state,
                received_at=clock.now(),
                moved_at=clock.now(),
                applied_at=clock.now() if state == "applied" else None,
            )
        assert titles(by(valley.secretary)) == ["a.csv", "b.csv"]
        assert titles(by(valley.member)) == []


class TestGroups:
    @pytest.mark.parametrize(
        ("last", "group", "words"),
        [
            (date(2026, 11, 19), "overdue", "da 3 giorni"),
            (date(2026, 11, 21), "overdue", "da ieri"),
            (date(2026, 11, 22), "today", "oggi"),
            (date(2026, 11, 25), "week", "mercoledì 25"),
            (date(2026, 11, 29), "week", "domenica 29"),
            (date(2026, 11, 30), "later", "30 novembre"),
            (date(2027, 1, 1), "later", "1° gennaio 2027"),
            (None, "open", "senza scadenza"),
        ],
    )
    def test_when_is_said_in_words(self, last: date | None, group: str, words: str) -> None:
        due, on = Due("1", "x", ("", ""), last_day=last), date(2026, 11, 22)
        assert (group_of(due, on=on), when_words(due, on=on)) == (group, words)

    def test_today_the_hour_counts(self) -> None:
        on = date(2026, 11, 22)
        due = Due("1", "x", ("", ""), last_day=on, at=datetime(2026, 11, 22, 18, tzinfo=clock.ROME))
        assert when_words(due, on=on) == "entro le ore 18"

    def test_what_happened_today_is_told_by_the_hour_and_before_by_the_day(self) -> None:
        on = date(2026, 11, 22)
        told = [
            moment_words(datetime(*day, 14, 53, tzinfo=clock.ROME), on=on)
            for day in ((2026, 11, 22), (2026, 11, 3), (2025, 11, 3))
        ]
        assert told == ["ore 14.53", "3 novembre", "3 novembre 2025"]

    def test_more_than_fits_is_paged_and_counted_whole(self, valley: Valley) -> None:
        for number in range(PAGE + 3):
            promised(valley, f"{number:03}", after(-1 if number < PAGE + 1 else 1))
        things = things_due(by(valley.secretary), on=TODAY)
        pages = [
            [
                (group.key, group.count, len(group.things))
                for group in grouped(things, on=TODAY, page=page)
            ]
            for page in (1, 2)
        ]
        assert pages == [[("overdue", 51, 50)], [("overdue", 51, 1), ("week", 2, 2)]]


class TestPage:
    def test_one_kind_and_one_network_can_be_looked_at(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        promised(valley, "Sportello", TODAY)
        row = asked()
        assert both(as_secretary.get("/lavoro/"), row) == (True, True)
        assert both(as_secretary.get("/lavoro/?tipo=impegni"), row) == (True, False)
        assert both(as_secretary.get("/lavoro/?tipo=richieste"), row) == (False, True)
        assert both(as_secretary.get("/lavoro/?rete=valle"), row) == (True, True)
        none = as_secretary.get("/lavoro/?tipo=nulla").content.decode()
        assert "Non c’è nulla in attesa di questo tipo" in none

    def test_another_s_network_is_not_there(self, valley: Valley, as_secretary: Client) -> None:
        a_network_with_secretary("colle")
        told = [
            as_secretary.get(f"/lavoro/{page}?rete={slug}").status_code
            for slug in ("colle", "nessuna")
            for page in ("", "elenco.csv")
        ]
        assert told == [404] * 4

    @pytest.mark.parametrize("asked", ["2", "0", "-1", "x", "²", "9" * 60])
    def test_a_page_that_is_not_there_is_the_last_or_the_first(
        self, valley: Valley, as_secretary: Client, asked: str
    ) -> None:
        promised(valley, "Sportello", TODAY)
        page = as_secretary.get("/lavoro/", {"pagina": asked})
        assert page.status_code == 200
        assert "Sportello" in page.content.decode()

    def test_what_is_shown_can_be_taken_along(self, valley: Valley, as_secretary: Client) -> None:
        promised(valley, "=1+1", after(-1))
        promised(valley, "Secondo", None)
        answer = as_secretary.get("/lavoro/elenco.csv")
        text = b"".join(answer).decode("utf-8-sig")  # type: ignore[arg-type]
        rows = list(csv.reader(io.StringIO(text)))
        assert [row[3] for row in rows] == ["Che cosa", "'=1+1", "Secondo"]
        assert rows[1][:3] == [after(-1).isoformat(), "da ieri", "Impegni"]

    def test_where_nothing_is_due_it_says_what_will_stand_there(
        self, valley: Valley, as_member: Client
    ) -> None:
        assert (
            "Nei prossimi trenta giorni non scade nulla"
            in as_member.get("/lavoro/").content.decode()
        )

    def test_the_menu_says_how_many_until_something_is_done(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        promised(valley, "Sportello", TODAY)
        shown = (
            r'aria-current="[a-z]+">Oggi <span class="n">1</span>|>Oggi <span class="n">1</span>'
        )
        as_secretary.get("/lavoro/")
        assert re.search(shown, as_secretary.get("/lavoro/impegni/").content.decode())
        as_secretary.post("/lavoro/impegni/nuovo/", {})
        assert not re.search(shown, as_secretary.get("/lavoro/impegni/").content.decode())
        with time_machine.travel(clock.now() + timedelta(days=1)):
            assert not re.search(shown, as_secretary.get("/lavoro/impegni/").content.decode())

    def test_it_asks_the_same_for_one_as_for_two_hundred(self, valley: Valley) -> None:
        client = sign_in(SameSiteClient(), valley.secretary)
        other, her = a_network_with_secretary("colle")
        counted = []
        for number in ENOUGH:
            for each in range(number - Commitment.objects.count()):
                plant(valley, other, her, each)
            counted.append(queries_of(client, "/lavoro/"))
        assert len(set(counted)) == 1
        assert counted[0] <= 20


def both(answer: Any, row: CorrectionRequest) -> tuple[bool, bool]:
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main")]
    return "<b>Sportello</b>" in main, row.code in main


def plant(valley: Valley, other: Any, her: Account, number: int) -> None:
    """One thing of each kind."""
    Commitment.objects.create(
        network=valley.network,
        owner=valley.organisation,
        name="x",
        due=TODAY,
        created_at=clock.now(),
    )
    CorrectionRequest.objects.create(
        network=valley.network, code=f"c{Commitment.objects.count()}", received_at=clock.now()
    )
    Batch.objects.create(
        kind="organisations",
        network=valley.network,
        state="checked",
        received_at=clock.now(),
        moved_at=clock.now(),
    )
    if number < 3:
        in_office(valley, after(4), title="president", person=a_person(f"A{number}", "B"))


class TestOwed:
    def test_those_who_act_for_it_see_what_it_owes(self, valley: Valley, as_member: Client) -> None:
        promised(valley, "lontano", after(90))
        promised(valley, "tardi", after(-3))
        promised(valley, "altra", TODAY, owner=an_organisation(valley.network, "Altra"))
        owed = things_owed([valley.organisation.uid], actor=by(valley.member), on=TODAY)
        assert [thing.due.title for thing in owed] == ["tardi", "lontano"]
        page = as_member.get(f"/lavoro/organizzazioni/{valley.organisation.code}/dovuto/")
        assert page.status_code == 200
        assert "<h1>Che cosa dobbiamo ancora fare</h1>" in page.content.decode()
        assert "tardi" in page.content.decode()

    def test_the_secretariat_sees_what_it_owes_its_network_alone(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        other, _her = a_network_with_secretary("colle")
        promised(valley, "qui", TODAY)
        add_commitment(
            network=other,
            name="segreto",
            owner=valley.organisation,
            due=TODAY,
            on=TODAY,
            by=OPERATOR,
        )
        page = as_secretary.get(f"/lavoro/organizzazioni/{valley.organisation.code}/dovuto/")
        text = page.content.decode()
        assert ("<b>qui</b>" in text, "segreto" in text) == (True, False)
        assert "<h1>Che cosa deve ancora fare</h1>" in text

    def test_for_others_it_is_not_there(self, valley: Valley, as_stranger: Client) -> None:
        promised(valley, "qui", TODAY, public=True)
        _network, her = a_network_with_secretary("colle")
        other = sign_in(SameSiteClient(), with_second_factor(her))
        code = valley.organisation.code
        found = [
            client.get(f"/lavoro/organizzazioni/{code}/dovuto/") for client in (as_stranger, other)
        ]
        absent = as_stranger.get("/lavoro/organizzazioni/nessuna/dovuto/")
        assert [answer.status_code for answer in (*found, absent)] == [404, 404, 404]

    def test_what_it_promised_under_another_name_is_among_it(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        twin = an_organisation(valley.network, "Casa dei sentieri ODV")
        promised(valley, "prima", TODAY, owner=twin)
        merge_organisations(
            organisation=twin, into=valley.organisation, reason="La stessa", by=OPERATOR
        )
        answer = as_secretary.get(f"/lavoro/organizzazioni/{twin.code}/dovuto/")
        assert answer["Location"] == f"/lavoro/organizzazioni/{valley.organisation.code}/dovuto/"
        assert "<b>prima</b>" in as_secretary.get(answer["Location"]).content.decode()

    def test_it_says_what_will_stand_there(self, valley: Valley, as_member: Client) -> None:
        page = as_member.get(f"/lavoro/organizzazioni/{valley.organisation.code}/dovuto/")
        assert "Nulla in sospeso" in page.content.decode()

    def test_it_asks_the_same_for_one_as_for_two_hundred(self, valley: Valley) -> None:
        client = sign_in(SameSiteClient(), valley.member)
        path = f"/lavoro/organizzazioni/{valley.organisation.code}/dovuto/"
        counted = []
        for number in ENOUGH:
            for _each in range(number - Commitment.objects.count()):
                Commitment.objects.create(
                    network=valley.network,
                    owner=valley.organisation,
                    name="x",
                    due=TODAY,
                    created_at=clock.now(),
                )
            counted.append(queries_of(client, path))
        assert len(set(counted)) == 1
        assert counted[0] <= 20


@pytest.mark.django_db
@pytest.mark.parametrize("source", due_sources.all(), ids=lambda source: source.key)
def test_every_source_keeps_its_contract(source: Any) -> None:
    assert re.fullmatch(r"[a-z]+(\.[a-z_]+)+", source.key)
    assert re.fullmatch(r"[a-z-]+", source.slug)
    assert str(source.label)
    assert list(source.due(ANONYMOUS, on=TODAY, until=TODAY)) == []
    assert list(source.owed([], actor=ANONYMOUS, on=TODAY)) == []


def test_no_two_sources_share_an_address() -> None:
    slugs = [source.slug for source in due_sources]
    assert sorted(set(slugs)) == sorted(slugs)


def test_an_account_without_role_is_told_nothing(valley: Valley) -> None:
    promised(valley, "x", TODAY)
    assert titles(by(an_account(given_name="Zoe"))) == []
