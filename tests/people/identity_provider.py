"""A provider of identities that the tests start: a real server with real keys, honest unless it is told otherwise."""

import base64
import hashlib
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "tavolo-prova", "segreto di prova"
LEVEL = "https://www.spid.gov.it/SpidL2"
Claims = dict[str, Any]


@dataclass
class IdentityProvider:
    """`claims` change what it says of whoever comes; `sign` how it says it; `describe` what it says of itself."""

    issuer: str = ""
    claims: Claims = field(default_factory=dict)
    sign: Callable[[Claims], str] | None = None
    describe: dict[str, Any] = field(default_factory=dict)
    keys: dict[str, Any] | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)
    told: list[dict[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.private = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def come(self, address: str) -> dict[str, str]:
        """Somebody signs in there: with what the browser is sent back."""
        asked = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.asked)}"
        self.asked[code] = asked
        return {"code": code, "state": asked["state"]}

    def description(self) -> dict[str, Any]:
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
        } | self.describe

    def jwks(self) -> dict[str, Any]:
        key = json.loads(RSAAlgorithm.to_jwk(self.private.public_key()))
        return self.keys or {"keys": [key | {"kid": "one", "alg": "RS256", "use": "sig"}]}

    def token(self, sent: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """For a code, once, and for whoever has the verifier."""
        self.told.append(sent)
        asked = self.asked.pop(sent.get("code", ""), None)
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge:
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            "iss": self.issuer,
            "sub": "AGID-001",
            "aud": CLIENT,
            "exp": now + 300,
            "iat": now,
            "nonce": asked["nonce"],
            "acr": LEVEL,
            "fiscal_number": "TINIT-RSSMRA80A01H501U",
            "name": "Ada Rossi",
        } | self.claims
        claims = {name: value for name, value in claims.items() if value is not None}
        signed = (self.sign or self.signed)(claims)
        return 200, {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def signed(self, claims: Claims) -> str:
        return jwt.encode(claims, self.private, "RS256", headers={"kid": "one"})


@contextmanager
def started() -> Iterator[IdentityProvider]:
    provider = IdentityProvider()

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = {
                "/jwks": provider.jwks,
                "/.well-known/openid-configuration": provider.description,
            }
            self._say(200, found[self.path]())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._say(*provider.token({name: found[0] for name, found in parse_qs(body).items()}))

        def _say(self, status: int, told: dict[str, Any]) -> None:
            content = json.dumps(told).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_told: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("localhost", 0), Answers)
    provider.issuer = f"http://localhost:{server.server_address[1]}"
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
