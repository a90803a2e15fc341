"""The screens of the import engine, from the upload of a file to its undoing."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tavolo.imports import actions
from tavolo.imports.models import Batch
from tavolo.imports.reading import limits
from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR, actor_of
from tavolo.kernel.models import Blob, FormKey, NetworkSetting
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley
from tests.desk.imports import (
    HERE,
    KIND,
    done,
    hidden,
    send,
    shown,
    there,
    upload,
    uploaded,
    where,
    work,
)
from tests.factories.counting import ENOUGH, queries_of
from tests.factories.people import sign_in
from tests.factories.registry import a_network_with_secretary
from tests.imports.toy import csv_of, registered

GOOD = csv_of(("a", 1, ""), ("b", 2, ""))
# Of the installation itself.
KEYS = {"blobs.lock", "second_factor"}
WRONG = csv_of(("a", 1, ""), ("b", "due", ""), ("c", 13, ""), ("", 4, ""))


@pytest.fixture(autouse=True)
def toy(settings: Any, tmp_path: Any) -> Iterator[Any]:
    settings.TAVOLO_HOME = tmp_path
    with registered() as kind:
        yield kind


def text_of(page: str) -> str:
    """The words of the page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def test_a_file_is_uploaded_checked_imported_and_undone(
    as_secretary: Client, valley: Valley
) -> None:
    answer = upload(as_secretary, GOOD)
    batch = Batch.objects.get()
    assert answer["Location"] == where(batch)
    assert as_secretary.get(where(batch))["Refresh"] == f"1; url={where(batch)}"
    work()
    assert "Refresh" not in as_secretary.get(where(batch))
    assert there(valley) == {}
    assert done(as_secretary, batch, "conferma/").state == "applied"
    assert there(valley) == {"a": 1, "b": 2}
    assert done(as_secretary, batch, "annulla/").state == "undone"
    assert there(valley) == {}
    assert done(as_secretary, batch, "").state == "checked"
    assert done(as_secretary, batch, "conferma/").state == "applied"


def test_the_button_of_a_file_without_faults_imports_at_once(
    as_secretary: Client, valley: Valley
) -> None:
    batch = uploaded(as_secretary, GOOD)
    page = shown(as_secretary, batch)
    assert page.count("btn btn-primary") == 1
    told = hidden(page)
    assert f'action="{where(batch, "conferma/")}"' in page
    as_secretary.post(where(batch, "conferma/"), told)
    work()
    assert there(valley) == {"a": 1, "b": 2}


