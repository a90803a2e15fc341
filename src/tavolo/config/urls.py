"""Every address, gathered from the rooms: one `web/urls.py` a room, Italian paths, `/en/` before them in English."""

from importlib import import_module
from importlib.util import find_spec

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path

from tavolo.config.api import gathered
from tavolo.config.api_page import api_page
from tavolo.config.health import health


def room_patterns(attribute: str) -> list[URLPattern | URLResolver]:
    """What each room's `web/urls.py` calls `attribute`, in row order."""
    found: list[URLPattern | URLResolver] = []
    for room in settings.ROOMS:
        if not all(find_spec(f"tavolo.{room}.{part}") for part in ("web", "web.urls")):
            continue
        module = import_module(f"tavolo.{room}.web.urls")
        patterns = getattr(module, attribute, [])
        # A namespace can stand once: the plain addresses, which machines read, have none.
        app_name = getattr(module, "app_name", None) if attribute == "urlpatterns" else None
        if patterns:
            found.append(path("", include((patterns, app_name)) if app_name else include(patterns)))
    return found


interface = gathered()

urlpatterns = [
    path("salute", health, name="health"),
    path("api/v1/", interface.urls),
    *room_patterns("plain_urlpatterns"),
    *i18n_patterns(
        path("api/", api_page, name="api_page"),
        *room_patterns("urlpatterns"),
        prefix_default_language=False,
    ),
]

handler400 = "tavolo.ui.web.errors.bad_request"
handler403 = "tavolo.ui.web.errors.forbidden"
handler404 = "tavolo.ui.web.errors.not_found"
handler500 = "tavolo.ui.web.errors.server_error"
