"""Templates that come with the package, made in the reader's language: a letter, and one of transmission."""

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tavolo.kernel.errors import Sentence
from tavolo.kernel.plugs import Registry

Line = tuple[str, str]
HEAD, PLAIN, ENTRY = "head", "plain", "entry"


@dataclass(frozen=True)
class ReadyTemplate:
    """`lines`: heading, paragraphs and entries of lists, with their fields."""

    key: str
    slug: str
    label: Sentence
    lines: Callable[[], Iterator[Line]]


ready_templates: Registry[ReadyTemplate] = Registry("ready template")


def _letter() -> Iterator[Line]:
    yield from _opening()
    yield PLAIN, _("Dear all,")
    yield PLAIN, _("(Write here what you have to say.)")
    yield from _closing()


def _transmission() -> Iterator[Line]:
    yield from _opening()
    yield PLAIN, _("Please find attached what is listed here.")
    yield ENTRY, "{{ documenti.titolo }}, {{ documenti.data }}"
    yield PLAIN, _("We remain at your disposal for whatever is needed.")
    yield from _closing()


def _opening() -> Iterator[Line]:
    yield HEAD, "{{ rete }}"
    yield PLAIN, "{{ rete_frase }}"
    yield PLAIN, "{{ data }}"
    yield PLAIN, _("To: {{ organizzazione }}")
    yield PLAIN, "{{ indirizzo }}"
    yield PLAIN, "{{ pec }}"
    yield PLAIN, _("For the attention of {{ referenti.nome }}, {{ referenti.funzione }}")
    yield PLAIN, _("Subject: (write it here)")


def _closing() -> Iterator[Line]:
    yield PLAIN, _("Kind regards")
    yield PLAIN, "{{ firma }}"
    yield PLAIN, _("Secretariat of {{ rete }}")
    yield PLAIN, "{{ rete_email }}"


ready_templates.add(
    ReadyTemplate(
        "member_letter",
        "lettera-a-un-organizzazione",
        gettext_lazy("Letter to an organisation"),
        _letter,
    )
)
ready_templates.add(
    ReadyTemplate(
        "transmission",
        "lettera-di-trasmissione",
        gettext_lazy("Letter of transmission"),
        _transmission,
    )
)


def written(template: ReadyTemplate, ending: str) -> bytes:
    """The template as a file that can be changed and brought back: "odt" or "docx"."""
    return (_docx if ending == "docx" else _odt)(list(template.lines()))


def _odt(lines: list[Line]) -> bytes:
    import odfdo  # heavy, and needed here alone

    made = odfdo.Document("text")
    made.body.clear()
    shapes: dict[str, Callable[[str], odfdo.Element]] = {
        HEAD: lambda text: odfdo.Header(1, text),
        PLAIN: odfdo.Paragraph,
        ENTRY: lambda text: odfdo.List([text]),
    }
    for shape, text in lines:
        made.body.append(shapes[shape](text))
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _docx(lines: list[Line]) -> bytes:
    import docx  # likewise

    made = docx.Document()
    styles = {HEAD: "Heading 1", PLAIN: None, ENTRY: "List Bullet"}
    for shape, text in lines:
        made.add_paragraph(text, style=styles[shape])
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()
