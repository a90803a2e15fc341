"""How much of the full counts the long proofs try: all, unless `TAVOLO_PROOF_SHARE` says less."""

import os

SHARE = float(os.environ.get("TAVOLO_PROOF_SHARE", "1"))


def share_of(full: int) -> int:
    """So many of a full count, and never none: a proof that tries nothing is not one."""
    return max(1, round(full * SHARE))
