"""What came by PEC is kept, bound, set aside and numbered: by who may, each decision an act of its own."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel import blobs, clock
from tavolo.kernel.actor import OPERATOR, Actor
from tavolo.kernel.errors import NotAllowed, Refusal
from tavolo.kernel.models import Network
from tavolo.messages.actions import enqueue_message
from tavolo.messages.choices import MessageState
from tavolo.messages.composing import message_id
from tavolo.messages.models import ExternalNumber, Message, PecBinding, PecMessage
from tavolo.messages.pec import queries
from tavolo.messages.pec.actions import (
    Numbering,
    bind_pec,
    correct_number,
    enter_number,
    enter_numbers,
    prepared,
    receive_pec,
    set_aside_pec,
)
from tavolo.messages.pec.choices import NumberSource, PecKind, PecState, Remark, Way
from tavolo.messages.pec.errors import (
    AlreadyNumbered,
    DayUnusable,
    EmptyFile,
    FileTooLarge,
    NoMessage,
    NothingToCorrect,
    NumberUnusable,
    ReasonMissing,
    UnknownThing,
)
from tavolo.messages.pec.queries import LETTERS, PECS
from tavolo.messages.pec.things import REQUESTS
from tavolo.people.actions import receive_request
from tests.factories.people import a_network, a_person, secretary_of
from tests.messages.pec import building
from tests.messages.pec.building import pec

pytestmark = pytest.mark.django_db
DAY = date(2026, 7, 1)


def brought(network: Network, content: bytes | None = None, **changes: object) -> PecMessage:
    told = {"way": Way.UPLOAD, "by": OPERATOR, "file_name": "ricevuta.eml"}
    message = prepared(content or pec())
    return receive_pec(network=network, message=message, **{**told, **changes}).message  # type: ignore[arg-type]


def envelope(network: Network, **changes: object) -> PecMessage:
    return brought(network, pec(kind="posta-certificata", receipt="", **changes))


def numbered(row: PecMessage, number: str = "0001234", **changes: object) -> ExternalNumber:
    told = {"by": OPERATOR, "source": NumberSource.TYPED, "told": Numbering(number, DAY)}
    return enter_number(
        network=row.network,
        kind=PECS,
        subject=row.uid,
        **{**told, **changes},  # type: ignore[arg-type]
    )


def acts() -> list[str]:
    return list(Entry.objects.order_by("id").values_list("action", flat=True))


class TestReceiving:
    def test_it_is_kept_byte_for_byte_with_what_it_says(self) -> None:
        network, content = a_network(), pec()
        row = brought(network, content)
        assert blobs.open_blob(row.content_id).read() == content
        assert (row.kind, row.integrity, row.remarks, row.state) == (
            PecKind.DELIVERY,
            "whole",
            [],
            PecState.TO_BIND,
        )
        assert (row.sender, row.delivered_to, row.msgid) == (
            building.ME,
            building.YOU,
            building.ORIGINAL_ID,
        )
        assert row.recipients == [{"address": building.YOU, "certified": True}]
        assert row.code == f"R-{clock.today().year}-00001"
        assert acts() == ["messages.pec_received"]

    def test_the_same_bytes_are_kept_once_a_network(self) -> None:
        network, other, content = a_network(), a_network("colle"), pec()
        first, second = brought(network, content), brought(network, content)
        elsewhere = brought(other, content)
        assert first == second
        assert elsewhere != first
        assert (first.number, elsewhere.number) == (1, 1)
        assert len(acts()) == 2

    def test_the_same_receipt_in_another_file_is_kept_and_set_aside(self) -> None:
        network = a_network()
        first = brought(network)
        again = brought(network, b"Received: from altrove\r\n" + pec())
        assert (again.twin_of, again.state, again.number) == (first, PecState.SET_ASIDE, 2)
        (why,) = queries.bindings_of(again)
        assert (why.reason, why.subject) == (first.code, None)

    def test_an_altered_one_is_no_duplicate_of_the_true_one(self) -> None:
        network = a_network()
        true = brought(network)
        altered = brought(network, pec().replace(b"Siete convocati", b"Siete Convocati"))
        assert (altered.twin_of, altered.state) == (None, PecState.TO_BIND)
        assert altered.remarks == [Remark.ALTERED]
        assert altered.certified_at is None
        assert true.certified_at is not None

    def test_a_true_one_is_no_duplicate_of_one_that_somebody_else_signed(self) -> None:
        """Anybody can make a certificate with the same number and say the same before."""
        network = a_network()
        forged = prepared(b"Received: from altrove\r\n" + pec())
        signer = replace(forged.found.signer, issuer="Chiunque")
        forged = replace(forged, found=replace(forged.found, signer=signer))
        receive_pec(network=network, message=forged, way=Way.UPLOAD, by=OPERATOR)
        true = brought(network)
        assert (true.twin_of, true.state) == (None, PecState.TO_BIND)

    def test_receipts_of_two_recipients_are_two(self) -> None:
        network = a_network()
        one = brought(network)
        other = brought(network, pec(delivered_to="altro@pec.comune.example"))
        assert (one.twin_of, other.twin_of) == (None, None)

    @pytest.mark.parametrize(
        ("content", "refusal"),
        [
            (b"", EmptyFile),
            (b" \r\n ", EmptyFile),
            (b"%PDF-1.7 niente", NoMessage),
            (b"PK\x03\x04" + bytes(2000), NoMessage),
            (b"\xff\xd8\xff" + bytes(100), NoMessage),
        ],
    )
    def test_what_is_no_message_is_refused(self, content: bytes, refusal: type[Refusal]) -> None:
        with pytest.raises(refusal):
            prepared(content)
        assert PecMessage.objects.count() == 0

    def test_what_is_too_large_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tavolo.messages.pec.actions.receiving.FILE_BYTES", 1000)
        with pytest.raises(FileTooLarge):
            prepared(pec())

    def test_signs_that_no_database_takes_are_left_out(self) -> None:
        row = brought(a_network(), file_name="a\x00b\nc.eml" * 60)
        assert "\x00" not in row.file_name
        assert len(row.file_name) <= 200

    def test_a_stranger_brings_nothing(self) -> None:
        network = a_network()
        for actor in (Actor(), Actor(person=uuid4()), secretary_of(a_network("colle"))):
            with pytest.raises(NotAllowed):
                brought(network, by=actor)
        assert brought(network, by=secretary_of(network)).number == 1


class TestBinding:
    def test_a_receipt_is_proposed_to_the_letter_that_it_names(self) -> None:
        network = a_network()
        letter = enqueue_message(
            to="a@b.example", subject="Convocazione", text="x", network=network
        )
        Message.objects.update(state=MessageState.SENT)
        row = brought(network, pec(msgid=message_id(letter).strip("<>")))
        other = brought(a_network("colle"), pec(msgid=message_id(letter).strip("<>")))
        (proposal,) = queries.proposals(row, OPERATOR)
        assert (proposal.kind, proposal.thing.uid) == (LETTERS, letter.uid)
        assert queries.proposals(other, OPERATOR) == []
        assert queries.proposals(row, Actor(person=uuid4())) == []

    def test_a_receipt_is_proposed_to_the_envelope_of_the_same_original(self) -> None:
        network = a_network()
        first = envelope(network)
        row = brought(network)
        (proposal,) = queries.proposals(row, OPERATOR)
        assert (proposal.kind, proposal.thing.uid) == (PECS, first.uid)
        bind_pec(message=row, kind=PECS, subject=first.uid, by=OPERATOR)
        row.refresh_from_db()
        assert row.state == PecState.BOUND
        assert queries.bound_to(network, PECS, first.uid) == [row]

    def test_another_decision_is_another_act_with_its_reason(self) -> None:
        network = a_network()
        first, row = envelope(network), brought(network)
        bind_pec(message=row, kind=PECS, subject=first.uid, by=OPERATOR)
        with pytest.raises(ReasonMissing):
            bind_pec(message=row, kind=PECS, subject=first.uid, by=OPERATOR, reason=" ")
        set_aside_pec(message=row, reason="Non ci riguarda", by=OPERATOR)
        assert [each.reason for each in queries.bindings_of(row)] == ["Non ci riguarda", ""]
        assert queries.bound_to(network, PECS, first.uid) == []
        bind_pec(message=row, kind=PECS, subject=first.uid, by=OPERATOR, reason="Errore mio")
        assert PecBinding.objects.count() == 3
        assert acts()[-3:] == [
            "messages.pec_bound",
            "messages.pec_set_aside",
            "messages.pec_bound",
        ]

    def test_a_request_that_came_by_pec_is_answered(self) -> None:
        network = a_network()
        row = brought(network)
        asked = receive_request(
            page="/reti/valle/",
            wish="removal",
            name="Ada",
            email="a@b.example",
            text="Via.",
            by=OPERATOR,
        )
        told = bind_pec(message=row, kind=REQUESTS, subject=asked.uid, by=OPERATOR)
        assert (told.kind, told.subject) == (REQUESTS, asked.uid)

    def test_what_is_elsewhere_or_itself_is_no_answer(self) -> None:
        network = a_network()
        row, foreign = brought(network), envelope(a_network("colle"))
        for kind, subject in (
            (PECS, foreign.uid),
            (PECS, row.uid),
            (PECS, uuid4()),
            ("nothing", uuid4()),
        ):
            with pytest.raises(UnknownThing):
                bind_pec(message=row, kind=kind, subject=subject, by=OPERATOR)
        with pytest.raises(ReasonMissing):
            set_aside_pec(message=row, reason=" ", by=OPERATOR)

    def test_only_who_keeps_the_pec_binds(self) -> None:
        network = a_network()
        first, row = envelope(network), brought(network)
        for actor in (Actor(), Actor(person=uuid4()), secretary_of(a_network("colle"))):
            with pytest.raises(NotAllowed):
                bind_pec(message=row, kind=PECS, subject=first.uid, by=actor)
            with pytest.raises(NotAllowed):
                set_aside_pec(message=row, reason="x", by=actor)
        bind_pec(message=row, kind=PECS, subject=first.uid, by=secretary_of(network))


class TestNumbers:
    def test_a_number_is_entered_once_and_corrected_with_a_reason(self) -> None:
        row = envelope(a_network())
        first = numbered(row)
        with pytest.raises(AlreadyNumbered):
            numbered(row, "9")
        told = {"network": row.network, "kind": PECS, "subject": row.uid, "by": OPERATOR}
        told |= {"told": Numbering("0001243", DAY, "PG", "c_f205", "AOO1"), "source": "typed"}
        with pytest.raises(ReasonMissing):
            correct_number(reason=" ", **told)  # type: ignore[arg-type]
        second = correct_number(reason="Cifre scambiate", **told)  # type: ignore[arg-type]
        first.refresh_from_db()
        assert first.superseded_by == second
        assert queries.number_of(row.network, PECS, row.uid) == second
        assert queries.numbers_of(row.network, PECS, row.uid) == [second, first]
        assert queries.last_register(row.network) == second
        assert acts()[-2:] == ["messages.number_entered", "messages.number_corrected"]

    def test_what_has_no_number_is_not_corrected(self) -> None:
        row = envelope(a_network())
        with pytest.raises(NothingToCorrect):
            correct_number(
                network=row.network,
                kind=PECS,
                subject=row.uid,
                told=Numbering("1", DAY),
                source="typed",
                reason="x",
                by=OPERATOR,
            )

    @pytest.mark.parametrize(
        ("told", "refusal"),
        [
            (Numbering(" ", DAY), NumberUnusable),
            (Numbering("1" * 61, DAY), NumberUnusable),
            (Numbering("1\x00", DAY), NumberUnusable),
            (Numbering("1", date(1899, 12, 31)), DayUnusable),
            (Numbering("1", date(2999, 1, 1)), DayUnusable),
        ],
    )
    def test_what_no_register_gives_is_refused(
        self, told: Numbering, refusal: type[Refusal]
    ) -> None:
        with pytest.raises(refusal):
            numbered(envelope(a_network()), told=told)
        assert ExternalNumber.objects.count() == 0

    def test_tomorrow_is_not_registered_yet(self) -> None:
        row = envelope(a_network())
        with pytest.raises(DayUnusable):
            numbered(row, told=Numbering("1", clock.today() + timedelta(days=1)))
        numbered(row, told=Numbering("1", clock.today()))

    def test_the_same_number_is_warned_of_and_not_forbidden(self) -> None:
        network = a_network()
        one = envelope(network)
        other = envelope(network, identifier="altro@pec.gestore.example")
        numbered(one, told=Numbering("12/a", DAY, "PG"))
        row = numbered(other, told=Numbering("12/A", DAY, "PG"))
        told = {"number": row.number, "register": "PG", "kind": PECS, "subject": other.uid}
        assert [each.subject for each in queries.same_number(network, year=2026, **told)] == [  # type: ignore[arg-type]
            one.uid
        ]
        assert queries.same_number(network, year=2025, **told) == []  # type: ignore[arg-type]

    def test_several_are_entered_all_or_none(self) -> None:
        network = a_network()
        one = envelope(network)
        other = envelope(network, identifier="altro@pec.gestore.example")
        good = (PECS, one.uid, Numbering("1", DAY))
        with pytest.raises(NumberUnusable):
            enter_numbers(
                network=network,
                told=[good, (PECS, other.uid, Numbering("", DAY))],
                source="pasted",
                by=OPERATOR,
            )

    def test_things_elsewhere_and_unknown_kinds_are_refused(self) -> None:
        network, foreign = a_network(), envelope(a_network("colle"))
        for kind, subject in ((PECS, foreign.uid), ("nothing", foreign.uid)):
            with pytest.raises(UnknownThing):
                enter_number(
                    network=network,
                    kind=kind,
                    subject=subject,
                    told=Numbering("1", DAY),
                    source="typed",
                    by=OPERATOR,
                )

    def test_only_who_keeps_them_enters(self) -> None:
        row = envelope(a_network())
        for actor in (Actor(), Actor(person=a_person().uid), secretary_of(a_network("colle"))):
            with pytest.raises(NotAllowed):
                numbered(row, by=actor)
        numbered(row, by=secretary_of(row.network))

    def test_envelopes_wait_and_receipts_do_not(self) -> None:
        network = a_network()
        first, _receipt = envelope(network), brought(network)
        plug = queries.plug_of(PECS)
        assert plug is not None
        assert [each.uid for each in plug.waiting(network.uid, limit=9)] == [first.uid]
        assert [each.uid for each in plug.found(network.uid, first.code.lower(), limit=9)] == [
            first.uid
        ]
        assert [each.uid for each in plug.found(network.uid, "giugno", limit=1)] != [first.uid]
        numbered(first)
        assert plug.waiting(network.uid, limit=9) == []

    @pytest.mark.parametrize(
        "words", ["R-1-x", "R-99999-1", "R-2026-99999999999", "R-2026", "²-2-3"]
    )
    def test_a_code_that_is_none_finds_nothing(self, words: str) -> None:
        network = a_network()
        envelope(network)
        plug = queries.plug_of(PECS)
        assert plug is not None
        assert list(plug.found(network.uid, words, limit=9)) == []


def test_what_is_near_a_protected_person_is_no_target() -> None:
    network = a_network()
    letter = enqueue_message(to="a@b.example", subject="x", text="x", network=network)
    Message.objects.update(state=MessageState.SENT, without_content=True)
    plug = queries.plug_of(LETTERS)
    assert plug is not None
    assert plug.found(network.uid, "", limit=9) == []
    assert plug.named(network.uid, [letter.uid]) == {}
    assert plug.waiting(network.uid, limit=9) == ()
