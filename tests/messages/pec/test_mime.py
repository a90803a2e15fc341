"""The parts of a message, over its own bytes, whatever programs write."""

import pytest

from tavolo.messages.pec.reading.message import read
from tavolo.messages.pec.reading.mime import PARTS, Budget, clean, parsed, unbased


def names(raw: bytes) -> list[bytes]:
    return [part.raw for part in parsed(raw, Budget()).walk()][1:]


def multipart(body: bytes, boundary: bytes = b"b") -> bytes:
    return b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n" + body


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (b"--b\r\none\r\n--b\r\ntwo\r\n--b--\r\n", [b"one", b"two"]),
        (b"--b\none\n--b\ntwo\n--b--\n", [b"one", b"two"]),
        (b"before\r\n--b  \r\none\r\n--b--", [b"one"]),
        (b"--b\r\none\r\n--b--\r\nafter\r\n--b\r\nlate", [b"one"]),
        (b"--b\r\ncut off", [b"cut off"]),
        (b"--b\r\nno --b in a line\r\n--bb\r\n--b--", [b"no --b in a line\r\n--bb"]),
        (b"--b\r\n\r\n\r\n--b--", [b"\r\n"]),
        (b"nothing", []),
    ],
)
def test_what_stands_between_boundaries(body: bytes, parts: list[bytes]) -> None:
    assert names(multipart(body)) == parts


def test_without_a_boundary_there_is_nothing_in_it() -> None:
    assert names(b"Content-Type: multipart/mixed\r\n\r\n--\r\nx\r\n----") == []


@pytest.mark.parametrize(
    ("headers", "subject"),
    [
        (b"Subject: =?utf-8?B?w6g=?= =?latin-1?Q?=E8?=", "èè"),
        (b"Subject: =?nessuno?B?w6g=?=", "=?nessuno?B?w6g=?="),
        (b"Subject: \xe8", "?"),
        (b"Subject: a\r\n b\x00c", "a b c"),
        (b"X: y", ""),
    ],
)
def test_headers_are_one_line_of_words(headers: bytes, subject: str) -> None:
    found = parsed(headers + b"\r\n\r\nx", Budget()).header("Subject")
    assert found.replace("\N{REPLACEMENT CHARACTER}", "?") == subject


@pytest.mark.parametrize(
    ("encoding", "body", "content"),
    [
        (b"base64", b"Q2lhbw==", b"Ciao"),
        (b"BASE64 ", b"Q2l\r\nhbw", b"Q2l\r\nhbw"),
        (b"quoted-printable", b"Ci=61o=\r\n", b"Ciao"),
        (b"8bit", b"\xe8", b"\xe8"),
    ],
)
def test_transfer_encodings(encoding: bytes, body: bytes, content: bytes) -> None:
    part = parsed(b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body, Budget())
    assert part.content == content


def test_what_begins_with_an_empty_line_has_no_headers() -> None:
    assert parsed(b"\r\nSubject: x", Budget()).header("Subject") == ""
    assert parsed(b"Subject: x", Budget()).header("Subject") == "x"


@pytest.mark.parametrize(
    "headers",
    [b"Content-Type: x; name*=nessuno''%E8", b"Content-Type: ;;;=", b"Content-Type: \xff"],
)
def test_names_that_are_none_are_no_error(headers: bytes) -> None:
    part = parsed(headers + b"\r\n\r\nx", Budget())
    assert isinstance(part.name, str)
    assert isinstance(part.parameter("boundary"), str)
    assert isinstance(part.media_type, str)


def test_lone_surrogates_and_control_signs_are_left_out() -> None:
    assert clean("a\ud800b\x07 c\n") == "a?b c"
    assert unbased(b"####") == b""


def test_a_message_of_a_million_parts_is_left_in_time() -> None:
    many = multipart(b"--b\r\n" * 1_000_000)
    assert read(many).remarks == ("too_deep",)
    budget = Budget()
    assert len(list(parsed(many, budget).walk())) <= PARTS + 1
    assert budget.spent


def test_a_message_in_a_message_in_a_message_is_left_in_time() -> None:
    deep = b"x"
    for place in range(60):
        mark = f"b{place}".encode()
        deep = multipart(b"--" + mark + b"\r\n" + deep + b"\r\n--" + mark + b"--", mark)
    assert read(deep).remarks == ("too_deep",)