class TestUpload:
    def test_the_page_says_columns_and_limits(self, as_secretary: Client) -> None:
        said = text_of(as_secretary.get(KIND).content.decode())
        assert "al massimo 40 MB e 50.000 righe" in said
        assert "Source of the value" in said

    @pytest.mark.parametrize(
        ("told", "sentence"),
        [
            ({}, "Scegli il file dal tuo computer."),
            ({"file": io.BytesIO(b"")}, "Il file è vuoto."),
            ({"file": "solo testo"}, "Scegli il file dal tuo computer."),
        ],
    )
    def test_without_a_file_the_form_keeps_the_rest(
        self, as_secretary: Client, told: dict[str, Any], sentence: str
    ) -> None:
        told = {"form_key": str(uuid4()), "option-note": "da un atto", **told}
        page = as_secretary.post(KIND, told).content.decode()
        assert sentence in page
        assert 'value="da un atto"' in page
        assert not Batch.objects.exists()

    def test_a_file_beyond_the_limit_is_kept_nowhere(
        self, as_secretary: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
    ) -> None:
        monkeypatch.setattr("tavolo.desk.web.imports.lists.FILE_BYTES", 3 * limits.MEGABYTE)
        large = b"a" * (3 * limits.MEGABYTE + 1)
        answer = upload(as_secretary, large, **{"option-note": "da un atto"})
        page = answer.content.decode()
        assert "Questo file supera 3 MB. Dividilo in più file." in page
        assert 'value="da un atto"' in page
        assert not Blob.objects.exists()
        assert {path.name for path in tmp_path.rglob("*") if path.is_file()} <= KEYS

    def test_a_wrong_answer_for_the_whole_file_is_said_beside_it(
        self, as_secretary: Client
    ) -> None:
        page = upload(as_secretary, GOOD, **{"option-note": "x" * 61}).content.decode()
        assert 'id="id_option-note-error"' in page
        assert not Batch.objects.exists()

    def test_sent_twice_it_is_one_import(self, as_secretary: Client) -> None:
        told = {"form_key": str(uuid4())}
        first, second = (upload(as_secretary, GOOD, **told) for _time in range(2))
        assert first["Location"] == second["Location"]
        assert (Batch.objects.count(), DBTaskResult.objects.count()) == (1, 1)

    def test_the_form_key_of_somebody_else_is_refused(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        told = {"form_key": str(uuid4())}
        FormKey.objects.create(key=told["form_key"], result="/", created_at=clock.now())
        assert upload(as_secretary, GOOD, **told).status_code == 200
        assert not Batch.objects.exists()

    @pytest.mark.parametrize(
        ("name", "kept"),
        [
            ("../../etc/passwd.csv", "passwd.csv"),
            ("..\\..\\dati.csv", "dati.csv"),
            ("<img src=x onerror=alert(1)>.csv", "<img src=x onerror=alert(1)>.csv"),
            ("a" * 300 + ".csv", "a" * 251 + ".csv"),
            (
                "comune \N{RIGHT-TO-LEFT OVERRIDE}vsc.exe",
                "comune vsc.exe",
            ),
        ],
    )
    def test_a_name_is_shown_and_leads_nowhere(
        self, as_secretary: Client, tmp_path: Any, name: str, kept: str
    ) -> None:
        batch = uploaded(as_secretary, GOOD, name)
        assert batch.file_name == kept
        page = shown(as_secretary, batch)
        assert "<img" not in page
        files = {path.name for path in tmp_path.rglob("*") if path.is_file()}
        assert files - KEYS == {batch.blob.digest}


class TestRefused:
    def test_the_reason_and_what_to_do(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, b"PK\x03\x04 nothing", "rotto.xlsx")
        page = shown(as_secretary, batch)
        assert 'role="alert"' in page
        assert "rotto.xlsx" in text_of(page)
        assert f'href="{KIND}"' in page


class TestColumns:
    def test_unknown_headings_are_matched_by_hand_and_remembered(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        headings = ("Sigla", "Quanto", "Nota")
        batch = uploaded(as_secretary, csv_of(("a", 1, "x"), headings=headings))
        page = shown(as_secretary, batch)
        assert "A · Sigla (a)" in page
        told = {"column-key": "0", "column-value": "1", "column-source": ""}
        answer = as_secretary.post(where(batch, "colonne/"), {**hidden(page), **told})
        assert answer["Location"] == where(batch)
        batch.refresh_from_db()
        assert (batch.state, batch.columns) == ("checked", {"key": 0, "value": 1})
        again = uploaded(as_secretary, csv_of(("b", 2, "x"), headings=headings))
        assert again.state == "checked"

    def test_a_proposal_is_marked_as_one(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, csv_of(("a", 1), headings=("Keys", "Values")))
        page = shown(as_secretary, batch)
        assert page.count("È una proposta") == 2
        assert '<option value="0" selected>' in page

    @pytest.mark.parametrize(
        ("told", "field"),
        [
            ({"column-key": "", "column-value": "1"}, "column-key"),
            ({"column-key": "0", "column-value": "0"}, "column-value"),
            ({"column-key": "9", "column-value": "1"}, "column-key"),
            ({"column-key": "0", "column-value": "1", "option-note": "x" * 61}, "option-note"),
        ],
    )
    def test_a_wrong_choice_is_said_and_kept(
        self, as_secretary: Client, told: dict[str, str], field: str
    ) -> None:
        batch = uploaded(as_secretary, csv_of(("a", 1), headings=("Sigla", "Quanto")))
        page = send(as_secretary, batch, "colonne/", **told).content.decode()
        assert f'id="id_{field}-error"' in page
        batch.refresh_from_db()
        assert batch.state == "read"

    def test_columns_can_be_changed_after_the_check(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, csv_of(("a", 1, "x"), headings=("Key", "Value", "Fonte")))
        told = {"column-key": "2", "column-value": "1", "column-source": "0"}
        assert done(as_secretary, batch, "colonne/", **told).columns["key"] == 2

    def test_another_sheet_can_be_taken(self, as_secretary: Client, valley: Valley) -> None:
        book = openpyxl.Workbook()
        for name, key in (("Uno", "a"), ("Due", "b")):
            sheet = book.create_sheet(name)
            sheet.append(("Key", "Value"))
            sheet.append((key, 1))
        del book["Sheet"]
        stream = io.BytesIO()
        book.save(stream)
        batch = uploaded(as_secretary, stream.getvalue(), "fogli.xlsx")
        assert (batch.sheet, batch.sheets) == ("Uno", ["Uno", "Due"])
        assert where(batch, "foglio/") in shown(as_secretary, batch, "colonne/")
        done(as_secretary, batch, "foglio/", sheet="Due")
        done(as_secretary, batch, "conferma/")
        assert there(valley) == {"b": 1}

    def test_a_file_without_sheets_has_none_to_choose(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, GOOD)
        assert "Il file ha un solo foglio" in shown(as_secretary, batch, "foglio/")


class TestChecked:
    def test_outcomes_are_views_with_counts(self, as_secretary: Client, valley: Valley) -> None:
        for key, value in (("a", 1), ("b", 5)):
            NetworkSetting.objects.create(network=valley.network, key=key, value=value)
        rows = (("a", 1, ""), ("b", 2, ""), ("c", 3, "atto"), ("d", 13, ""))
        batch = uploaded(as_secretary, csv_of(*rows))
        views = {word: text_of(shown(as_secretary, batch, f"?esito={word}")) for word in WORDS}
        assert "Con errori 1 Nuove 1 Modificate 1 Invariate 1" in views["errori"]
        assert "Riga 5 Value 13 Thirteen is unlucky." in views["errori"]
        assert "Riga 4 c Value: 3; Source of the value: atto" in views["nuove"]
        assert "Riga 3 b Value: 5 → 2" in views["cambiate"]
        assert "Riga 2 Key: a · Value: 1" in views["invariate"]
        assert "Riga 5" in views["altro"]

    def test_faults_come_first_and_have_the_one_filled_button(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        page = shown(as_secretary, batch)
        assert page.count("btn btn-primary") == 1
        assert "Correggi 3 righe" in page
        assert "Importa la riga senza errori" in page

    def test_a_file_that_says_nothing_new_says_so(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        NetworkSetting.objects.create(network=valley.network, key="a", value=1)
        batch = uploaded(as_secretary, csv_of(("a", 1, "")))
        page = shown(as_secretary, batch)
        assert "non c’è nulla da importare" in page
        assert "Importa tutto" not in page
        assert as_secretary.get(where(batch, "conferma/"))["Location"] == where(batch)

    def test_scripts_in_cells_are_text(self, as_secretary: Client, valley: Valley) -> None:
        script = "<script>alert(1)</script>"
        rows = ((f"{script}a", 1, script), ("b", script, ""), (script, script, script))
        batch = uploaded(as_secretary, csv_of(*rows), f"{script}.csv")
        pages = [shown(as_secretary, batch, page) for page in ("", "correggi/", "?esito=nuove")]
        done(as_secretary, batch, "conferma/")
        pages += [shown(as_secretary, batch, page) for page in ("", "annulla/")]
        pages.append(as_secretary.get(HERE).content.decode())
        assert [page.count(script) for page in pages] == [0] * 6
        assert there(valley) == {f"{script}a": 1}

    def test_rows_come_in_pages(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, csv_of(*((f"k{n:03}", n + 20, "") for n in range(120))))
        page = shown(as_secretary, batch)
        assert "50 di 120" in page
        following = re.findall(r'rel="next" href="([^"]+)"', page)[0]
        assert "Riga 52 " in text_of(shown(as_secretary, batch, following))


WORDS = ("errori", "nuove", "cambiate", "invariate", "altro")


class TestMending:
    def test_wrong_cells_are_mended_on_the_page(self, as_secretary: Client, valley: Valley) -> None:
        batch = uploaded(as_secretary, WRONG)
        page = shown(as_secretary, batch, "correggi/")
        wrong = re.findall(r'name="(cell-[^"]+)"[^>]*aria-invalid', page)
        assert wrong == ["cell-3-1", "cell-4-1", "cell-5-0"]
        assert page.count("autofocus") == 1
        assert page.count('aria-invalid="true"') == 3
        described = re.findall(r'aria-describedby="(id_cell-3-1-error)"', page)
        assert described == ["id_cell-3-1-error"]
        assert 'value="due"' in page
        told = {"cell-3-1": "2", "cell-4-1": "13", "cell-5-0": "d"}
        batch = done(as_secretary, batch, "correggi/", **told)
        assert batch.counts == {"create": 3, "fault": 1}
        done(as_secretary, batch, "conferma/")
        assert there(valley) == {"a": 1, "b": 2, "d": 4}

    def test_what_is_still_wrong_stays_as_it_was_typed(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        done(as_secretary, batch, "correggi/", **{"cell-3-1": "ancora due"})
        assert 'value="ancora due"' in shown(as_secretary, batch, "correggi/")

    def test_a_fault_of_the_whole_row_opens_all_its_cells(
        self, as_secretary: Client, toy: Any
    ) -> None:
        batch = uploaded(as_secretary, csv_of(("a", 1, ""), ("a", 1, "")))
        page = shown(as_secretary, batch, "correggi/")
        assert len(re.findall(r'name="(cell-3-\d)"', page)) == 3
        assert page.count('aria-describedby="row-3-error"') == 4
        batch = done(as_secretary, batch, "correggi/", **{"cell-3-0": "b"})
        assert batch.counts == {"create": 2}

    def test_cells_of_good_rows_are_not_touched(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        told = {"cell-2-1": "99", "cell-3-77": "z", "cell-999999-0": "z", "cell--1-0": "z"}
        done(as_secretary, batch, "correggi/", **told)
        assert [row.cells for row in batch.rows.order_by("number")][:2] == [
            ["a", "1", ""],
            ["b", "due", ""],
        ]

    def test_a_fault_seen_in_one_cell_can_be_mended_in_another(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        batch = uploaded(as_secretary, csv_of(("a", 1, ""), ("b", 13, "")))
        page = shown(as_secretary, batch, "correggi/")
        assert 'name="cell-3-0"' in page[page.index("<details") :]
        done(as_secretary, batch, "correggi/", **{"cell-3-1": "3", "cell-3-0": "z"})
        done(as_secretary, batch, "conferma/")
        assert there(valley) == {"a": 1, "z": 3}

    def test_a_text_that_is_too_long_stays_in_the_form(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        typed = "9" * (limits.CELL_CHARACTERS + 1)
        page = send(as_secretary, batch, "correggi/", **{"cell-3-1": typed}).content.decode()
        assert typed in page
        assert page.index("tv-errors") < page.index("cell-3-1")

    def test_sent_twice_it_is_mended_once(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        told = {**hidden(shown(as_secretary, batch, "correggi/")), "cell-3-1": "2"}
        answers = [as_secretary.post(where(batch, "correggi/"), told) for _time in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        batch.refresh_from_db()
        assert batch.counts == {"create": 2, "fault": 2}

    def test_words_are_chosen_from_a_list_that_keeps_the_wrong_one(
        self, as_secretary: Client, toy: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from dataclasses import replace

        key, value, source = toy.fields
        chosen = replace(value, choices=(("1", "uno"), ("2", "due")))
        monkeypatch.setattr(toy, "fields", (key, chosen, source), raising=False)
        batch = uploaded(as_secretary, WRONG)
        page = shown(as_secretary, batch, "correggi/")
        assert '<option value="due" selected>due</option>' in page
        assert done(as_secretary, batch, "correggi/", **{"cell-3-1": "2"}).counts["fault"] == 2

    def test_many_rows_are_mended_page_by_page(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, csv_of(*((f"k{n}", "x", "") for n in range(45))))
        page = shown(as_secretary, batch, "correggi/")
        assert "20 di 45" in page
        following = re.findall(r'rel="next" href="([^"]+)"', page)[0]
        page = shown(as_secretary, batch, f"correggi/{following}")
        assert 'name="cell-22-1"' in page
        told = {**hidden(page), "cell-22-1": "1"}
        as_secretary.post(where(batch, f"correggi/{following}"), told)
        batch.refresh_from_db()
        assert batch.counts == {"create": 1, "fault": 44}

    def test_without_faults_there_is_nothing_to_mend(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, GOOD)
        assert "Nessuna riga ha errori" in shown(as_secretary, batch, "correggi/")


class TestDeciding:
    def batch(self, client: Client, valley: Valley) -> Batch:
        NetworkSetting.objects.create(network=valley.network, key="a", value=7)
        return uploaded(client, csv_of(("a", 8, "atto"), ("b", 1, "")))

    def test_both_stand_side_by_side(self, as_secretary: Client, valley: Valley) -> None:
        batch = self.batch(as_secretary, valley)
        assert batch.counts == {"create": 1, "likely": 1}
        assert "Decidi su 1 riga" in shown(as_secretary, batch)
        said = text_of(shown(as_secretary, batch, "decidi/"))
        assert "Value 8 7" in said
        assert "È «a» È nuova" in said

    def test_the_same_is_changed(self, as_secretary: Client, valley: Valley) -> None:
        batch = self.batch(as_secretary, valley)
        batch = done(as_secretary, batch, "decidi/", **{"row-2": "a"})
        assert batch.counts == {"create": 1, "change": 1}
        done(as_secretary, batch, "conferma/")
        assert there(valley) == {"a": 8, "b": 1}

    @pytest.mark.parametrize("told", [{}, {"row-2": ""}, {"row-2": "altro"}])
    def test_nothing_decided_is_said(
        self, as_secretary: Client, valley: Valley, told: dict[str, str]
    ) -> None:
        batch = self.batch(as_secretary, valley)
        page = send(as_secretary, batch, "decidi/", **told).content.decode()
        assert 'role="alert"' in page
        batch.refresh_from_db()
        assert batch.counts["likely"] == 1

    def test_what_is_not_decided_stays_out(self, as_secretary: Client, valley: Valley) -> None:
        batch = self.batch(as_secretary, valley)
        assert "su cui nessuno ha ancora deciso" in shown(as_secretary, batch, "conferma/")
        done(as_secretary, batch, "conferma/")
        assert there(valley) == {"a": 7, "b": 1}

    def test_with_nothing_to_decide_the_page_says_so(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, GOOD)
        assert "Non c’è nulla da decidere" in shown(as_secretary, batch, "decidi/")


class TestImporting:
    def test_what_stays_out_is_said_first(self, as_secretary: Client, valley: Valley) -> None:
        batch = uploaded(as_secretary, WRONG)
        said = text_of(shown(as_secretary, batch, "conferma/"))
        assert "Restano fuori 3 righe con errori: 3, 4, 5." in said
        done(as_secretary, batch, "conferma/")
        assert there(valley) == {"a": 1}
        assert "riga importata 1 nuova 1" in text_of(shown(as_secretary, batch))

    def test_a_long_list_of_rows_is_cut(self, as_secretary: Client) -> None:
        rows = [("a", 1, ""), *((f"k{n}", "x", "") for n in range(30))]
        batch = uploaded(as_secretary, csv_of(*rows))
        said = text_of(shown(as_secretary, batch, "conferma/"))
        assert "30 righe con errori: 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14…" in said

    def test_what_came_in_between_is_told_and_nothing_is_written(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        batch = uploaded(as_secretary, GOOD)
        NetworkSetting.objects.create(network=valley.network, key="a", value=5)
        batch = done(as_secretary, batch, "conferma/")
        assert batch.state == "checked"
        assert there(valley) == {"a": 5}
        page = shown(as_secretary, batch)
        assert 'role="alert"' in page
        assert "1 nuova, 1 modificata" in page

    def test_where_it_can_be_seen(
        self, as_secretary: Client, toy: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Shown(type(toy)):  # type: ignore[misc]
            def pages(self, _subjects: object, _on: object) -> list[tuple[str, str]]:
                return [("Il distretto", "/x/")]

        # A class of its own: what an instance can do is asked of its class once, and remembered.
        monkeypatch.setattr(toy, "__class__", Shown)
        batch = uploaded(as_secretary, GOOD)
        done(as_secretary, batch, "conferma/")
        assert '<a href="/x/">Il distretto</a>' in shown(as_secretary, batch)


class TestUndoing:
    def test_what_changed_since_is_listed_and_the_rest_undone(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        batch = uploaded(as_secretary, csv_of(("a", 1, ""), ("b", 2, ""), ("c", 3, "")))
        done(as_secretary, batch, "conferma/")
        NetworkSetting.objects.filter(key="a").update(value=99)
        NetworkSetting.objects.filter(key="c").delete()
        page = shown(as_secretary, batch, "annulla/")
        said = text_of(page)
        assert "Riga 2 a Value: 1 Value: 99" in said
        assert "non c’è più" in said
        assert "Annulla il resto" in said
        batch = done(as_secretary, batch, "annulla/")
        assert batch.state == "undone"
        assert there(valley) == {"a": 99}
        assert "Riga 2 a" in text_of(shown(as_secretary, batch))

    def test_what_changes_after_the_question_stops_it(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        batch = uploaded(as_secretary, GOOD)
        done(as_secretary, batch, "conferma/")
        told = hidden(shown(as_secretary, batch, "annulla/"))
        NetworkSetting.objects.filter(key="a").update(value=99)
        as_secretary.post(where(batch, "annulla/"), told)
        work()
        batch.refresh_from_db()
        assert batch.state == "applied"
        assert there(valley) == {"a": 99, "b": 2}
        assert 'role="alert"' in shown(as_secretary, batch)

    def test_what_is_checked_is_not_read_again_by_a_stray_form(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        done(as_secretary, batch, "correggi/", **{"cell-3-1": "2"})
        told = {"form_key": str(uuid4()), "version": batch.version}
        assert as_secretary.post(where(batch), told)["Location"] == where(batch)
        assert not DBTaskResult.objects.filter(status="READY").exists()

    def test_what_was_not_imported_cannot_be_undone(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, GOOD)
        for answer in (
            as_secretary.get(where(batch, "annulla/")),
            as_secretary.post(where(batch, "annulla/"), {"form_key": str(uuid4()), "version": 1}),
        ):
            assert answer["Location"] == where(batch)


class TestAside:
    def test_a_file_is_put_aside(self, as_secretary: Client, valley: Valley) -> None:
        batch = uploaded(as_secretary, GOOD)
        batch = done(as_secretary, batch, "metti-da-parte/")
        assert batch.state == "dropped"
        assert "non è stato importato nulla" in shown(as_secretary, batch)
        for page in ("conferma/", "correggi/", "decidi/", "colonne/", "metti-da-parte/"):
            assert as_secretary.get(where(batch, page))["Location"] == where(batch)


class TestUnderWay:
    def test_progress_is_a_number_and_can_be_left_standing(
        self, as_secretary: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from tavolo.imports import progress

        upload(as_secretary, GOOD)
        batch = Batch.objects.get()
        with progress.telling(batch.uid, phases=1) as teller:
            teller(42, 100)
            answer = as_secretary.get(where(batch))
            assert answer["Refresh"] == f"3; url={where(batch)}"
            assert '<progress max="100" value="42"' in answer.content.decode()
            still = as_secretary.get(where(batch, "?fermo=1"))
        assert "Refresh" not in still

    def test_what_does_not_begin_is_said(self, as_secretary: Client) -> None:
        upload(as_secretary, GOOD)
        batch = Batch.objects.get()
        assert "Comincia tra un momento" in shown(as_secretary, batch)
        Batch.objects.update(moved_at=clock.now() - timedelta(minutes=2))
        assert "Non è ancora cominciato" in shown(as_secretary, batch)

    @pytest.mark.parametrize(
        "page", ["conferma/", "correggi/", "decidi/", "colonne/", "foglio/", "metti-da-parte/"]
    )
    def test_meanwhile_nothing_else_can_be_begun(self, as_secretary: Client, page: str) -> None:
        batch = uploaded(as_secretary, GOOD)
        send(as_secretary, batch, "conferma/")
        assert as_secretary.get(where(batch, page))["Location"] == where(batch)

    def test_what_was_lost_with_its_worker_is_begun_again(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        upload(as_secretary, GOOD)
        batch = Batch.objects.get()
        DBTaskResult.objects.all().delete()
        page = shown(as_secretary, batch)
        assert "la lettura si è fermata" in page
        assert done(as_secretary, batch, "").state == "checked"

    def test_a_fault_of_the_program_is_said(
        self, as_secretary: Client, toy: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(type(toy), "plan", lambda *_rows: 1 / 0)
        batch = uploaded(as_secretary, GOOD)
        assert 'role="alert"' in shown(as_secretary, batch)


class TestTwoPeople:
    def other(self, valley: Valley) -> Any:
        return actor_of(valley.secretary.person.uid, on=clock.today())

    @pytest.mark.parametrize("page", ["conferma/", "correggi/", "colonne/", "metti-da-parte/"])
    def test_who_comes_second_is_told_where_it_stands(
        self, as_secretary: Client, valley: Valley, page: str
    ) -> None:
        batch = uploaded(as_secretary, WRONG)
        told = {**hidden(shown(as_secretary, batch, page)), "cell-3-1": "5"}
        told |= {"column-key": "0", "column-value": "1", "column-source": "2"}
        actions.mend_rows(batch=batch, cells={4: {1: "1"}}, by=self.other(valley))
        answer = as_secretary.post(where(batch, page), told)
        assert answer["Location"] == where(batch)
        said = text_of(as_secretary.get(where(batch)).content.decode())
        assert "un’altra persona" in said
        batch.refresh_from_db()
        assert batch.counts == {"create": 2, "fault": 2}

    def test_two_clicks_import_once(self, as_secretary: Client, valley: Valley) -> None:
        batch = uploaded(as_secretary, GOOD)
        first = hidden(shown(as_secretary, batch, "conferma/"))
        second = hidden(shown(as_secretary, batch, "conferma/"))
        for told in (first, first, second):
            assert as_secretary.post(where(batch, "conferma/"), told).status_code == 302
        work()
        assert there(valley) == {"a": 1, "b": 2}
        assert DBTaskResult.objects.count() == 2


class TestFiles:
    @pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
    def test_what_is_there_leaves_and_comes_back(
        self, as_secretary: Client, valley: Valley, ending: str
    ) -> None:
        NetworkSetting.objects.create(network=valley.network, key="a", value=1)
        answer = as_secretary.get(f"{KIND}elenco.{ending}")
        assert answer["Content-Disposition"].endswith(f'"valori-di-prova-valle.{ending}"')
        content = b"".join(answer.streaming_content)
        assert uploaded(as_secretary, content, f"giro.{ending}").counts["same"] == 1

    @pytest.mark.parametrize("ending", ["xlsx", "ods", "csv"])
    def test_a_template_has_the_headings(self, as_secretary: Client, ending: str) -> None:
        content = b"".join(as_secretary.get(f"{KIND}modello.{ending}").streaming_content)
        batch = uploaded(as_secretary, content, f"modello.{ending}")
        assert batch.state == "refused", "there is no example to read in it"

    def test_rows_with_faults_leave_with_their_fault(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        answer = as_secretary.get(where(batch, "righe-con-errori.csv"))
        lines = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
        rows = list(csv.reader(lines, delimiter=";"))
        assert rows[0] == ["Key", "Value", "Source", "Che cosa non va"]
        assert rows[2] == ["c", "13", "", "Value: Thirteen is unlucky."]
        assert len(rows) == 4

    def test_another_format_is_not_there(self, as_secretary: Client) -> None:
        batch = uploaded(as_secretary, WRONG)
        for path in (
            f"{KIND}modello.pdf",
            f"{KIND}elenco.exe",
            where(batch, "righe-con-errori.doc"),
        ):
            assert as_secretary.get(path).status_code == 404


PAGES = (
    "",
    "colonne/",
    "foglio/",
    "correggi/",
    "decidi/",
    "conferma/",
    "annulla/",
    "metti-da-parte/",
    "righe-con-errori.csv",
)


class TestAccess:
    def addresses(self, batch: Batch) -> list[str]:
        return [HERE, KIND, f"{KIND}modello.csv", f"{KIND}elenco.csv"] + [
            where(batch, page) for page in PAGES
        ]

    def test_for_member_and_stranger_nothing_is_there(
        self, as_secretary: Client, as_member: Client, as_stranger: Client
    ) -> None:
        batch = uploaded(as_secretary, WRONG)
        for client in (as_member, as_stranger):
            for path in self.addresses(batch):
                assert (client.get(path).status_code, client.post(path).status_code) in {
                    (404, 404),
                    (404, 405),
                }

    def test_a_secretary_of_another_network_finds_nothing(
        self, as_secretary: Client, valley: Valley
    ) -> None:
        batch = uploaded(as_secretary, WRONG)
        _network, account = a_network_with_secretary("altra")
        from tests.factories.people import with_second_factor

        other = sign_in(SameSiteClient(), with_second_factor(account))
        for path in self.addresses(batch):
            assert other.get(path).status_code == 404
            if "caricamenti" in path:
                # Nor under the address of her own network.
                assert other.get(path.replace("/valle/", "/altra/")).status_code == 404
        assert b"valori.csv" not in other.get(HERE.replace("valle", "altra")).content

    def test_who_is_not_signed_in_is_sent_to_sign_in(
        self, as_secretary: Client, client: Client
    ) -> None:
        batch = uploaded(as_secretary, WRONG)
        for path in self.addresses(batch):
            assert client.get(path)["Location"].startswith("/accesso/?next=")

    def test_imports_of_the_operator_are_of_no_network(self, as_secretary: Client) -> None:
        batch = actions.receive_file(
            kind="toy_values", name="a.csv", chunks=[GOOD], network=None, options={}, by=OPERATOR
        )
        assert as_secretary.get(where(batch)).status_code == 404

    def test_an_unknown_kind_is_not_there(self, as_secretary: Client) -> None:
        assert as_secretary.get(f"{HERE}altro/").status_code == 404


class TestList:
    def test_it_says_what_can_be_imported_and_that_nothing_was(self, as_secretary: Client) -> None:
        page = as_secretary.get(HERE).content.decode()
        assert "Toy values" in page
        assert "Nessuna importazione finora" in page

    def test_the_last_comes_first(self, as_secretary: Client) -> None:
        for name in ("uno.csv", "due.csv"):
            uploaded(as_secretary, GOOD, name)
        page = as_secretary.get(HERE).content.decode()
        assert page.index("due.csv") < page.index("uno.csv")
        assert "da Chiara Neri" in page

    def test_it_comes_in_pages(self, as_secretary: Client, valley: Valley) -> None:
        copies(uploaded(as_secretary, GOOD), 60)
        page = as_secretary.get(HERE).content.decode()
        assert "50 di 61" in page
        following = re.findall(r'rel="next" href="([^"]+)"', page)[0]
        assert "11 di 61" in as_secretary.get(f"{HERE}{following}").content.decode()


def copies(batch: Batch, number: int) -> None:
    Batch.objects.bulk_create(
        Batch(
            kind=batch.kind,
            network=batch.network,
            by=batch.by,
            file_name=f"{each}.csv",
            state="checked",
            received_at=batch.received_at,
            moved_at=batch.moved_at,
        )
        for each in range(number)
    )


@pytest.mark.parametrize("number", ENOUGH)
def test_every_page_asks_few_queries(as_secretary: Client, valley: Valley, number: int) -> None:
    for n in range(number):
        NetworkSetting.objects.create(network=valley.network, key=f"s{n}", value=7)
    rows = [(f"k{n}", n + 20, "") for n in range(number)]
    rows += [(f"f{n}", "x", "") for n in range(number)]
    rows += [(f"s{n}", 8, "") for n in range(number)]
    batch = uploaded(as_secretary, csv_of(*rows))
    copies(batch, number)
    pages = ("", "?esito=dubbi", "?esito=nuove", "correggi/", "decidi/", "conferma/", "colonne/")
    asked = {page: queries_of(as_secretary, where(batch, page)) for page in pages}
    asked["list"] = queries_of(as_secretary, HERE)
    asked["kind"] = queries_of(as_secretary, KIND)
    asked["errors"] = queries_of(as_secretary, where(batch, "righe-con-errori.csv"))
    done(as_secretary, batch, "conferma/")
    asked["applied"] = queries_of(as_secretary, where(batch))
    asked["undo"] = queries_of(as_secretary, where(batch, "annulla/"))
    assert asked == BUDGET


BUDGET = {
    "": 11,
    "?esito=dubbi": 11,
    "?esito=nuove": 11,
    "correggi/": 11,
    "decidi/": 12,
    "conferma/": 10,
    "colonne/": 11,
    "list": 10,
    "kind": 7,
    "errors": 7,
    "applied": 11,
    "undo": 11,
}
