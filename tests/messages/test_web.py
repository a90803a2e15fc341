"""Links of every use, the letters of a demonstration, one's own wish for one letter a day."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django import forms
from django.http import QueryDict
from django.test import Client
from django.urls import reverse

from tavolo.kernel import clock
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.errors import Refusal
from tavolo.kernel.models import Installation
from tavolo.kernel.network import installation
from tavolo.messages.actions import answer_link, enqueue_message, make_link, send_waiting
from tavolo.messages.choices import LinkUse
from tavolo.messages.errors import LinkOver
from tavolo.messages.letterbox import folder_of
from tavolo.messages.models import Gathering, SignedLink
from tavolo.messages.plugs import LinkPage, link_purposes
from tavolo.messages.tokens import token_of
from tavolo.messages.transports import Folder
from tavolo.ui.forms import ActForm
from tests.conftest import SameSiteClient
from tests.factories.people import a_person, an_account, sign_in, with_second_factor

pytestmark = pytest.mark.django_db


class WordForm(ActForm):
    word = forms.CharField(label="Parola")


class Purpose:
    """Keeps what it is told; a word of `fine` uses an editable link up, `no` is refused."""

    key, label = "test.word", "Dire una parola"

    def __init__(self, uses: LinkUse) -> None:
        self.uses, self.told = uses, list[str]()

    def page(self, link: SignedLink) -> LinkPage | None:
        return LinkPage("Una parola", "Di’ una parola.", submit="Invia")

    def form(self, link: SignedLink, data: QueryDict | None) -> ActForm:
        return WordForm(data)

    def act(self, link: SignedLink, form: ActForm) -> bool:
        if form.cleaned_data["word"] == "no":
            raise Refusal("Questa parola no.")
        self.told.append(form.cleaned_data["word"])
        return bool(form.cleaned_data["word"] == "fine")


@pytest.fixture(params=list(LinkUse))
def purpose(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[Purpose]:
    plug = Purpose(request.param)
    monkeypatch.setitem(link_purposes._plugs, plug.key, plug)  # type: ignore[arg-type]
    return plug


def a_link(purpose: Purpose) -> SignedLink:
    return make_link(
        purpose=purpose,
        subject=uuid4(),
        person=a_person(),
        network=None,
        expires=clock.now() + timedelta(days=1),
        by=OPERATOR,
    )


def here(link: SignedLink) -> str:
    return reverse("messages:answer", kwargs={"token": token_of(link.uid)})


def say(client: Client, link: SignedLink, word: str) -> int:
    return client.post(here(link), {"form_key": str(uuid4()), "word": word}).status_code


def test_each_use_ends_as_it_is_meant_to(purpose: Purpose) -> None:
    link, phone = a_link(purpose), SameSiteClient()
    answers = [say(phone, link, word) for word in ("a", "b", "fine", "c")]
    if purpose.uses == LinkUse.CONFIRM:
        assert (answers, purpose.told) == ([302, 410, 410, 410], ["a"])
    else:
        assert (answers, purpose.told) == ([302, 302, 302, 410], ["a", "b", "fine"])
    answer = phone.get(here(link))
    assert (answer.status_code, "Hai risposto" in answer.text) == (410, True)


def test_what_the_room_refuses_is_said_and_uses_nothing_up(purpose: Purpose) -> None:
    link, phone = a_link(purpose), SameSiteClient()
    answer = phone.post(here(link), {"form_key": str(uuid4()), "word": "no"})
    assert "Questa parola no." in answer.text
    link.refresh_from_db()
    assert (link.answers, link.used_at) == (0, None)


def test_a_link_of_somebody_erased_or_past_its_term_is_closed(purpose: Purpose) -> None:
    link, phone = a_link(purpose), SameSiteClient()
    with time_machine.travel(link.expires_at, tick=False):
        assert phone.get(here(link)).status_code == 410
        assert phone.post(here(link), {"later": "1"}).status_code == 410
    assert link.person is not None
    link.person.erased_at = clock.now()
    link.person.save()
    assert phone.get(here(link)).status_code == 410
    with pytest.raises(LinkOver):
        answer_link(link=link, act=lambda _row: False)


def test_a_link_whose_purpose_no_room_knows_any_more_is_closed(purpose: Purpose) -> None:
    link = a_link(purpose)
    SignedLink.objects.update(purpose="test.gone")
    answer = SameSiteClient().get(here(link))
    assert (answer.status_code, "Non serve più rispondere." in answer.text) == (410, True)


@pytest.fixture
def folder(tmp_path: Path, settings: Any) -> Path:
    settings.TAVOLO_EMAIL_URL = f"file://{tmp_path / 'mail'}"
    return tmp_path / "mail"


def in_a_demonstration() -> None:
    installation()
    Installation.objects.update(demonstration=True)


def test_the_letters_of_a_demonstration_can_be_read(folder: Path, client: Client) -> None:
    in_a_demonstration()
    page = reverse("messages:letterbox")
    assert "Ancora nessuna lettera" in client.get(page).text
    message = enqueue_message(
        to="a@b.example", subject="Prova", text="<script>alert(1)</script> https://rete.example/x."
    )
    send_waiting(Folder(folder))
    (folder / "rotta.eml").write_bytes(b"\x00")
    assert "Prova" in client.get(page).text
    shown = client.get(f"{page}?lettera={message.uid}")
    assert "&lt;script&gt;" in shown.text
    assert '<a href="https://rete.example/x" rel="noreferrer">' in shown.text
    assert client.cookies == {}
    for wrong in (uuid4(), "../../keys/secret", UUID(int=0)):
        assert client.get(page, {"lettera": str(wrong)}).status_code == 404


def test_a_real_installation_has_no_page_of_letters(
    folder: Path, client: Client, settings: Any
) -> None:
    assert client.get(reverse("messages:letterbox")).status_code == 404
    in_a_demonstration()
    settings.TAVOLO_EMAIL_URL = "smtp://posta.example"
    assert client.get(reverse("messages:letterbox")).status_code == 404
    assert folder_of("smtp://posta.example") is None


def test_one_wishes_one_letter_a_day_for_oneself(client: Client) -> None:
    account = with_second_factor(an_account())
    sign_in(client, account)
    page = reverse("messages:gathering")
    assert client.get(page).status_code == 200
    for hour, kept in (("18", [18]), ("now", [])):
        assert client.post(page, {"form_key": str(uuid4()), "hour": hour}).status_code == 302
        assert list(Gathering.objects.values_list("hour", flat=True)) == kept
    assert client.post(page, {"form_key": str(uuid4()), "hour": "99"}).status_code == 200
    assert SameSiteClient().get(page).status_code == 302
