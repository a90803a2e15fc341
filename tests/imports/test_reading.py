"""Reading from outside: the child, its limits, its fence, and what is said when it ends badly."""

import os
import resource
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tavolo.imports.errors import Unreadable
from tavolo.imports.reading import Cost, ReadRow, fence, limits, parent, read_table
from tavolo.imports.reading.names import shown_name

TABLE = "Codice;Comune\n037006;Bologna\n"


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    path = tmp_path / "received"
    path.write_text(TABLE, encoding="utf-8")
    return path


def python(code: str) -> list[str]:
    return [sys.executable, "-c", textwrap.dedent(code)]


def refusal(path: Path, name: str = "elenco.csv", sheet: str = "") -> str:
    with pytest.raises(Unreadable) as refused:
        read_table(path, name=name, sheet=sheet)
    return refused.value.message % refused.value.values


def test_a_table_comes_with_what_it_cost(csv: Path) -> None:
    table = read_table(csv, name="elenco.csv")
    assert (table.sheets, table.sheet, table.heading_row) == ((), "", 1)
    assert table.headings == ("Codice", "Comune")
    assert table.rows == (ReadRow(2, ("037006", "Bologna")),)
    assert 0 < table.cost.cpu_seconds < 5
    assert 0 < table.cost.peak_bytes < 100_000_000


def test_reading_twice_is_the_same(csv: Path) -> None:
    first, second = (read_table(csv, name="x") for _time in range(2))
    assert (first.headings, first.rows) == (second.headings, second.rows)


def test_reading_leaves_nothing_behind(csv: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    read_table(csv, name="x")
    assert list(tmp_path.iterdir()) == [csv]


def test_a_file_beyond_the_limit_is_not_even_opened(csv: Path, monkeypatch) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 20)
    monkeypatch.setattr(parent, "command", lambda: python("raise SystemExit(9)"))
    assert refusal(csv) == "“elenco.csv” is larger than 0 MB. Divide it into several files."


TOO_LONG = (
    "Reading “elenco.csv” took longer than 10 seconds and was given up. "
    "Keep only what is needed, or divide it into several files."
)
TOO_MUCH = (
    "“elenco.csv” needs more than 480 MB of memory and was given up. "
    "Keep only what is needed, or divide it into several files."
)
BROKE_OFF = (
    "Reading “elenco.csv” broke off: something in the file is not as it should be. "
    "Open it in a spreadsheet program, save it as XLSX or ODS and bring it again."
)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("import os, signal; os.kill(os.getpid(), signal.SIGXCPU)", TOO_LONG),
        ("import os, signal; os.kill(os.getpid(), signal.SIGSEGV)", BROKE_OFF),
        ("import os, sys; sys.stderr.write('memory allocation of 9 bytes failed'); sys.stderr.flush(); os.abort()", TOO_MUCH),
        ('print(\'{"stopped": "memory"}\\n{"end": {}}\')', TOO_MUCH),
        ('print(\'{"stopped": "KeyError"}\\n{"end": {}}\')', BROKE_OFF),
        ("raise SystemExit(3)", BROKE_OFF),
        ("pass", BROKE_OFF),
        ("print('no JSON')", BROKE_OFF),
        ('print(\'{"sheets": []}\')', BROKE_OFF),
    ],
)  # fmt: skip
def test_however_the_child_ends_there_is_one_sentence(
    code: str, sentence: str, csv: Path, monkeypatch
) -> None:
    monkeypatch.setattr(parent, "command", lambda: python(code))
    assert refusal(csv) == sentence


def test_a_child_that_waits_is_ended_by_the_clock(csv: Path, monkeypatch) -> None:
    monkeypatch.setattr(parent, "WALL_SECONDS", 0.3)
    monkeypatch.setattr(parent, "command", lambda: python("import time; time.sleep(600)"))
    assert refusal(csv) == TOO_LONG


def test_whoever_stops_waiting_leaves_no_child(csv: Path, monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(parent, "command", lambda: python("import time; time.sleep(600)"))
    started: list[int] = []

    def interrupted(_kind: int, pid: int, _how: int) -> None:
        started.append(pid)
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "waitid", interrupted)
    with pytest.raises(KeyboardInterrupt):
        read_table(csv, name="x")
    with pytest.raises(ProcessLookupError):
        os.kill(started[0], 0)


def test_a_refusal_after_a_crash_says_what_it_cost(csv: Path, monkeypatch) -> None:
    monkeypatch.setattr(parent, "command", lambda: python("sum(range(10**6)); raise SystemExit(1)"))
    with pytest.raises(Unreadable) as refused:
        read_table(csv, name="x")
    assert refused.value.cost.cpu_seconds > 0
    assert refused.value.cost.peak_bytes > 0
    assert Unreadable().cost == Cost()


TELLS = """
    import json, os, sys
    told = {"env": sorted(os.environ), "cwd": os.getcwd(), "args": sys.argv[1:]}
    print(json.dumps({"refused": json.dumps(told).replace("%", "%%"), "values": {}}))
    print(json.dumps({"end": {}}))
"""


