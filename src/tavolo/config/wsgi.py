import os
from typing import Any

from django.core.handlers.wsgi import WSGIRequest
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tavolo.config.settings")


class Request(WSGIRequest):
    """A request read as UTF-8, in which all our pages are written, whatever it says of itself.

    A codec that is no alphabet ("hex") would make the address unreadable before any of our code runs.
    """

    def _set_content_type_params(self, meta: dict[str, Any]) -> None:
        super()._set_content_type_params(  # type: ignore[misc]  # not in the stubs
            {**meta, "CONTENT_TYPE": _without_charset(meta.get("CONTENT_TYPE", ""))}
        )


def _without_charset(content_type: str) -> str:
    parts = content_type.split(";")
    return ";".join(part for part in parts if not part.strip().lower().startswith("charset"))


application = get_wsgi_application()
application.request_class = Request
