import time

LOOK_EVERY = 0.1


class StopSign:
    """What a signal's handler may set at any moment.

    `threading.Event` may not: the thread that the signal interrupts can hold the very lock that `set` wants,
    and a second signal finds the first one inside.
    """

    def __init__(self) -> None:
        self._set = False

    def set(self) -> None:
        self._set = True

    def is_set(self) -> bool:
        return self._set

    def wait(self, seconds: float) -> bool:
        """Whether it is set, after `seconds` at the latest."""
        until = time.monotonic() + seconds
        while not self._set and (left := until - time.monotonic()) > 0:
            time.sleep(min(left, LOOK_EVERY))
        return self._set
