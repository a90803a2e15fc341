"""What the server calls: every request comes to an answer, whatever its headers say."""

import pytest
from django.test import RequestFactory

from tavolo.config.wsgi import Request, application


@pytest.mark.parametrize("charset", ["hex", "zlib_codec", "idna", "utf-7", "latin-1", "no-such"])
def test_a_request_is_read_in_our_alphabet_whatever_it_says(charset):
    told = f'text/plain; charset={charset}; boundary="x;y"'
    environ = RequestFactory().get("/", {"q": "città"}).environ | {"CONTENT_TYPE": told}
    assert Request(environ).GET["q"] == "città"


def test_a_form_keeps_its_boundary():
    environ = RequestFactory().post("/", {"name": "città"}).environ
    environ["CONTENT_TYPE"] += "; charset=hex"
    assert Request(environ).POST["name"] == "città"


def test_the_server_reads_requests_so():
    assert application.request_class is Request
