"""OpenID Connect, as much of it as one needs to learn who came: code flow, PKCE, state, nonce.

Everything that a provider says is checked here, its signature always; what leaves this module is an
issuer, a subject and a level. Names, tax codes and addresses that came along are never looked at.
"""

import base64
import hashlib
import json
import logging
import secrets
from dataclasses import dataclass
from hmac import compare_digest
from typing import Any, Final
from urllib.parse import urlencode, urlsplit

import jwt
import requests
from django.conf import settings

from tavolo.people.errors import LevelTooLow, ProviderFailed

logger = logging.getLogger("tavolo.people")

PATIENCE: Final = 5  # seconds
LONGEST: Final = 200_000  # bytes of an answer
LONGEST_SUBJECT: Final = 255  # signs, as OpenID Connect says
LEEWAY: Final = 60  # seconds between two clocks
# Signatures by a private key alone: neither none nor a shared secret.
SIGNED_BY: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA")
NEEDED: Final = ("iss", "sub", "aud", "exp", "iat", "nonce")
WELL_KNOWN: Final = "/.well-known/openid-configuration"


@dataclass(frozen=True)
class Provider:
    """As the environment tells it. With `levels`, one of them is asked for and needed, and counts as second factor."""

    key: str
    name: str
    issuer: str
    client_id: str
    secret: str
    scope: str = "openid"
    levels: tuple[str, ...] = ()

    @property
    def is_strong(self) -> bool:
        return bool(self.levels)

    @property
    def host(self) -> str:
        return urlsplit(self.issuer).hostname or ""


@dataclass(frozen=True)
class Begun:
    """Where to send her, and what has to be remembered until she comes back."""

    address: str
    kept: dict[str, str]


@dataclass(frozen=True)
class Known:
    """Who came, as the provider names her."""

    issuer: str
    subject: str


def providers() -> list[Provider]:
    """Those of this installation, in the order of the environment."""
    return [Provider(**told) for told in settings.TAVOLO_IDENTITY_PROVIDERS]


def provider_called(key: str) -> Provider | None:
    return next((each for each in providers() if each.key == key), None)


def begin(provider: Provider, *, back: str) -> Begun:
    """The way to the provider; `back` is the whole address to which it answers. Refuses with ProviderFailed."""
    kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
    digest = hashlib.sha256(kept["verifier"].encode()).digest()
    asked = {
        "response_type": "code",
        "client_id": provider.client_id,
        "redirect_uri": back,
        "scope": provider.scope,
        "state": kept["state"],
        "nonce": kept["nonce"],
        "code_challenge": base64.urlsafe_b64encode(digest).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    } | ({"acr_values": " ".join(provider.levels)} if provider.levels else {})
    where = _endpoint(_described(provider), "authorization_endpoint")
    joint = "&" if urlsplit(where).query else "?"
    return Begun(f"{where}{joint}{urlencode(asked)}", kept)


def finish(provider: Provider, *, code: str, kept: dict[str, str], back: str) -> Known:
    """Who came with that code. Refuses with ProviderFailed, and LevelTooLow."""
    described = _described(provider)
    token = _exchanged(provider, described, code, kept["verifier"], back)
    claims = _checked(provider, _keys(described), token)
    if not compare_digest(str(claims["nonce"]).encode(), kept["nonce"].encode()):
        raise _failed("nonce")
    if provider.levels and claims.get("acr") not in provider.levels:
        raise LevelTooLow
    return Known(provider.issuer, str(claims["sub"]))


def _described(provider: Provider) -> dict[str, Any]:
    found = _read("GET", provider.issuer.rstrip("/") + WELL_KNOWN)
    if found.get("issuer") != provider.issuer:
        raise _failed("issuer of the description")
    return found


def _endpoint(described: dict[str, Any], name: str) -> str:
    where = described.get(name)
    if not isinstance(where, str) or not _is_safe(where):
        raise _failed(name)
    return where


def _is_safe(address: str) -> bool:
    try:
        told = urlsplit(address)
    except ValueError:
        return False
    return told.scheme == "https" or (told.scheme == "http" and told.hostname == "localhost")


def _exchanged(
    provider: Provider, described: dict[str, Any], code: str, verifier: str, back: str
) -> str:
    sent = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": verifier,
    }
    ways = described.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
    secret = {"client_id": provider.client_id, "client_secret": provider.secret}
    where = _endpoint(described, "token_endpoint")
    if "client_secret_basic" in ways:
        found = _read("POST", where, data=sent, auth=tuple(secret.values()))
    else:
        found = _read("POST", where, data=sent | secret)
    token = found.get("id_token")
    if not isinstance(token, str):
        raise _failed("no id_token")
    return token


def _keys(described: dict[str, Any]) -> jwt.PyJWKSet:
    found = _read("GET", _endpoint(described, "jwks_uri"))
    try:
        return jwt.PyJWKSet.from_dict(found)
    except (jwt.PyJWTError, TypeError, ValueError) as fault:
        raise _failed("keys") from fault


def _checked(provider: Provider, keys: jwt.PyJWKSet, token: str) -> dict[str, Any]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        fitting = [key for key in keys.keys if kid is None or key.key_id == kid]
        if len(fitting) != 1:
            raise _failed("key")
        claims: dict[str, Any] = jwt.decode(
            token,
            fitting[0].key,
            algorithms=list(SIGNED_BY),
            audience=provider.client_id,
            issuer=provider.issuer,
            leeway=LEEWAY,
            options={"require": list(NEEDED)},
        )
    except (jwt.PyJWTError, TypeError, ValueError, ArithmeticError, RecursionError) as fault:
        raise _failed("id_token") from fault
    if (
        isinstance(claims["aud"], list)
        and claims.get("azp", provider.client_id) != provider.client_id
    ):
        raise _failed("azp")
    subject = str(claims["sub"])
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or not subject.isprintable():
        raise _failed("sub")
    return claims


def _read(method: str, address: str, **more: Any) -> dict[str, Any]:
    """An answer in JSON: no redirect is followed, none is waited for long, none is read without end."""
    if not _is_safe(address):
        raise _failed("address")
    try:
        with requests.request(
            method, address, timeout=PATIENCE, allow_redirects=False, stream=True, **more
        ) as answer:
            content = answer.raw.read(LONGEST + 1, decode_content=True)
            found = json.loads(content) if len(content) <= LONGEST else None
            good = answer.status_code == requests.codes.ok
    except (requests.RequestException, OSError, ValueError, RecursionError) as fault:
        raise _failed("answer") from fault
    if not good or not isinstance(found, dict):
        raise _failed("answer")
    return found


def _failed(what: str) -> ProviderFailed:
    logger.warning("an identity provider's answer is not used", extra={"kind": what})
    return ProviderFailed()
