"""The session store: a browser's key is kept as its digest, so a copied table opens no session."""

import hashlib
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth import SESSION_KEY as ACCOUNT_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from tavolo.kernel import clock
from tavolo.people.models import Session

DEVICE_KEY = "people.device"
BEGAN_KEY = "people.began"
SEEN_KEY = "people.seen"
SEEN_EVERY = timedelta(minutes=5)
# The uid of the person in whose place whoever is signed in acts.
ACTING_FOR = "people.acting_for"


def digest_of(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def uid_of(session_key: str) -> UUID:
    """The session's name in addresses: always the same for a key, and no way back to it."""
    return UUID(bytes=hashlib.sha256(f"uid:{session_key}".encode()).digest()[:16])


class SessionStore(DatabaseStore):
    """Django's database store over `people.Session`, which knows account, device and last use."""

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def load(self) -> dict[str, Any]:
        row = Session.objects.filter(
            session_key=digest_of(self.session_key or ""), expire_date__gt=clock.now()
        ).first()
        if row is None:
            self._session_key = None
            return {}
        return dict(self.decode(row.session_data))

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=digest_of(session_key)).exists()

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            Session.objects.filter(session_key=digest_of(key)).delete()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """The row of this session; the key in it is the digest."""
        now = clock.now()
        key = self._get_or_create_session_key()  # type: ignore[attr-defined]  # Django's own
        account = data.get(ACCOUNT_KEY)
        return Session(
            session_key=digest_of(key),
            uid=uid_of(key),
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            account_id=int(account) if account else None,
            device=data.get(DEVICE_KEY, ""),
            began_at=datetime.fromisoformat(data[BEGAN_KEY]) if BEGAN_KEY in data else now,
            seen_at=now,
        )
