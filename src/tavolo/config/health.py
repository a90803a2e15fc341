from django.conf import settings
from django.db import Error, connections
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache


@never_cache
def health(request: HttpRequest) -> JsonResponse:  # noqa: ARG001
    """`/salute`: 200 where every database answers, 503 where one does not. Says nothing secret."""
    databases = {alias: answers(alias) for alias in settings.DATABASES}
    well = all(databases.values())
    body = {
        "status": "ok" if well else "fail",
        "version": settings.TAVOLO_VERSION,
        "databases": databases,
    }
    return JsonResponse(body, status=200 if well else 503)


def answers(alias: str) -> bool:
    """Whether that database answers and is ours: SQLite makes a new one in silence where ours is gone."""
    try:
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT 1 FROM django_migrations LIMIT 1")
            return cursor.fetchone() is not None
    except Error:
        return False
