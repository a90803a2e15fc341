"""Which encoding makes Italian words: on the names of all municipalities, and on what offices write."""

import json
import lzma
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import tavolo
from tavolo.imports.reading.encodings import ONE_BYTE, encoding_of
from tavolo.imports.reading.plausibility import plausible
from tavolo.imports.reading.refused import Refused

DATA = Path(tavolo.__file__).parent / "territory" / "data" / "municipalities.json.xz"
with lzma.open(DATA) as packed:
    NAMES = [
        name for name in json.load(packed)["names"] if not name.isascii() and name.isprintable()
    ]
NAMES += [name.upper() for name in NAMES]
WORDS = [
    "perché è così",
    "l’età dell’Adda",
    "“Rossi”",
    "n° 5",
    "È vero",
    "già…",
    "qualità/quantità",
]


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts") / "text"


def read(path: Path, content: bytes) -> str:
    path.write_bytes(content)
    return content.decode(encoding_of(path).codec)


def coded(text: str, codec: str) -> bytes:
    """In that encoding, where it has all the letters and is not what UTF-8 would be, too."""
    try:
        content = text.encode(codec)
    except UnicodeEncodeError:
        assume(False)
    return content


@pytest.mark.parametrize("codec", ONE_BYTE)
@given(names=st.lists(st.sampled_from(NAMES), min_size=4, max_size=12, unique=True))
def test_any_few_names_are_enough(codec: str, path: Path, names: list[str]) -> None:
    text = "\n".join(names)
    assert read(path, coded(text, codec)) == text


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("codec", ONE_BYTE)
def test_a_few_words_are_enough(codec: str, path: Path, word: str) -> None:
    try:
        content = word.encode(codec)
    except UnicodeEncodeError:
        assert codec in {"cp850", "iso8859-15"}
    else:
        assert read(path, content) == word


@given(text=st.text(min_size=1))
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_what_unicode_says_is_what_is_read(codec: str, path: Path, text: str) -> None:
    assume(not any(sign < " " or sign == "\x7f" for sign in text))
    assume(codec != "utf-8" or "\ufeff" not in text)
    assert read(path, text.encode(codec)) == text


@given(content=st.binary())
def test_any_bytes_are_a_text_or_a_sentence(path: Path, content: bytes) -> None:
    try:
        read(path, content)
    except Refused as refusal:
        assert refusal.message  # noqa: PT017  either will do


@pytest.mark.parametrize(
    ("likely", "unlikely"),
    [
        ("Forlì", "ForlÏ"),
        ("CIRIÈ", "CIRIé"),
        ("dell’Adda", "dellíAdda"),
        ("È vero", "é vero"),
        ("Verrès", "Verräs"),
        ("Jovençan", "Jovenáan"),
        ("già…", "già\x85"),
        ("n° 5", "nø 5"),
        ("“sì”", "ìsìî"),
    ],
)
def test_what_is_likelier(likely: str, unlikely: str) -> None:
    assert plausible(likely) > plausible(unlikely)


def test_another_alphabet_makes_no_words_of_ours() -> None:
    assert plausible("ñòîëèöà íà Áúëãàðèÿ") < 0
