"""Organisations for programs, on any day; and what a program may do with them in its owner's name."""

from tavolo.registry.web.api import organisations, writing
from tavolo.ui.api import Router

router = Router(tags=["registry"])
organisations.offer(router)
writing.offer(router)

__all__ = ["router"]
