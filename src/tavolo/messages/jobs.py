from datetime import timedelta

from tavolo.kernel.schedule import periodic
from tavolo.messages.actions import gather_waiting, send_waiting
from tavolo.messages.pec.actions import fetch_all


@periodic(every=timedelta(seconds=15))
def send_letters() -> None:
    gather_waiting()
    send_waiting()


@periodic(every=timedelta(minutes=5))
def fetch_pec() -> None:
    fetch_all()
