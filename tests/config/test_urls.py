import sys
from collections.abc import Iterator
from importlib import invalidate_caches
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import override

import tavolo
from tavolo.config.health import health
from tavolo.config.urls import room_patterns

VIEWS = "from django.http import HttpResponse\nfrom django.urls import path\n"


@pytest.fixture
def rooms(tmp_path, monkeypatch, settings) -> Iterator[Path]:
    """Rooms in a temporary folder, beside those that there are."""
    monkeypatch.setattr(tavolo, "__path__", [*tavolo.__path__, str(tmp_path)])
    settings.ROOMS = []
    yield tmp_path
    for name in list(sys.modules):
        if name.startswith(
            tuple(f"tavolo.{room}" for room in ("attic", "cellar", "garden", "shed"))
        ):
            del sys.modules[name]


def build(room: Path, urls: str | None) -> None:
    settings.ROOMS.append(room.name)
    (room / "web").mkdir(parents=True)
    (room / "__init__.py").touch()
    (room / "web" / "__init__.py").touch()
    if urls is not None:
        (room / "web" / "urls.py").write_text(VIEWS + urls)
    invalidate_caches()


def line(address: str, name: str) -> str:
    return f"path({address!r}, lambda request: HttpResponse({name!r}), name={name!r})"


def test_each_room_brings_its_addresses_in_the_order_of_rooms(rooms):
    build(rooms / "attic", f"urlpatterns = [{line('tetto/', 'roof')}]")
    build(rooms / "cellar", None)
    (rooms / "garden").mkdir()
    settings.ROOMS.insert(2, "garden")
    (rooms / "garden" / "__init__.py").touch()
    build(rooms / "shed", f"app_name = 'shed'\nurlpatterns = [{line('attrezzi/', 'tools')}]")
    urlconf = type("Conf", (), {"urlpatterns": room_patterns("urlpatterns")})
    assert resolve("/tetto/", urlconf).view_name == "roof"
    assert resolve("/attrezzi/", urlconf).view_name == "shed:tools"
    assert reverse("shed:tools", urlconf) == "/attrezzi/"
    assert len(urlconf.urlpatterns) == 2
    assert room_patterns("plain_urlpatterns") == []


def test_plain_addresses_are_apart_from_those_in_languages(rooms):
    build(rooms / "attic", f"plain_urlpatterns = [{line('piani.ics', 'plan')}]\nurlpatterns = []")
    (found,) = room_patterns("plain_urlpatterns")
    assert found.url_patterns[0].name == "plan"
    assert room_patterns("urlpatterns") == []


def test_a_room_whose_addresses_cannot_be_read_is_not_passed_over(rooms):
    build(rooms / "attic", "raise RuntimeError('broken')")
    with pytest.raises(RuntimeError, match="broken"):
        room_patterns("urlpatterns")


def test_health_has_one_address_in_no_language():
    assert resolve("/salute").func is health
    for address in ("/salute/", "/en/salute", "/it/salute"):
        with pytest.raises(Resolver404):
            resolve(address)


def test_italian_has_the_bare_addresses_and_english_its_prefix():
    with override("it"):
        italian = resolve("/").view_name
        assert reverse(italian) == "/"
    with override("en"):
        assert resolve("/en/").view_name == italian
        assert reverse(italian) == "/en/"
        with pytest.raises(Resolver404):
            resolve("/")
