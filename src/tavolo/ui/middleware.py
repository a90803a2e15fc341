"""What surrounds every request: headers, the check of its origin, refusals turned into pages, a log line."""

import logging
import time
from collections.abc import Callable
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from tavolo.kernel.errors import ForeignRequest, NotFound, Refusal, SignInNeeded
from tavolo.ui.api.problems import is_api, problem
from tavolo.ui.web.errors import not_found

Handler = Callable[[HttpRequest], HttpResponseBase]

Address = IPv4Address | IPv6Address

SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
METHODS = SAFE_METHODS | {"POST", "PUT", "PATCH", "DELETE"}
# Everything comes from here; the kit's stylesheet carries its small pictures as data.
POLICY = "; ".join(  # noqa: FLY002  one rule a line
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
    """A strict content policy, and what else tells a browser to keep to itself.

    The one exception is what is made to be framed (`framing.framed_anywhere`).
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()"
        )
        if not getattr(response, "xframe_options_exempt", False):
            response.headers.setdefault("X-Frame-Options", "DENY")
        return response


class SameOrigin:
    """Carries out a request that changes something only where a page of this site sent it.

    The browser's own word is asked: Sec-Fetch-Site, else Origin, else Referer; a request that brings none
    of the three is refused. So no form needs a cookie (docs/decisions/0021). Under `/api/` nobody is known by
    a cookie, so there is nothing that another site could make a reader's browser do.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        changes = request.method not in SAFE_METHODS and not is_api(request.path_info)
        if changes and not is_ours(request):
            return refuse(request, ForeignRequest())
        return self.get_response(request)


def is_ours(request: HttpRequest) -> bool:
    """Whether the browser says that a page of this very origin sent the request."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None and site != "same-origin":
        return False
    ours = own_origin(request)
    told, page = request.headers.get("Origin"), request.headers.get("Referer")
    if told:
        return told == ours
    if page:
        return page == ours or page.startswith(f"{ours}/")
    return site == "same-origin"


def own_origin(request: HttpRequest) -> str:
    """The origin of this site as browsers write it: in lower case, without the scheme's own port."""
    scheme = request.scheme or "http"
    host = request.get_host().lower().removesuffix({"http": ":80", "https": ":443"}[scheme])
    return f"{scheme}://{host}"


class Refusals:
    """Turns a refusal into a page, so that views need no try and except."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return refuse(request, exception) if isinstance(exception, Refusal) else None


def refuse(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """The page of a refusal: what is wrong and what to do; 404 has one body, whatever its reason.

    Under `/api/` it is a problem, which programs can read.
    """
    if is_api(request.path_info):
        return problem(request, refusal)
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
        self.proxies = [_network(proxy) for proxy in settings.TAVOLO_TRUSTED_PROXIES]

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        self.trust(request)
        began = time.perf_counter()
        response = self.get_response(request)
        logger.info(
            "request",
            extra={
                "method": request.method if request.method in METHODS else "other",
                "route": getattr(request.resolver_match, "route", ""),
                "status": response.status_code,
                "milliseconds": round((time.perf_counter() - began) * 1000, 1),
            },
        )
        return response

    def trust(self, request: HttpRequest) -> None:
        """Believe forwarding headers from a trusted proxy alone; drop them from anybody else."""
        forwarded = request.META.pop("HTTP_X_FORWARDED_FOR", "")
        if not self._from_proxy(_address(request.META.get("REMOTE_ADDR", ""))):
            request.META.pop("HTTP_X_FORWARDED_PROTO", None)
            return
        # The last hop that is not a proxy of ours is the client; what stands before it, anybody may write.
        for hop in reversed(forwarded.split(",")):
            address = _address(hop)
            if address is None:
                return
            request.META["REMOTE_ADDR"] = str(address)
            if not self._from_proxy(address):
                return

    def _from_proxy(self, address: Address | None) -> bool:
        return address is not None and any(address in proxy for proxy in self.proxies)


def _network(proxy: str) -> IPv4Network | IPv6Network:
    try:
        return ip_network(proxy, strict=False)
    except ValueError as fault:
        raise ImproperlyConfigured(
            f"TAVOLO_TRUSTED_PROXIES names no address or network: {proxy!r}."
        ) from fault


def _address(text: str) -> Address | None:
    """An address as proxies write it: bare, with a port, in brackets, or an IPv4 one dressed as IPv6."""
    for form in (str, _without_port):
        try:
            address = ip_address(form(text.strip()))
        except ValueError:
            continue
        return getattr(address, "ipv4_mapped", None) or address
    return None


def _without_port(text: str) -> str:
    return urlsplit(f"//{text}").hostname or ""
