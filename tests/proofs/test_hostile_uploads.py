"""Every file of the hostile corpus by the form, and what is then served: nothing planted, no 500."""

import time
from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.translation import override

from tavolo.documents.errors import FileRefused
from tavolo.documents.intake.names import shown_name
from tavolo.documents.models import Version
from tavolo.documents.shown import file_href
from tests.documents.conftest import Desk, as_account, desk
from tests.documents.hostile import CASES, Case
from tests.documents.test_hostile_files import unpacked
from tests.documents.test_web import POLICY

__all__ = ["as_account", "desk"]

pytestmark = pytest.mark.prove

LONGEST = 700  # a header of a part has 1,024 bytes in all


def sent(client: Client, desk: Desk, case: Case) -> tuple[int, str]:
    file = SimpleUploadedFile("file", case.make())
    # As it came: Django’s own name for a file knows no folders. What is longer comes through no header.
    file._name = case.name[-LONGEST:]  # type: ignore[attr-defined]
    told = {
        "form_key": uuid4(),
        "title": case.key,
        "visibility": "public",
        "retention": "ordinary",
        "language": "it",
    }
    told |= {"file": file, "alternative": "Una prova"}
    if case.strip_author:
        told["strip_author"] = "on"
    answer = client.post(f"/lavoro/documenti/organisation/{desk.organisation.uid}/nuovo/", told)
    words = "" if answer.status_code == 302 else answer.content.decode()
    return answer.status_code, words


def look_at_served(client: Client, case: Case) -> None:
    version = Version.objects.select_related("document").get(document__title=case.key)
    answer = client.get(file_href(version.document, version))
    served = unpacked(b"".join(answer))  # type: ignore[call-overload]
    assert [planted for planted in case.gone if planted in served] == [], case.key
    told = answer.headers
    assert (answer.status_code, told["Content-Type"]) == (200, case.kept), case.key
    assert (told["Content-Security-Policy"], told["X-Content-Type-Options"]) == (POLICY, "nosniff")
    shown = "inline" if case.kept.startswith("image/") else "attachment"
    assert told["Content-Disposition"].startswith(shown)


def test_nothing_planted_is_served(
    desk: Desk, as_account: Callable[..., Client], client: Client, figure: Callable[..., None]
) -> None:
    began, secretary, seen = time.monotonic(), as_account(desk.secretary), Counter[str]()
    for case in CASES:
        status, words = sent(secretary, desk, case)
        assert status == (200 if case.refused else 302), (case.key, words[-3000:])
        seen["refused" if case.refused else "kept"] += 1
        if case.kept:
            look_at_served(client, case)
        elif case.refused != "“%(name)s” is empty.":
            with override("it"):
                start = str(FileRefused(case.refused, name="\0", limit="\0")).split("\0")
            assert all(part.strip() in words for part in start if part.strip()), case.key
            assert shown_name(case.name) in words
    figure("hostile uploads", seconds=round(time.monotonic() - began), **seen)
    assert Version.objects.count() == seen["kept"]
