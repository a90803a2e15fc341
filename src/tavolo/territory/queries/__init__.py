"""Named reads of territory. Periods are half-open, sums hold what is known, drawings are paths."""

from tavolo.territory.queries.areas import (
    AreaSummary,
    Residents,
    area_at,
    country_summary,
    latest_year,
    municipalities_in,
    summaries,
    with_residents,
)
from tavolo.territory.queries.drawings import (
    Drawing,
    Drawn,
    Neighbourhood,
    areas_drawn,
    municipalities_drawn,
    neighbourhood_drawn,
)
from tavolo.territory.queries.municipalities import (
    AgeBand,
    Belonging,
    belongings_of,
    by_age,
    municipality_at,
    population_of,
)
from tavolo.territory.queries.networks import (
    CountryMap,
    NetworkOutline,
    italy_map,
    municipalities_of,
    outline_of,
    outlines_of,
)

__all__ = [
    "AgeBand",
    "AreaSummary",
    "Belonging",
    "CountryMap",
    "Drawing",
    "Drawn",
    "Neighbourhood",
    "NetworkOutline",
    "Residents",
    "area_at",
    "areas_drawn",
    "belongings_of",
    "by_age",
    "country_summary",
    "italy_map",
    "latest_year",
    "municipalities_drawn",
    "municipalities_in",
    "municipalities_of",
    "municipality_at",
    "neighbourhood_drawn",
    "outline_of",
    "outlines_of",
    "population_of",
    "summaries",
    "with_residents",
]
