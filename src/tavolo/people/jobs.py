from datetime import timedelta
from uuid import UUID

from django.utils import translation
from django_tasks import task

from tavolo.kernel.schedule import periodic
from tavolo.people import attempts
from tavolo.people.actions import forget_expired, send_reset_letter


@task()
def write_reset_letter(account: str, language: str) -> None:
    """The letter for another password; for an account that does not exist there is nothing to do."""
    with translation.override(language):
        send_reset_letter(account=UUID(account))


@periodic(every=timedelta(hours=1))
def tidy() -> None:
    forget_expired()
    attempts.forget_past()
