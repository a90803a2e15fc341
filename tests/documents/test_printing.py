"""Papers: what a PDF says of itself, and that nothing said in it is ever carried out.

That a file keeps every rule of PDF/A-2a and PDF/UA-1 is for veraPDF to say, which does not travel
with this package; here stands that it claims so, and has what both ask for first.
"""

import subprocess
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from PIL import Image

from tavolo.documents import printing
from tavolo.documents.errors import NotPrintable, PaperTookTooLong, PaperTooLarge
from tavolo.documents.lettering import KNOWN, settable, settable_text
from tavolo.documents.printing import Letterhead, Logo, kept_pdf, pdf
from tests.documents.papers import claims, tags, words

DAY = date(2026, 11, 22)
HOSTILE = (
    '#import "@preview/x:1.0.0"',
    '#read("/etc/passwd")',
    '"] #panic("here") [',
    "\\u{41} $ x^2 $ *bold* _slant_ <label> @ref // comment /* /*",
    "</script><b>&amp;{{ 7*7 }}{% x %}",
)


def paper(*lines: str, **told: Any) -> bytes:
    part = {
        "heading": "Chi parla",
        "sentence": "",
        "lines": [{"title": line, "what": "", "notes": []} for line in lines],
        "terms": [{"label": "Sede", "value": "Lucca", "note": ""}],
    }
    return pdf(
        "registry/organisation",
        {"parts": [part]},
        **{"title": "Comune di Lucca", "language": "it", "on": DAY, **told},
    )


def test_a_paper_says_that_it_is_pdf_a_and_pdf_ua_and_has_what_they_ask_for() -> None:
    made = paper("Ada")
    assert claims(made) == {
        "pdfa": "2a",
        "pdfua": "1",
        "language": "it",
        "title": "Comune di Lucca",
        "shows_title": True,
        "tagged": True,
        "embedded": True,
    }
    assert {"Document", "Title", "H1", "L", "LI", "LBody"} <= set(tags(made))


def test_equal_papers_have_equal_bytes_and_another_day_is_another_paper() -> None:
    assert paper("Ada") == paper("Ada")
    assert paper("Ada") != paper("Ada", on=date(2026, 11, 23))


def test_what_is_said_is_text_whatever_it_looks_like() -> None:
    said = words(paper(*HOSTILE))
    assert all(" ".join(line.split()) in said for line in HOSTILE)


def test_signs_that_turn_a_line_around_or_that_nobody_sees_are_left_out() -> None:
    assert settable_text("a\u202eb\u2066c\x00\x07d\ue000中\u00ad!") == "abcd□□!"
    assert settable_text("e\u0300\tprima\r\npoi") == "è prima\npoi"
    assert settable({"a": ["\u202eb", 3, None, ("c\x1b",)]}) == {"a": ["b", 3, None, ["c"]]}


def test_a_word_of_ten_thousand_letters_stays_on_the_page() -> None:
    made = paper("x" * 10_000, "W" * 10_000)
    assert words(made).replace(" ", "").replace("\u200b", "").count("W") == 10_000


def test_every_sign_that_is_let_through_can_be_set() -> None:
    assert claims(paper(*(KNOWN[at : at + 300] for at in range(0, len(KNOWN), 300))))["tagged"]


def test_the_head_of_a_table_is_one_and_stands_on_every_page() -> None:
    table = {
        "caption": "Cento",
        "columns": [{"label": "Nome", "width": 1, "numeric": False}] * 2,
        "rows": [[f"riga {number}", "x"] for number in range(100)],
    }
    with translation.override("it"):
        made = pdf("registry/register", {"table": table}, title="Elenco", language="it", on=DAY)
    assert [tags(made).count(kind) for kind in ("Table", "THead", "TH", "TR")] == [1, 1, 2, 101]
    assert "pagina 1 di 3" in words(made)
    assert "pagina 3 di 3" in words(made)


def test_a_logo_has_its_description() -> None:
    drawn = BytesIO()
    Image.new("RGB", (8, 8)).save(drawn, "PNG")
    logo = Logo(drawn.getvalue(), "png", "Stemma con la torre")
    made = paper("Ada", letterhead=Letterhead("Rete", "Una frase.", "rete@lucca.example", logo))
    assert "Figure" in tags(made)
    assert all(said in words(made) for said in ("Rete", "Una frase.", "rete@lucca.example"))


def test_a_picture_that_is_none_is_refused_in_a_sentence() -> None:
    with pytest.raises(NotPrintable):
        paper("Ada", letterhead=Letterhead(logo=Logo(b"no picture", "png", "Stemma")))


def test_too_much_is_refused_before_it_is_set_and_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "PDF_BYTES", 100)
    with pytest.raises(PaperTooLarge):
        paper("Ada")
    monkeypatch.setattr(printing, "DATA_BYTES", 100)
    with pytest.raises(PaperTooLarge):
        paper("x" * 200)


def test_a_paper_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printing, "WALL_SECONDS", 0.001)
    with pytest.raises(PaperTookTooLong):
        paper("Ada")


def test_a_child_that_is_killed_is_a_paper_that_took_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    killed = subprocess.CompletedProcess[bytes]([], -9, b"", b"")
    monkeypatch.setattr(subprocess, "run", lambda *_args, **_told: killed)
    with pytest.raises(PaperTookTooLong):
        paper("Ada")


def test_a_paper_that_was_made_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    data: dict[str, Any] = {"parts": []}
    told: dict[str, Any] = {"title": "Tenuta", "language": "it", "on": DAY}
    made = kept_pdf("registry/organisation", data, **told)
    monkeypatch.setattr(printing, "_set_in_child", lambda _asked: b"again")
    assert kept_pdf("registry/organisation", data, **told) == made
    assert kept_pdf("registry/organisation", data, **told | {"title": "Altra"}) == b"again"


def test_no_template_reads_a_file_or_takes_data_for_source() -> None:
    sources = Path(printing.PACKAGE).glob("*/typst/*.typ")
    told = {path.name: path.read_text(encoding="utf-8") for path in sources}
    assert {"house.typ", "organisation.typ", "register.typ"} <= set(told)
    forbidden = ("eval(", "read(", "@preview", "plugin(", "csv(", "yaml(", "toml(", "xml(")
    assert not [(name, word) for name, text in told.items() for word in forbidden if word in text]
