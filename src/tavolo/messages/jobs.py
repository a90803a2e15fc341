from datetime import timedelta

from tavolo.kernel.schedule import periodic
from tavolo.messages.actions import send_waiting


@periodic(every=timedelta(seconds=15))
def send_letters() -> None:
    send_waiting()
