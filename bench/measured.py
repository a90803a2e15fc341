"""How long something takes, in CPU time: another process on the machine must not decide a comparison."""

import time
from collections.abc import Callable


def timed(get: Callable[[str], object], address: str) -> float:
    return cpu(lambda: get(address))


def cpu(does: Callable[[], object]) -> float:
    began = time.process_time()
    does()
    return time.process_time() - began
