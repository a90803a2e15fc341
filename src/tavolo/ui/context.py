from typing import Any

from django.http import HttpRequest


def layout(request: HttpRequest) -> dict[str, Any]:
    """What every page's frame needs."""
    return {"actor": getattr(request, "actor", None)}
