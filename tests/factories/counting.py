"""How many queries a request takes, all of them, once caches are warm."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

# Whatever grows with the rows has grown by then; pages ask the same of both databases.
ENOUGH = (1, 10, 60 if connection.vendor == "postgresql" else 200)


def queries_of(client: Client, path: str, status: int = 200) -> int:
    client.get(path)
    with CaptureQueriesContext(connection) as counted:
        answer = client.get(path)
        # What streams is read within the count.
        b"".join(answer)
    assert answer.status_code == status
    return len(counted)
