"""Hostile files, one by one: a sentence each, or nothing of what was planted is kept."""

import io

import pikepdf
import pytest
from PIL import Image

from tavolo.documents.intake.kinds import looked_at
from tavolo.documents.intake.names import fitting_name
from tavolo.documents.intake.refused import Refused
from tests.documents.hostile import CASES, Case


def unpacked(content: bytes) -> bytes:
    """A file with all that is packed in it laid open, so that nothing planted hides in a stream."""
    if content.startswith(b"%PDF-"):
        out = io.BytesIO()
        with pikepdf.open(io.BytesIO(content)) as pdf:
            mode = pikepdf.ObjectStreamMode.disable
            level = pikepdf.StreamDecodeLevel.generalized
            pdf.save(
                out, stream_decode_level=level, compress_streams=False, object_stream_mode=mode
            )
        return content + out.getvalue()
    if content.startswith(b"PK"):
        import zipfile

        package = zipfile.ZipFile(io.BytesIO(content))
        return content + b"".join(unpacked(package.read(name)) for name in package.namelist())
    return content


def outcome(case: Case) -> tuple[str, ...]:
    try:
        found = looked_at(case.make(), case.name, strip_author=case.strip_author)
    except Refused as refusal:
        return ("refused", refusal.message)
    return ("kept", found.format.media_type, *found.stripped)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_each_is_refused_with_its_sentence_or_kept_without_harm(case: Case) -> None:
    expected = ("refused", case.refused) if case.refused else ("kept", case.kept, *case.stripped)
    assert outcome(case) == expected


@pytest.mark.parametrize("case", [case for case in CASES if case.kept], ids=lambda case: case.key)
def test_nothing_planted_is_kept(case: Case) -> None:
    found = looked_at(case.make(), case.name, strip_author=case.strip_author)
    kept = unpacked(found.content)
    assert [planted for planted in case.gone if planted in kept] == []
    if case.file_name:
        assert fitting_name(case.name, found.format) == case.file_name


def test_what_is_planted_was_there_before() -> None:
    planted = [case for case in CASES if case.kept and case.stripped]
    lost = [c.key for c in planted if not any(word in unpacked_input(c) for word in c.gone)]
    # Packed in letters, what is planted cannot be looked for.
    assert lost == ["pdf in a pdf", "photograph packed twice in a pdf"]


def unpacked_input(case: Case) -> bytes:
    content = case.make()
    return content + (unpacked(content) if content.startswith((b"%PDF", b"PK")) else b"")


def test_there_are_eighty_and_their_keys_differ() -> None:
    assert len(CASES) >= 80
    assert len({case.key for case in CASES}) == len(CASES)


def test_a_turned_picture_is_upright_afterwards() -> None:
    case = next(case for case in CASES if case.key == "jpeg turned, with a place")
    found = looked_at(case.make(), case.name, strip_author=False)
    assert Image.open(io.BytesIO(found.content)).size == (8, 16)
