"""What the source must be like, room by room; each rule is shown to fail on a planted fault."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.module_loading import import_string

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "tavolo"

KERNEL = {
    "network", "actor", "plugs", "facts", "errors", "clock", "dates", "dated", "terms", "blobs",
    "paging", "text", "idempotency", "versions", "schedule", "cms", "models", "apps", "jobs",
}  # fmt: skip


def sources() -> list[Path]:
    return [path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts]


def test_the_kernel_is_a_closed_list() -> None:
    found = {path.stem for path in (SOURCE / "kernel").glob("*.py")} - {"__init__"}
    assert found <= KERNEL


CLOCKS = re.compile(r"timezone\.now\(|datetime\.now\(|date\.today\(|datetime\.utcnow\(")


def other_clocks(text: str) -> list[str]:
    return CLOCKS.findall(text)


def test_time_comes_through_one_door() -> None:
    told = {
        str(path.relative_to(SOURCE))
        for path in sources()
        if other_clocks(path.read_text(encoding="utf-8"))
    }
    assert told == {"kernel/clock.py"}


def test_another_clock_is_found() -> None:
    assert other_clocks("since = date.today()") == ["date.today("]


def writes_in(text: str) -> list[str]:
    """Calls that write, where only actions may: `.save()`, `.delete()`, and what makes rows by a manager."""
    return [
        f"{call.func.attr} on line {call.lineno}"
        for call in ast.walk(ast.parse(text))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and writes(call.func)
    ]


def writes(function: ast.Attribute) -> bool:
    by_manager = {"create", "bulk_create", "update", "update_or_create", "get_or_create"}
    return function.attr in {"save", "delete"} or (
        function.attr in by_manager and "objects" in ast.unparse(function.value)
    )


VIEW_FLOORS = ("web", "queries.py", "rules.py")


def floors() -> Iterator[Path]:
    for path in sources():
        if "web" in path.parts or path.name in VIEW_FLOORS:
            yield path


def test_views_queries_and_rules_do_not_write() -> None:
    told = {
        str(path.relative_to(SOURCE)): found
        for path in floors()
        if (found := writes_in(path.read_text(encoding="utf-8")))
    }
    assert told == {}


def test_a_planted_write_is_found() -> None:
    assert writes_in("def view(r):\n    row.save()\n    X.objects.create()\n    form.create()") == [
        "save on line 2",
        "create on line 3",
    ]


def dotted(values: object) -> Iterator[str]:
    if isinstance(values, str):
        if re.fullmatch(r"tavolo(\.\w+)+", values):
            yield values
    elif isinstance(values, dict):
        for value in values.values():
            yield from dotted(value)
    elif isinstance(values, list | tuple):
        for value in values:
            yield from dotted(value)


def lost_names(values: object) -> list[str]:
    """Dotted names of ours that lead nowhere: they escape the linter as strings do."""
    return [name for name in dotted(values) if not _importable(name)]


def _importable(name: str) -> bool:
    try:
        import_module(name)
    except ImportError:
        try:
            import_string(name)
        except ImportError:
            return False
    return True


def test_names_in_settings_lead_somewhere() -> None:
    told = {name: getattr(settings, name) for name in dir(settings) if name.isupper()}
    assert lost_names(told) == []


def test_a_lost_name_in_settings_is_found() -> None:
    assert lost_names({"A": ["tavolo.nowhere.Thing", "tavolo.kernel"]}) == ["tavolo.nowhere.Thing"]


INLINE = re.compile(
    r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son[a-z]+=|javascript:", re.IGNORECASE
)


def templates() -> list[Path]:
    return [path for path in SOURCE.rglob("*.html") if "templates" in path.parts]


def test_no_template_carries_script_or_style() -> None:
    told = {
        str(path.relative_to(SOURCE)): found
        for path in templates()
        if (found := INLINE.findall(path.read_text(encoding="utf-8")))
    }
    assert told == {}


@pytest.mark.parametrize(
    "planted", ["<script>x</script>", '<p style="x">', '<a onclick="x">', "<style>"]
)
def test_planted_inline_code_is_found(planted: str) -> None:
    assert INLINE.findall(planted)


def named_in(text: str) -> set[str]:
    return set(re.findall(r"[\w/.-]+\.(?:html|txt)", text))


def unused(names: set[str], texts: list[str]) -> set[str]:
    said: set[str] = set().union(*(named_in(text) for text in texts)) if texts else set()
    return {name for name in names if name not in said and name not in BY_CONVENTION}


# Django and allauth look these up by name.
BY_CONVENTION = {"400.html", "403.html", "404.html", "500.html"}


def test_every_template_is_used() -> None:
    names = {str(path).split("/templates/", 1)[1] for path in templates()}
    texts = [path.read_text(encoding="utf-8") for path in [*sources(), *templates()]]
    lost = {name for name in unused(names, texts) if not overrides_allauth(name)}
    assert lost == set()


def overrides_allauth(name: str) -> bool:
    import allauth

    return (Path(allauth.__file__).parent / "templates" / name).exists()


def test_an_unused_template_is_found() -> None:
    assert unused({"a.html", "b.html"}, ["render(request, 'a.html')"]) == {"b.html"}


def foreign_hosts(lock: str) -> set[str]:
    return set(re.findall(r'registry = "([^"]+)"', lock)) - {"https://pypi.org/simple"} | {
        host
        for host in re.findall(r'url = "https?://([^/"]+)', lock)
        if host != "files.pythonhosted.org"
    }


def test_the_lock_file_names_the_public_index_only() -> None:
    assert foreign_hosts((ROOT / "uv.lock").read_text(encoding="utf-8")) == set()


def test_another_index_in_the_lock_file_is_found() -> None:
    assert foreign_hosts('registry = "https://mirror.example/simple"') == {
        "https://mirror.example/simple"
    }
