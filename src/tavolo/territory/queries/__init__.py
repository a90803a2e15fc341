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
from tavolo.territory.queries.comparison import Comparison, Pair, compare
from tavolo.territory.queries.drawings import (
    Drawing,
    Drawn,
    Neighbourhood,
    areas_drawn,
    municipalities_drawn,
    neighbourhood_drawn,
)
from tavolo.territory.queries.figures import (
    Counted,
    ages_by_municipality,
    residents_by_municipality,
    surfaces_by_municipality,
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
from tavolo.territory.queries.partitions import AreaThere, Overlap, Partition, Place, partitions
from tavolo.territory.queries.population import (
    population_on,
    population_series,
    population_year,
)
from tavolo.territory.queries.resolution import (
    Resolved,
    ResolvedArea,
    State,
    area_on,
    municipality_on,
)
from tavolo.territory.queries.succession import Kin, Kinship, kinship_of, versions_of

__all__ = [
    "AgeBand",
    "AreaSummary",
    "AreaThere",
    "Belonging",
    "Comparison",
    "Counted",
    "CountryMap",
    "Drawing",
    "Drawn",
    "Kin",
    "Kinship",
    "Neighbourhood",
    "NetworkOutline",
    "Overlap",
    "Pair",
    "Partition",
    "Place",
    "Residents",
    "Resolved",
    "ResolvedArea",
    "State",
    "ages_by_municipality",
    "area_at",
    "area_on",
    "areas_drawn",
    "belongings_of",
    "by_age",
    "compare",
    "country_summary",
    "italy_map",
    "kinship_of",
    "latest_year",
    "municipalities_drawn",
    "municipalities_in",
    "municipalities_of",
    "municipality_at",
    "municipality_on",
    "neighbourhood_drawn",
    "outline_of",
    "outlines_of",
    "partitions",
    "population_of",
    "population_on",
    "population_series",
    "population_year",
    "residents_by_municipality",
    "summaries",
    "surfaces_by_municipality",
    "versions_of",
    "with_residents",
]
