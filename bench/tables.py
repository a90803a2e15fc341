"""Who sat in a body on a day, as known now, against one query written by hand; with 600 seats."""

import statistics
from collections.abc import Iterator
from datetime import date
from typing import Any

from bench.figure import figure
from bench.measured import cpu

ROUNDS, SEATS = 20, 600
DAY = date(2016, 2, 23)
# What `queries.roster` answers, by hand: seats of the day under the names of the day, with towns and delegates.
BY_HAND = """
SELECT s.uid, s.category, s.role, COALESCE(n.name, o.name), m.istat_code, p.name
FROM tables_seat s
JOIN registry_organisation o ON o.id = s.organisation_id
LEFT JOIN registry_organisationname n ON n.organisation_id = o.id AND n.superseded_at IS NULL
  AND (n.valid_from IS NULL OR n.valid_from <= %s) AND (n.valid_until IS NULL OR n.valid_until > %s)
LEFT JOIN territory_municipality m ON m.id = o.municipality_id
LEFT JOIN tables_delegate d ON d.seat = s.uid AND d.superseded_at IS NULL
  AND (d.valid_from IS NULL OR d.valid_from <= %s) AND (d.valid_until IS NULL OR d.valid_until > %s)
LEFT JOIN people_person p ON p.id = d.person_id
WHERE s.body_id = %s AND s.superseded_at IS NULL
  AND (s.valid_from IS NULL OR s.valid_from <= %s) AND (s.valid_until IS NULL OR s.valid_until > %s)
ORDER BY s.category, n.sort_key, s.id
"""


def rosters() -> Iterator[str]:
    """Of the body that the demonstration has, and of one of 600 seats, which is rolled back."""
    # Imported here: Django has just been set up on the database of this run.
    from django.db import transaction

    from tavolo.kernel.models import Network
    from tavolo.tables.models import Body
    from tests.factories.tables import a_body, many_seats

    yield _compared(Body.objects.get(code="tavolo-permanente-sulle-pari-opportunita"))
    with transaction.atomic():
        body = a_body(Network.objects.get(slug="milano"), "Tavolo di prova", since="2015-06-30")
        many_seats(body, SEATS)
        yield _compared(body)
        transaction.set_rollback(True)


def _compared(body: Any) -> str:
    from django.db import connection

    from tavolo.tables import queries

    def by_hand() -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(BY_HAND, [DAY, DAY, DAY, DAY, body.pk, DAY, DAY])
            return cursor.fetchall()

    def ours() -> queries.Roster:
        return queries.roster(body, on=DAY)

    assert len({row[0] for row in by_hand()}) == ours().count
    mine, raw = ([cpu(each) for _round in range(ROUNDS)] for each in (ours, by_hand))
    return figure(
        f"roster of {ours().count} seats on a day",
        statistics.median(mine) / statistics.median(raw),
        "times raw SQL",
        median_ms=round(statistics.median(mine) * 1000, 1),
        raw_ms=round(statistics.median(raw) * 1000, 1),
    )
