from datetime import timedelta

from tavolo.desk.notices import forget_old
from tavolo.kernel.schedule import periodic


@periodic(every=timedelta(days=1))
def forget_notifications() -> None:
    forget_old()
