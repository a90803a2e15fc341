"""What is documented must be there, and the other way about."""

import re
from pathlib import Path

from tavolo.documents.plugs import document_holders
from tavolo.imports.plugs import import_kinds
from tavolo.kernel.actor import grant_sources, holdings, parts_of_work, role_sources
from tavolo.kernel.network import settings as network_settings
from tavolo.kernel.plugs import demo_parts, due_sources
from tavolo.kernel.schedule import periodic_jobs
from tavolo.kernel.terms import terms
from tavolo.people.plugs import page_owners, personal_data
from tavolo.search.plugs import searchables
from tavolo.territory.plugs import area_kinds, figures, territory_sources
from tavolo.ui.plugs import chain_links, nav_entries, panels

DOCS = Path(__file__).resolve().parents[2] / "docs"
REGISTRIES = (
    document_holders,
    role_sources,
    demo_parts,
    due_sources,
    periodic_jobs,
    network_settings,
    nav_entries,
    panels,
    chain_links,
    area_kinds,
    figures,
    import_kinds,
    territory_sources,
    grant_sources,
    parts_of_work,
    holdings,
    personal_data,
    page_owners,
    searchables,
)


def undocumented(keys: set[str], text: str) -> set[str]:
    return {key for key in keys if f"`{key}`" not in text}


def test_every_plug_is_documented() -> None:
    text = (DOCS / "reference" / "plugs.md").read_text(encoding="utf-8")
    assert undocumented({plug.key for registry in REGISTRIES for plug in registry}, text) == set()


def test_every_term_is_documented() -> None:
    text = (DOCS / "reference" / "terms.md").read_text(encoding="utf-8")
    assert undocumented({term.key for term in terms}, text) == set()


def test_an_undocumented_plug_is_found() -> None:
    assert undocumented({"a", "b"}, "The plug `a`.") == {"b"}


def test_every_variable_of_the_environment_is_documented() -> None:
    text = (DOCS / "reference" / "environment.md").read_text(encoding="utf-8")
    source = "".join(
        (DOCS.parent / "src" / "tavolo" / "config" / name).read_text(encoding="utf-8")
        for name in ("environment.py", "settings.py")
    )
    told = set(re.findall(r"TAVOLO_[A-Z_]+(?=\")", source))
    assert undocumented(told, text) == set()


def test_decisions_are_numbered_without_gap() -> None:
    numbers = [int(path.name[:4]) for path in sorted((DOCS / "decisions").glob("[0-9]*.md"))]
    assert numbers == list(range(1, len(numbers) + 1))


def test_links_between_documents_lead_somewhere() -> None:
    lost = [
        f"{page.relative_to(DOCS.parent)}: {target}"
        for page in [*DOCS.rglob("*.md"), DOCS.parent / "README.md"]
        for target in re.findall(
            r"\]\((?!https?:|mailto:|#)([^)#]+)", page.read_text(encoding="utf-8")
        )
        if not (page.parent / target).exists()
    ]
    assert lost == []
