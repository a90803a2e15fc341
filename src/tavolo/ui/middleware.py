"""What surrounds every request: headers, the check of its origin, refusals turned into pages, a log line."""

import logging
import time
from collections.abc import Callable
from ipaddress import ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tavolo.kernel.errors import ForeignRequest, NotFound, Refusal, SignInNeeded
from tavolo.ui.web.errors import not_found

Handler = Callable[[HttpRequest], HttpResponseBase]

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Everything comes from here; the kit's stylesheet carries its small pictures as data.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

logger = logging.getLogger("tavolo.requests")


class SafeHeaders:
    """A strict content policy without exception, and what else tells a browser to keep to itself."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), interest-cohort=()"
        )
        response.headers.setdefault("X-Frame-Options", "DENY")
        return response


class SameOrigin:
    """Carries out a request that changes something only where a page of this site sent it.

    The browser's own word is asked: Sec-Fetch-Site, else Origin, else Referer; a request that brings none
    of the three is refused. So no form needs a cookie (docs/decisions/0021).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method not in SAFE_METHODS and not is_ours(request):
            return refuse(request, ForeignRequest())
        return self.get_response(request)


def is_ours(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    told = request.headers.get("Origin") or request.headers.get("Referer")
    if told is None:
        return site == "same-origin"
    origin = urlsplit(told)
    return (origin.scheme, origin.netloc) == (request.scheme, request.get_host())


class Refusals:
    """Turns a refusal into a page, so that views need no try and except."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, exception) if isinstance(exception, Refusal) else None


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal: what is wrong and what to do; 404 has one body, whatever its reason."""
    if isinstance(refusal, NotFound):
        return not_found(request)
    if isinstance(refusal, SignInNeeded):
        return HttpResponseRedirect(
            f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}"
        )
    return render(request, "refusal.html", {"refusal": refusal}, status=refusal.status)


class RequestLog:
    """One line a request, without address, query or name; behind trusted proxies the client's own address."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.proxies = [ip_network(proxy) for proxy in settings.TAVOLO_TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.trust(request)
        began = time.perf_counter()
        response = self.get_response(request)
        logger.info(
            "request",
            extra={
                "method": request.method,
                "route": getattr(request.resolver_match, "route", ""),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response

    def trust(self, request: HttpRequest) -> None:
        """Believe forwarding headers from a trusted proxy alone; drop them from anybody else."""
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        if not self._from_proxy(request.META.get("REMOTE_ADDR", "")):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            return
        # The last hop that is not a proxy of ours is the client; what stands before it, anybody may write.
        for hop in reversed([part.strip() for part in forwarded.split(",") if part.strip()]):
            request.META["REMOTE_ADDR"] = hop
            if not self._from_proxy(hop):
                return

    def _from_proxy(self, address: str) -> bool:
        try:
            return any(ip_address(address) in proxy for proxy in self.proxies)
        except ValueError:
            return False
