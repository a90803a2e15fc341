"""The frame of every page: doors, languages, strip, landmarks; and pages for what went wrong."""

import re
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.contrib.messages import constants as message_levels
from django.contrib.messages.storage.base import Message
from django.http import Http404
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils.functional import SimpleLazyObject

from tavolo.kernel import clock
from tavolo.kernel.actor import ANONYMOUS, Actor
from tavolo.kernel.errors import NotAllowed
from tavolo.kernel.models import Installation, Network
from tavolo.ui import context
from tavolo.ui.context import Language, Place, layout
from tavolo.ui.web import errors
from tests.ui import urls as trial

pytestmark = pytest.mark.urls(trial.__name__)

SECRETARY = Actor(person=uuid4())


@pytest.fixture(autouse=True)
def _entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "nav_entries", trial.entries())


Shown = Callable[..., dict[str, object]]


@pytest.fixture
def shown(rf: RequestFactory) -> Shown:
    def make(path: str, actor: Actor | None = None) -> dict[str, object]:
        request = rf.get(path)
        if actor:
            request.actor = actor
        return layout(request)

    return make


def test_only_doors_that_lead_somewhere_are_shown(shown: Shown) -> None:
    assert list(shown("/cerca2/")["doors"]) == [
        Place("La rete", "/"),
        Place("Il territorio", "/territorio/"),
    ]


@pytest.mark.parametrize(
    ("path", "current"),
    [
        ("/", ["true", ""]),
        ("/territorio/", ["", "true"]),
        ("/territorio/037002/", ["", "true"]),
        ("/cerca/", ["", "true"]),
        ("/privacy/", ["", ""]),
    ],
)
def test_the_door_one_came_through_is_marked(shown: Shown, path: str, current: list[str]) -> None:
    assert [door.current for door in shown(path)["doors"]] == current


def test_sections_are_those_one_may_enter_and_the_nearest_is_current(shown: Shown) -> None:
    assert list(shown("/banco/persone/", SECRETARY)["sections"]) == [
        Place("Oggi", "/banco/"),
        Place("Persone", "/banco/persone/", "page"),
    ]
    assert list(shown("/banco/altro/")["sections"]) == [Place("Oggi", "/banco/", "true")]


@pytest.mark.parametrize(
    ("path", "other"),
    [
        ("/territorio/037002/?al=2014-10-15", "/en/territorio/037002/?al=2014-10-15"),
        ("/", "/en/"),
        ("/non-esiste/", "/en/"),
    ],
)
def test_the_same_page_in_the_other_language(shown: Shown, path: str, other: str) -> None:
    assert list(shown(path)["other_languages"]) == [Language("en", "English", other)]


@pytest.mark.django_db
def test_english_leads_back_to_italian(client: Client) -> None:
    html = client.get("/en/territorio/037002/").content.decode()
    assert '<html lang="en">' in html
    assert '<a href="/territorio/037002/" lang="it" hreflang="it">Italiano</a>' in html
    assert '<a href="/en/accesso/">Sign in</a>' in html


@pytest.mark.django_db
def test_the_frame_has_its_landmarks_and_statements(client: Client) -> None:
    html = client.get("/territorio/").content.decode()
    assert '<html lang="it">' in html
    assert re.search(r"<title>Pagina · Tavolo</title>", html)
    assert html.count("<h1>") == html.count("<main ") == html.count("<footer ") == 1
    assert 'href="#contenuto">Vai al contenuto</a>' in html
    assert 'href="/accessibilita/" data-element="accessibility-link"' in html
    assert 'href="/privacy/" data-element="privacy-policy-link"' in html
    assert 'class="tv-find" href="/cerca/"' in html
    assert '<a href="/accesso/">Accedi</a>' in html
    assert '<a href="/territorio/" aria-current="true">Il territorio</a>' in html
    assert "Note legali" not in html


@pytest.mark.django_db
def test_rendering_sets_no_cookie_and_asks_one_query(
    client: Client, django_assert_num_queries
) -> None:
    with django_assert_num_queries(1):
        answer = client.get("/territorio/")
    assert answer.cookies == {}


@pytest.mark.django_db
def test_invented_data_are_marked_on_every_page(client: Client) -> None:
    assert "tv-demo" not in client.get("/").content.decode()
    Installation.objects.update_or_create(
        id=1, defaults={"demonstration": True, "created_at": clock.now()}
    )
    for path in ("/", "/banco/", "/non-esiste/"):
        assert "Dati di dimostrazione" in client.get(path).content.decode()


