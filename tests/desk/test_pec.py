"""PEC at the desk: brought, read, bound, set aside, numbered."""

import re
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tavolo.kernel import blobs
from tavolo.messages.models import ExternalNumber, PecMessage
from tests.conftest import SameSiteClient
from tests.desk.conftest import Valley
from tests.factories.counting import queries_of
from tests.messages.pec import building
from tests.messages.pec.building import Made, pec

HERE = "/lavoro/reti/valle/"
LISTED = f"{HERE}pec/"
NUMBERS = f"{HERE}protocollo/"


def eml(content: bytes, name: str = "ricevuta.eml") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="message/rfc822")


def bring(client: Client, *files: SimpleUploadedFile, **changes: Any) -> Any:
    told = {"form_key": str(uuid4()), "brought": list(files), **changes}
    return client.post(LISTED, told)


def brought(client: Client, content: bytes | None = None) -> PecMessage:
    answer = bring(client, eml(content or pec()))
    assert answer.status_code == 302, answer.content.decode()
    return PecMessage.objects.get(uid=UUID(answer["Location"].split("/")[-2]))


def keys(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(form_key|version)" value="([^"]+)"', page))


def page_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestBringing:
    def test_a_receipt_is_read_and_kept_as_it_is(
        self, valley: Valley, as_secretary: Client
    ) -> None:
        content = pec()
        row = brought(as_secretary, content)
        page = page_of(as_secretary, f"{LISTED}{row.uid}/")
        assert "12:30:15 (UTC+02:00)" in page
        assert row.code in page
        assert blobs.open_blob(row.content_id).read() == content
        saved = as_secretary.get(f"{LISTED}{row.uid}/messaggio.eml")
        assert b"".join(saved) == content
        assert saved["Content-Disposition"] == f'attachment; filename="{row.code}.eml"'
        assert saved["Content-Type"] == "application/octet-stream"
