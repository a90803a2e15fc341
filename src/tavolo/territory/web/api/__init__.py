"""Territory for programs: municipalities and areas on any day, as JSON, CSV and GeoJSON."""

from tavolo.territory.web.api import areas, comparison, municipalities
from tavolo.ui.api import Router

router = Router(tags=["territory"])
for part in (municipalities, areas, comparison):
    part.offer(router)

__all__ = ["router"]
