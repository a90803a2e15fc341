"""The one exception to "nobody frames our pages": what is made to stand within the site of another."""

from typing import TypeVar

from django.http import HttpResponse

R = TypeVar("R", bound=HttpResponse)

# A style of ours and nothing else: no script, no picture, no form.
FRAMED_POLICY = "; ".join(  # noqa: FLY002  one rule a line
    (
        "default-src 'none'",
        "style-src 'self'",
        "form-action 'none'",
        "base-uri 'none'",
        "frame-ancestors *",
    )
)


def framed_anywhere(response: R) -> R:
    """The answer, which any site may frame; it may be kept for five minutes."""
    response.headers["Content-Security-Policy"] = FRAMED_POLICY
    response.headers["Cache-Control"] = "public, max-age=300"
    response.xframe_options_exempt = True  # as Django calls it
    return response
