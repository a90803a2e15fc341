"""Organisations for programs: who was there on any day, under which name, and who was in office."""

from tavolo.registry.web.api import organisations
from tavolo.ui.api import Router

router = Router(tags=["registry"])
organisations.offer(router)

__all__ = ["router"]
