"""Papers of the demonstration: invented ones, and they say so."""

from tavolo.documents.actions import add_document
from tavolo.documents.intake import Upload
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.registry.choices import HOLDS_PAPERS
from tavolo.registry.models import Organisation

HERE, CODE = "milano", "comune-di-rozzano"
_TEXT = (
    "Regolamento di prova\n\n"
    "Questo testo è inventato per la dimostrazione e non è un atto di nessun ente.\n"
)


def enter_papers() -> None:
    """A text that everybody reads, and one that is for the network."""
    for title, visibility in (
        ("Regolamento di prova", "public"),
        ("Appunti di prova per la rete", "network"),
    ):
        add_document(
            holder=(HOLDS_PAPERS, Organisation.objects.get(code=CODE).uid),
            network=Network.objects.get(slug=HERE),
            file=Upload(f"{title}.txt", f"{title}\n\n{_TEXT}".encode()),
            title=title,
            visibility=visibility,
            by=OPERATOR,
        )
