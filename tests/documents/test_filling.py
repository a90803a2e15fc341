"""Templates filled: what is put in, what is repeated, and what a hostile template or value reaches: nothing."""

import io
import zipfile
from collections.abc import Callable

import docx
import pytest

from tavolo.documents.errors import (
    FieldsNotFitting,
    FileRefused,
    ListsWithinLists,
    UnknownFields,
)
from tavolo.documents.filling import fields_of, fill, parent
from tavolo.documents.filling.__main__ import answer
from tavolo.documents.filling.formats import DOCX
from tavolo.documents.filling.told import REPEATED, Named
from tavolo.documents.filling.writing import Part, TooMuch, TwoLists
from tavolo.documents.intake.refused import (
    DECLARES_ENTITIES,
    EMPTY,
    HAS_MACROS,
    LOADS_FROM_OUTSIDE,
    STOPPED,
    SWELLS,
    TOO_LARGE,
    UNKNOWN,
)
from tests.documents.letters import a_docx, an_odt, docx_says, odt_says, with_parts

PEOPLE = [{"nome": "Ada", "ruolo": "presidente"}, {"nome": "Bea", "ruolo": "tesoriera"}]
TOLD = {"rete": "Rete di Lucca", "referenti": PEOPLE}
WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def reason(template: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        fill(template, {})
    return refused.value.message


def test_words_stand_where_their_field_stood_and_rows_are_repeated_in_a_docx() -> None:
    template = a_docx(
        "Alla {{ rete }}, {{rete}}",
        "{{ referenti.nome }} di {{ rete }}",
        row=("{{ referenti.nome }}", "{{ referenti.ruolo }}"),
        header="{{ rete }}",
    )
    filled = fill(template, TOLD)
    assert filled.ending == "docx"
    assert docx_says(filled.content) == (
        ["Alla Rete di Lucca, Rete di Lucca", "Ada di Rete di Lucca", "Bea di Rete di Lucca"],
        [["Ada", "presidente"], ["Bea", "tesoriera"]],
        "Rete di Lucca",
    )


def test_words_stand_where_their_field_stood_and_rows_are_repeated_in_an_odt() -> None:
    template = an_odt(
        "Alla {{ rete }}",
        row=("{{ referenti.nome }}", "{{ referenti.ruolo }}"),
        entry="{{ referenti.nome }}",
    )
    filled = fill(template, TOLD)
    assert (filled.ending, filled.media_type) == ("odt", "application/vnd.oasis.opendocument.text")
    assert odt_says(filled.content) == [
        "Alla Rete di Lucca",
        *("Ada", "presidente", "Bea", "tesoriera"),
        *("Ada", "Bea"),
    ]


def test_a_field_that_is_written_in_several_styles_is_one_field() -> None:
    made = docx.Document()
    line = made.add_paragraph("Alla {")
    line.add_run("{ re").bold = True
    line.add_run("te }").italic = True
    line.add_run("}.")
    out = io.BytesIO()
    made.save(out)
    assert docx_says(fill(out.getvalue(), TOLD).content)[0] == ["Alla Rete di Lucca."]


HOSTILE_VALUE = "</w:t></text:p><b>&amp; {{ segreto }} {% for x in y %} \x00\ud800\u202e\nseconda"
SHOWN = "</w:t></text:p><b>&amp; {{ segreto }} {% for x in y %} \nseconda"


@pytest.mark.parametrize("make", [a_docx, an_odt])
def test_a_value_is_text_whatever_it_looks_like(make: Callable[..., bytes]) -> None:
    template = make("{{ valore }}", "{{ lista.valore }}")
    told = {"valore": HOSTILE_VALUE, "segreto": "SEGRETO", "lista": [{"valore": HOSTILE_VALUE}]}
    content = fill(template, told).content
    says = docx_says(content)[0] if make is a_docx else odt_says(content)
    assert says == [SHOWN, SHOWN]


@pytest.mark.parametrize(
    "line",
    [
        "{{ rete.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ rete|attr('x') }}",
        "{{ 7*7 }}",
        "{{ range(1000000000) }}",
        "{{ config }}",
        "{{}}",
    ],
)
def test_an_expression_is_no_field_and_is_not_worked_out(line: str) -> None:
    with pytest.raises(UnknownFields) as refused:
        fill(a_docx(f"Prima {line} dopo"), TOLD)
    assert [each.where for each in refused.value.named] == [f"Prima {line} dopo"]


def test_commands_of_template_engines_are_named_and_not_carried_out() -> None:
    with pytest.raises(UnknownFields) as refused:
        fill(an_odt("{% include '/etc/passwd' %}", "{# nota #}"), TOLD)
    assert [each.field[:2] for each in refused.value.named] == ["{%", "{#"]


def test_unknown_fields_are_named_with_where_they_stand() -> None:
    template = a_docx("Gentile {{ presidnte }},", "{{ referenti.telefono }}", header="{{ rete }}")
    with pytest.raises(UnknownFields) as refused:
        fill(template, TOLD)
    assert refused.value.named == (
        Named("presidnte", "Gentile {{ presidnte }},"),
        Named("referenti.telefono", "{{ referenti.telefono }}"),
    )
    assert "«presidnte» in «Gentile {{ presidnte }},»" in str(refused.value)


def test_a_template_tells_its_fields() -> None:
    told = fields_of(an_odt("{{ rete }}", "{{ referenti.nome }}"))
    assert [each.field for each in told] == ["rete", "referenti.nome"]


def test_where_a_list_is_empty_its_row_goes_and_a_cell_keeps_its_paragraph() -> None:
    template = a_docx("{{ referenti.nome }}", "Saluti", row=("{{ referenti.nome }}",))
    says = docx_says(fill(template, {"referenti": []}).content)
    assert says[:2] == (["Saluti"], [])
    alone = Part(
        f"<w:body {WORD}><w:txbxContent><w:p><w:r><w:t>{{{{ a.b }}}}</w:t></w:r></w:p>"
        "</w:txbxContent></w:body>".encode(),
        DOCX,
    )
    alone.fill({"a": []})
    assert b"<w:p><w:r><w:t></w:t></w:r></w:p>" in alone.written().replace(
        b"<w:t/>", b"<w:t></w:t>"
    )


def test_copies_of_a_row_carry_no_mark_of_which_there_may_be_one() -> None:
    space = 'xmlns:x="urn:x"'
    part = Part(
        f'<w:body {WORD} {space}><w:p x:paraId="1"><w:r><w:t>{{{{ a.b }}}}</w:t></w:r></w:p>'
        "</w:body>".encode(),
        DOCX,
    )
    part.fill({"a": [{"b": "1"}, {"b": "2"}]})
    assert part.written().count(b"paraId") == 0


def test_two_lists_in_one_row_are_refused_with_the_row() -> None:
    template = a_docx(row=("{{ referenti.nome }}", "{{ altri.nome }}"))
    with pytest.raises(ListsWithinLists):
        fill(template, {"referenti": PEOPLE, "altri": PEOPLE})
    nested = Part(
        f"<w:tbl {WORD}><w:tr><w:p><w:r><w:t>{{{{ a.b }}}}</w:t></w:r></w:p><w:tbl><w:tr><w:p><w:r>"
        "<w:t>{{ c.d }}</w:t></w:r></w:p></w:tr></w:tbl></w:tr></w:tbl>".encode(),
        DOCX,
    )
    with pytest.raises(TwoLists, match=r"c\.d"):
        nested.fill({"a": [], "c": []})


def test_macros_and_what_loads_from_outside_are_refused() -> None:
    plain = a_docx("{{ rete }}")
    relations = zipfile.ZipFile(io.BytesIO(plain)).read("word/_rels/document.xml.rels")
    image = b'<Relationship Id="rX" TargetMode="External" Target="http://x.example/a.png" Type="x/image"/>'
    outside = relations.replace(b"</Relationships>", image + b"</Relationships>")
    assert reason(with_parts(plain, {"word/vbaProject.bin": b"x"})) == HAS_MACROS
    assert (
        reason(with_parts(plain, {"word/_rels/document.xml.rels": outside})) == LOADS_FROM_OUTSIDE
    )
    assert reason(with_parts(an_odt("x"), {"Basic/Standard/a.xml": b"<a/>"})) == HAS_MACROS


def test_bombs_and_entities_are_refused_unopened() -> None:
    plain = a_docx("{{ rete }}")
    bomb = with_parts(plain, {"word/media/a.xml": b"<a>" + b" " * 40_000_000 + b"</a>"})
    entities = b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'
    assert reason(bomb) == SWELLS
    assert reason(with_parts(plain, {"word/document.xml": entities})) == DECLARES_ENTITIES


def test_what_is_no_template_is_refused_in_a_sentence() -> None:
    assert reason(b"") == EMPTY
    assert reason(b"%PDF-1.7") == UNKNOWN
    assert reason(b"x" * (parent.TEMPLATE_BYTES + 1)) == TOO_LARGE
    sheet = an_odt("x").replace(b"opendocument.text", b"opendocument.spre")
    assert reason(sheet)


def test_too_much_is_refused_before_it_is_filled_and_while(monkeypatch: pytest.MonkeyPatch) -> None:
    template = a_docx("{{ referenti.nome }}")
    with pytest.raises(FieldsNotFitting):
        fill(template, {"referenti": PEOPLE * 1000})
    many = Part(
        f"<w:body {WORD}>{'<w:p><w:r><w:t>{{ a.b }}</w:t></w:r></w:p>' * 6}</w:body>".encode(), DOCX
    )
    with pytest.raises(TooMuch):
        many.fill({"a": [{"b": "x"}] * (REPEATED // 5)})
    monkeypatch.setattr(parent, "FILLED_BYTES", 10)
    with pytest.raises(FieldsNotFitting):
        fill(template, TOLD)


def test_a_child_that_breaks_off_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parent, "WALL_SECONDS", 0.001)
    assert reason(a_docx("x")) == STOPPED


def test_the_child_says_what_stopped_it(monkeypatch: pytest.MonkeyPatch) -> None:
    module = "tavolo.documents.filling.__main__._answer"
    for fault, said in (
        (TooMuch(), {"too_much": True}),
        (MemoryError(), {"stopped": "memory"}),
        (ValueError(), {"stopped": "ValueError"}),
    ):

        def breaks(*_args: object, fault: BaseException = fault) -> None:
            raise fault

        monkeypatch.setattr(module, breaks)
        assert answer(b"", None) == (said, b"")
    monkeypatch.setattr(parent, "_told", lambda *_args: ({"too_much": True}, b""))
    with pytest.raises(FieldsNotFitting):
        fill(b"x", {})
