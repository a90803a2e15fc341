"""Invented examples of each component, for the gallery and the tests; they name no real person or place."""

from datetime import date

from tavolo.kernel.dates import PartialDate
from tavolo.ui.components.badge import Badge
from tavolo.ui.components.base import Component
from tavolo.ui.components.breadcrumbs import Breadcrumbs, Crumb
from tavolo.ui.components.card import Card, CardLink, Term
from tavolo.ui.components.chain import Chain, Link
from tavolo.ui.components.chart import Chart, Series
from tavolo.ui.components.empty_state import EmptyState
from tavolo.ui.components.facts import Fact, Facts
from tavolo.ui.components.map import KeyEntry, Map, MapLabel, Pin, Shape, ViewBox
from tavolo.ui.components.matrix import Crossing, Head, Matrix, MatrixRow
from tavolo.ui.components.patterns import PATTERNS
from tavolo.ui.components.stepper import Step, Stepper
from tavolo.ui.components.table import Cell, Column, Filter, Option, Paging, Row, Table
from tavolo.ui.components.tabs import Tab, Tabs
from tavolo.ui.components.timeline import Moment, Timeline
from tavolo.ui.web.sample_forms import confirmation, empty_form, wrong_form
from tavolo.ui.web.sample_graph import sample_graph
from tavolo.ui.words import Missing


def samples() -> dict[str, tuple[Component, ...]]:
    """The components of each kind, by the name that a template uses."""
    return {
        "breadcrumbs": (_breadcrumbs(),),
        "badge": _badges(),
        "facts": _facts(),
        "card": _cards(),
        "timeline": (_timeline(),),
        "chain": (_chain(),),
        "stepper": (_stepper(),),
        "tabs": (_tabs(),),
        "table": _tables(),
        "empty_state": (_empty(),),
        "form_view": (wrong_form(), empty_form()),
        "confirmation": (confirmation(),),
        "map": (sample_map(), shaded_map()),
        "graph": (sample_graph(),),
        "matrix": (_matrix(),),
        "chart": _charts(),
    }


def _breadcrumbs() -> Breadcrumbs:
    return Breadcrumbs(
        (Crumb("Rete di prova", "#rete"), Crumb("Attività", "#attivita")), "Avviso 2026/2"
    )


def _badges() -> tuple[Component, ...]:
    return (
        Badge("on", "In attività", "dal 30 giugno 2015"),
        Badge("wait", "Alla firma, 6 di 9", "si attende la Prefettura"),
        Badge("draft", "In bozza"),
        Badge("over", "Scaduto", "nel 2010"),
        Badge("done", "Approvato"),
        Badge("late", "Scaduto da 3 giorni"),
        Badge("not", "Non ammesso"),
        Badge("off", "Non ancora cominciato"),
        Badge("left", "Uscita dalla riunione", "alle 16.20"),
    )


def _facts() -> tuple[Component, ...]:
    return (
        Facts(
            (
                Fact("associazioni aderenti", 54, "all’avvio, 30 giugno 2015", "#associazioni"),
                Fact("residenti", 3214630, "al 1° gennaio 2023"),
                Fact("posti in accoglienza", Missing.PROTECTED),
            )
        ),
        Facts((Fact("centri antiviolenza", 0), Fact("residenti nel 2014", Missing.UNKNOWN))),
    )


def _cards() -> tuple[Component, ...]:
    return (
        Card(
            "L’avviso in breve",
            terms=(
                Term(
                    "Chi può rispondere",
                    "Associazioni e sindacati",
                    "I comuni aderiscono per scelta",
                ),
                Term("Posti", "Senza limite"),
            ),
            links=(CardLink("Testo dell’avviso (PDF/A, 240 kB)", "#testo"),),
        ),
        Card(
            "Rete di prova",
            href="#rete",
            text="Tavolo permanente con cinque gruppi.",
            badge=Badge("on", "In attività"),
            level=3,
        ),
    )


def _timeline() -> Timeline:
    return Timeline(
        (
            Moment(
                PartialDate(2015),
                "Avviso pubblico",
                "Si manifesta interesse.",
                "#avviso",
                "giorno non indicato dalla fonte",
            ),
            Moment(date(2015, 6, 30), "Avvio dei lavori", "Aderiscono 54 associazioni."),
            Moment(PartialDate(None, 3, 9), "Si avvia il coordinamento"),
            Moment(
                "oggi",
                "Protocollo",
                href="#protocollo",
                badge=Badge("wait", "alla firma, 6 di 9"),
                now=True,
            ),
        )
    )


def _chain() -> Chain:
    return Chain(
        (
            Link("Avviso 2015/3", "#avviso"),
            Link("Tavolo", here=True),
            Link("Riunione 12", "#riunione"),
            Link("Decisione 10", "#decisione"),
            Link("Protocollo", "#protocollo"),
            Link("Indicatore"),
        )
    )


def _stepper() -> Stepper:
    titles = (
        "Chi può aderire",
        "L’organizzazione",
        "Gruppi e persone",
        "Documenti",
        "Controlla e invia",
    )
    return Stepper(
        "Passi della domanda",
        tuple(Step(title, f"#passo-{at}") for at, title in enumerate(titles, 1)),
        2,
    )


def _tabs() -> Tabs:
    return Tabs(
        "Che cosa mostra la carta",
        (
            Tab("Centri", "#centri"),
            Tab("Ore coperte", "#ore", current=True),
            Tab("Bisogni aperti", "#bisogni", count=22),
        ),
    )


