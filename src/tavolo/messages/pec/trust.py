"""The roots that the operator trusts for PEC: certificates in TAVOLO_HOME/trust/pec."""

from pathlib import Path

from django.conf import settings

from tavolo.kernel.cms import certificates_in


def roots() -> tuple[bytes, ...]:
    """Read anew each time: they are few, and whoever lays one there wants it to count at once."""
    return certificates_in(Path(settings.TAVOLO_HOME) / "trust" / "pec")
