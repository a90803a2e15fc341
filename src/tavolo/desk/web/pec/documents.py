"""The segnatura of a document that has its number: a PEC, whose content is kept byte for byte."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tavolo.desk.web.pec.here import thing_here
from tavolo.kernel.errors import NotFound
from tavolo.kernel.models import Network
from tavolo.messages.models import PecMessage
from tavolo.messages.pec import queries, segnatura
from tavolo.messages.pec.actions import Numbering
from tavolo.people.web.access import work_area

LETTER = "message/rfc822"


@work_area
@require_safe
def write_segnatura(request: HttpRequest, slug: str, kind: str, uid: UUID) -> HttpResponse:
    """Segnatura.xml, to be sealed by the AOO. Refuses with NotFound, CodesMissing."""
    here, plug, thing = thing_here(request, slug, kind, uid)
    stands, document = queries.number_of(here, plug.key, uid), DOCUMENTS.get(plug.key)
    if stands is None or document is None:
        raise NotFound
    told = Numbering(
        stands.number, stands.day, stands.register, stands.administration, stands.office
    )
    name, digest = document(here, uid)
    outgoing = segnatura.Outgoing(thing.title, name, LETTER, digest, here.name)
    answer = HttpResponse(segnatura.written(told, outgoing), content_type="application/xml")
    answer["Content-Disposition"] = 'attachment; filename="Segnatura.xml"'
    return answer


def _pec(network: Network, uid: UUID) -> tuple[str, str]:
    row = PecMessage.objects.get(network=network, uid=uid)
    return f"{row.code}.eml", row.content_id


# Name and digest (SHA-256) of the document behind a thing, by the key of its kind. A letter has none: its
# personal links stand only in what left.
DOCUMENTS: dict[str, Callable[[Network, UUID], tuple[str, str]]] = {
    queries.PECS: _pec,
}
