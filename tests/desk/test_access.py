"""Who sees what of the work area; what one may not see answers like what is not there."""

import pytest
from django.test import Client

from tests.desk.conftest import Valley
from tests.factories.people import sign_in

HERE = (
    "/lavoro/reti/valle/",
    "/lavoro/reti/valle/dati/",
    "/lavoro/reti/valle/territorio/",
    "/lavoro/reti/valle/persone/",
    "/lavoro/reti/valle/persone/segreteria/",
    "/lavoro/reti/valle/persone/organizzazioni/",
)
AT_WORK = ("/lavoro/", *HERE)


@pytest.mark.django_db
@pytest.mark.parametrize("path", [*AT_WORK, "/lavoro/reti/che-non-ce/"])
def test_who_is_not_signed_in_is_sent_to_sign_in_before_anything_is_looked_up(
    client: Client, path: str, django_assert_num_queries
) -> None:
    with django_assert_num_queries(0):
        answer = client.get(path)
    assert (answer.status_code, answer["Location"]) == (
        302,
        "/accesso/?next=" + path.replace("/", "%2F"),
    )


@pytest.mark.parametrize("path", AT_WORK)
def test_who_has_no_second_factor_is_sent_to_set_it_up(
    valley: Valley, client: Client, path: str
) -> None:
    from allauth.mfa.models import Authenticator

    Authenticator.objects.all().delete()
    sign_in(client, valley.secretary)
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accesso/secondo-fattore/attiva/?next=")


@pytest.mark.parametrize("path", AT_WORK)
def test_the_secretary_opens_every_page(as_secretary: Client, path: str) -> None:
    assert as_secretary.get(path).status_code == 200


@pytest.mark.parametrize("path", HERE)
def test_for_member_and_stranger_the_desk_is_not_there(
    as_member: Client, as_stranger: Client, path: str
) -> None:
    absent = path.replace("/valle/", "/altrove/")
    for client in (as_member, as_stranger):
        assert client.get(path).status_code == 404
        for method in (client.get, client.post):
            hidden, nothing = method(path), method(absent)
            assert hidden.status_code == nothing.status_code
            assert hidden.content.replace(b"valle", b"altrove") == nothing.content