def test_the_child_knows_no_secret(csv: Path, monkeypatch) -> None:
    monkeypatch.setenv("TAVOLO_SECRET_KEY", "planted")
    monkeypatch.setattr(parent, "command", lambda: python(TELLS))
    told = refusal(csv, sheet="Foglio 1")
    assert '"cwd": "/"' in told
    assert f'"args": ["{csv}", "\\"Foglio 1\\""]' in told
    assert '"env": ["LC_CTYPE", "PYTHONPATH", "PYTHONUTF8"]' in told or (
        '"env": ["PYTHONPATH", "PYTHONUTF8"]' in told
    )


def test_the_child_takes_no_module_from_where_it_stands(csv: Path) -> None:
    """A file called json.py in a folder that anybody may write to must not become part of us."""
    assert parent.command()[1:3] == ["-P", "-m"]


@pytest.mark.parametrize("sheet", ["\x00", "\ud800", "-c", "x" * 5_000_000, "\u202e"])
def test_a_sheet_of_any_name_can_be_asked_for(csv: Path, sheet: str) -> None:
    assert refusal(csv, sheet=sheet).startswith("There is no sheet “")


def in_child(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(python(code), capture_output=True, text=True, check=False, timeout=60)


def test_the_child_starts_without_django() -> None:
    loaded = in_child("""
        import sys, tavolo.imports.reading.__main__
        print([name for name in sys.modules if name.partition(".")[0] in {"django", "socket", "asyncio"}])
    """)
    assert loaded.stdout.strip() == "[]"


@pytest.mark.parametrize(
    "attempt",
    [
        "import socket; socket.create_connection(('127.0.0.1', 9))",
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import subprocess; subprocess.run(['true'])",
        "import os; os.system('true')",
        "import os; os.fork()",
        "import os; os.execv('/bin/true', ['true'])",
        "import os; os.remove('/nowhere')",
        "import os; os.rename('/nowhere', '/there')",
        "import ctypes; ctypes.CDLL(None)",
        "open('/dev/null', 'w')",
        "import os; os.open('/dev/null', os.O_WRONLY)",
        "import pathlib; pathlib.Path('/dev/null').write_text('x')",
        "import os; os.mkdir('/nowhere/there')",
    ],
)
def test_the_fence_holds(attempt: str) -> None:
    tried = in_child(f"""
        from tavolo.imports.reading.fence import fence_in
        fence_in()
        {attempt}
    """)
    assert "Fenced" in tried.stderr.splitlines()[-1]


def test_what_may_be_read_may_be_read(csv: Path) -> None:
    tried = in_child(f"""
        from tavolo.imports.reading.fence import cost, fence_in
        fence_in()
        print(len(open({str(csv)!r}, 'rb').read()), cost().peak_bytes > 0)
    """)
    assert tried.stdout.strip() == f"{len(TABLE)} True"


def test_a_child_that_works_on_is_ended_by_the_kernel() -> None:
    ended = in_child("""
        from tavolo.imports.reading import fence, limits
        limits.SECONDS = 1
        fence.fence_in()
        while True:
            pass
    """)
    assert ended.returncode == -signal.SIGXCPU


def test_a_child_that_grows_is_stopped() -> None:
    ended = in_child("""
        from tavolo.imports.reading import fence
        fence.fence_in()
        bytearray(500_000_000)
    """)
    assert ended.stderr.splitlines()[-1] == "MemoryError"


def test_limits_that_are_set_already_are_not_raised() -> None:
    ended = in_child("""
        import resource
        resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))
        from tavolo.imports.reading import fence
        fence.fence_in()
        print(resource.getrlimit(resource.RLIMIT_NOFILE))
    """)
    assert ended.stdout.strip() == "(20, 20)"


def test_a_system_without_limits_reads_all_the_same(csv: Path) -> None:
    read = in_child(f"""
        import sys
        sys.modules["resource"] = None
        from tavolo.imports.reading.__main__ import main
        main({str(csv)!r})
    """)
    assert [line[:12] for line in read.stdout.splitlines()] == [
        '{"sheets": [',
        '[2, ["037006',
        '{"end": {"cp',
    ]


def test_cost_without_proc(monkeypatch) -> None:
    monkeypatch.setattr(Path, "exists", lambda _path: False)
    assert fence.cost().peak_bytes == resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    monkeypatch.setattr(fence, "resource", None)
    assert fence.cost().peak_bytes == 0


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("elenco.xlsx", "elenco.xlsx"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Documenti\\elenco 2026.xls", "elenco 2026.xls"),
        ("a\u202exslx.exe\x00\n", "axslx.exe"),
        ("a" * 100 + ".xlsx", "a" * 39 + "…" + "a" * 35 + ".xlsx"),
        ("", ""),
        ("perché  no.csv", "perché no.csv"),
    ],
)
def test_names_are_shown_and_never_opened(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_large_numbers_are_said_as_italian_says_them(tmp_path: Path) -> None:
    path = tmp_path / "received"
    path.write_text("a;b\n" + "1;2\n" * 50_001, encoding="utf-8")
    with pytest.raises(Unreadable) as refused:
        read_table(path, name="elenco.csv")
    assert str(refused.value) == "La tabella ha più di 50.000 righe. Dividerla in più file."
    assert refused.value.as_json()["values"] == {"name": "elenco.csv", "limit": 50_000}