def _empty() -> EmptyState:
    return EmptyState(
        "Non c’è ancora nessun avviso",
        "Qui staranno gli avvisi aperti e chiusi, dal più recente. Si comincia scrivendone uno in bozza.",
        (CardLink("Scrivi un avviso", "#scrivi"), CardLink("Come funziona un avviso", "#come")),
    )


def _tables() -> tuple[Component, ...]:
    columns = (
        Column("Comune"),
        Column("Residenti", numeric=True),
        Column("Posti", numeric=True),
        Column("Stato del protocollo", short="Protocollo"),
    )
    rows = (
        Row.of(
            Cell("Borgo Alto", "#borgo-alto", "dal 2016"),
            9635,
            Missing.NOT_FORESEEN,
            Badge("on", "in vigore"),
        ),
        Row.of(
            Cell("Castel di Prova", "#castel"),
            1204,
            Missing.PROTECTED,
            Badge("over", "scaduto", "nel 2010"),
        ),
        Row.of(Cell("Pieve del Piano", "#pieve"), None, 0, Missing.UNKNOWN),
    )
    return (
        Table(
            "Comuni del distretto di prova",
            columns,
            rows,
            _empty(),
            key="comuni",
            paging=Paging(3, 1133, "?before=x", "?after=y"),
            filters=(
                Filter(
                    "stato", "Stato", "on", (Option("on", "in vigore"), Option("over", "scaduto"))
                ),
                Filter("nome", "Nome", ""),
            ),
            exports=(CardLink("Tutti in CSV", "#csv"),),
            foot=Row.of("Distretto", 10839, Missing.PROTECTED, "1 in vigore"),
        ),
        Table("Nessuna riga", columns, (), _empty(), key="vuota"),
    )


def shaded_map() -> Map:
    """A square of every pattern, in a row."""
    return Map(
        "Quadrati di prova per motivo",
        tuple(
            Shape(
                f"M{column * 10000} 0h10000v10000h-10000z",
                f"Quadrato {column + 1}",
                f"#quadrato-{column + 1}",
                css,
                ref=f"q{column + 1}",
            )
            for column, css in enumerate(PATTERNS)
        ),
        ViewBox.around((0, 0, 10000 * len(PATTERNS), 10000)),
        key="motivi",
        legend=tuple(KeyEntry(css, css[2:], 1) for css in PATTERNS),
        legend_title="Motivi, uno per classe",
    )


def _matrix() -> Matrix:
    return Matrix(
        "Comuni condivisi",
        "Distretti / Ambiti",
        (Head("Ambito Uno", "#uno", "3 comuni"), Head("Ambito Due", note="2 comuni")),
        (
            MatrixRow(
                Head("Distretto Alto", "#alto", "3 comuni"),
                (Crossing(3, "la stessa area"), Crossing(0)),
            ),
            MatrixRow(Head("Distretto Basso"), (Crossing(0), Crossing(2))),
        ),
        key="prova-matrice",
    )


def sample_map() -> Map:
    """Six squares in metres, with all shades, a line, labels and pins."""
    shades = ("m-1", "m-3", "m-5", "m-unknown", "m-kept", "m-here")
    shapes = tuple(
        Shape(
            f"M{column * 10000} {row * 10000}h10000v10000h-10000z",
            f"Comune {row * 3 + column + 1}",
            f"#comune-{row * 3 + column + 1}",
            shades[row * 3 + column],
            "9.635 residenti",
        )
        for row in range(2)
        for column in range(3)
    )
    outline = Shape("M0 0H20000V20000H0z", css="m-dash")
    return Map(
        "Sei comuni di prova, uno per ogni tinta",
        (*shapes, outline),
        ViewBox.around((-6000, -2000, 32000, 22000)),
        key="prova",
        labels=(
            MapLabel("Chiaro", (5000, 5000)),
            MapLabel("Scuro", (25000, 5000), light=True),
            MapLabel("Qui", (24000, 15000), light=True, dot=True, anchor="start"),
        ),
        pins=(Pin("1", "Rete di prova", (5000, 8000), (-3000, 3000), "#rete", spot=True),),
        legend=(
            KeyEntry("m-1", "meno di 15 %", 1),
            KeyEntry("m-3", "15–54 %", 1),
            KeyEntry("m-5", "55 % e oltre", 1),
            KeyEntry("m-unknown", "non determinabile", 1),
            KeyEntry("m-kept", "protetto", 1),
            KeyEntry("m-dash", "distretto culturale"),
        ),
        caption="Confini di prova.",
        list_href="#comuni",
    )


def _charts() -> tuple[Component, ...]:
    return (
        Chart(
            "Servizi per comune",
            "bars",
            ("Borgo Alto", "Castel di Prova", "Pieve del Piano", "San Giovanni in Valle Superiore"),
            (Series("Servizi", (12, 1240, Missing.UNKNOWN, 0)),),
            key="servizi",
            unit="numero di servizi attivi al 22 novembre 2026",
            source="Fonte: dati di prova.",
        ),
        Chart(
            "Accessi ai centri",
            "lines",
            tuple(str(year) for year in range(2016, 2026)),
            (
                Series("Centro A", (10, 14, 18, Missing.UNKNOWN, 22, 30, 28, 35, 41, 44)),
                Series("Centro B", (4, 6, 5, 9, 12, 15, 15, 18, 20, 26)),
            ),
            key="accessi",
            unit="persone all’anno",
        ),
    )