def test_a_network_gives_the_page_its_name_and_a_way_to_the_others(rf: RequestFactory) -> None:
    html = render_to_string(
        "ui/narrow.html",
        {
            "network": Network(name="Rete <di> prova", summary="Una sintesi."),
            "demonstration": False,
            "other_languages": (),
        },
        rf.get("/"),
    )
    assert "<title>Pagina · Rete &lt;di&gt; prova</title>" in html
    assert '<a class="tv-switch" href="/">Cambia rete</a>' in html
    assert "<strong>Rete &lt;di&gt; prova</strong>" in html
    assert "Una sintesi." in html


def test_who_is_signed_in_is_named_and_finds_the_work_area(rf: RequestFactory) -> None:
    request = rf.get("/")
    request.actor = SimpleLazyObject(lambda: SECRETARY)
    request.user = type("Account", (), {"person": type("Person", (), {"name": "Anna B."})})()
    html = render_to_string(
        "ui/narrow.html", {"demonstration": False, "other_languages": ()}, request
    )
    assert '<a href="/lavoro/">Anna B.</a>' in html
    assert "Accedi" not in html


def test_what_was_said_is_shown_once(rf: RequestFactory) -> None:
    messages = [Message(message_levels.ERROR, "Non <i>salvato</i>.")]
    html = render_to_string(
        "ui/narrow.html",
        {"messages": messages, "demonstration": False, "other_languages": ()},
        rf.get("/"),
    )
    assert (
        '<div class="tv-said tv-said--error" role="status"><p>Non &lt;i&gt;salvato&lt;/i&gt;.</p>'
        in html
    )


@pytest.mark.django_db
def test_the_work_area_has_sections_and_no_doors(client: Client) -> None:
    html = client.get("/banco/").content.decode()
    assert '<a href="/banco/" aria-current="page">Oggi</a>' in html
    assert "tv-doors" not in html
    assert 'href="#sezioni">Vai alle sezioni</a>' in html


@pytest.mark.django_db
def test_what_is_absent_and_what_one_may_not_see_have_one_body(
    rf: RequestFactory, client: Client
) -> None:
    absent = client.get("/non-esiste/")
    assert absent.status_code == 404
    assert "A questo indirizzo non c’è nulla" in absent.content.decode()
    bodies = {
        errors.not_found(rf.get("/x/"), fault).content
        for fault in (None, Http404("secret"), NotAllowed())
    }
    assert len(bodies) == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("view", "status", "said"),
    [
        (errors.bad_request, 400, "La richiesta non è stata capita"),
        (errors.forbidden, 403, "Non puoi fare questa cosa"),
        (errors.not_found, 404, "A questo indirizzo non c’è nulla"),
    ],
)
def test_pages_of_faults_help(view, status: int, said: str, rf: RequestFactory) -> None:
    answer = view(rf.get("/"))
    html = answer.content.decode()
    assert answer.status_code == status
    assert f"<h1>{said}</h1>" in html
    assert 'href="/cerca/"' in html
    assert 'href="/territorio/"' in html


@pytest.mark.django_db
def test_a_refusal_says_what_is_wrong_and_what_to_do(client: Client) -> None:
    answer = client.get("/rifiutato/")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "<h1>Già fatto &lt;b&gt;ieri&lt;/b&gt;.</h1>" in html
    assert '<p class="tv-lede">Guarda il registro.</p>' in html
    assert "Nulla è stato modificato." in html


def test_a_fault_of_ours_needs_neither_database_nor_manifest(rf: RequestFactory) -> None:
    answer = errors.server_error(rf.get("/"))
    html = answer.content.decode()
    assert answer.status_code == 500
    assert "Qualcosa non ha funzionato" in html
    assert 'href="/static/ui/tavolo.css"' in html


@pytest.mark.django_db
def test_a_broken_view_answers_with_that_page(client: Client) -> None:
    client.raise_request_exception = False
    answer = client.get("/broken/")
    assert answer.status_code == 500
    assert "Qualcosa non ha funzionato" in answer.content.decode()


def test_a_request_without_an_actor_is_a_stranger(shown: Shown) -> None:
    assert shown("/")["actor"] is ANONYMOUS


@pytest.mark.django_db
def test_the_gallery_shows_each_component_on_its_shelf(client: Client) -> None:
    html = client.get("/componenti/").content.decode()
    for shelf in ("badge", "map", "chart", "form_view"):
        assert f'<h2 id="{shelf}-shelf">' in html


def test_the_gallery_is_open_in_development_alone() -> None:
    from tavolo.ui.web.urls import urlpatterns

    assert urlpatterns == []
