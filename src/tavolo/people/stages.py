"""What is asked for after the first proof of who one is."""

from allauth.account.authentication import get_authentication_records
from allauth.mfa.stages import AuthenticateStage
from django.http import HttpRequest

PROVIDER = "provider"


def is_strongly_identified(request: HttpRequest) -> bool:
    """Whether a provider recognised her in this session at the level that counts as second factor."""
    proofs = get_authentication_records(request, request.user)
    return any(proof.get("method") == PROVIDER and proof.get("strong") for proof in proofs)


class SecondFactor(AuthenticateStage):  # type: ignore[misc]
    """The code or the passkey, unless a provider has asked for as much."""

    def _should_handle(self, request: HttpRequest) -> bool:
        proofs = get_authentication_records(request, self.login.user)
        if any(proof.get("method") == PROVIDER and proof.get("strong") for proof in proofs):
            return False
        return bool(super()._should_handle(request))
