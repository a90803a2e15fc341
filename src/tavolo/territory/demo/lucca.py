"""Lucca: health and social zones, schools that divide the valley otherwise, authorities that merged."""

from datetime import date

from tavolo.territory.demo.parts import Districts, Land

PLAIN = "Altopascio, Capannori, Lucca, Montecarlo, Pescaglia, Porcari, Villa Basilica"
VERSILIA = """Camaiore, Forte dei Marmi, Massarosa, Pietrasanta, Seravezza, Stazzema,
    Viareggio"""
MIDDLE_VALLEY = "Bagni di Lucca, Barga, Borgo a Mozzano, Coreglia Antelminelli"
GARFAGNANA = """Camporgiano, Careggine, Castelnuovo di Garfagnana, Castiglione di Garfagnana,
    Fabbriche di Vergemoli, Fosciandora, Gallicano, Minucciano, Molazzana, Piazza al Serchio,
    Pieve Fosciana, San Romano in Garfagnana, Sillano Giuncugnano, Vagli Sotto,
    Villa Collemandina"""

LUCCA = Land(
    place=("province", "046"),
    districts=(
        Districts(
            "health_social_district",
            date(2005, 1, 1),
            "Zona socio-sanitaria %s",
            {
                "Piana di Lucca": PLAIN,
                "Valle del Serchio": f"{MIDDLE_VALLEY}, {GARFAGNANA}",
                "Versilia": VERSILIA,
            },
        ),
        Districts(
            "education_area",
            date(2012, 9, 1),
            "Ambito scolastico %s",
            {
                "Garfagnana": GARFAGNANA,
                "Lucca e Media Valle": f"{PLAIN}, {MIDDLE_VALLEY}",
                "Versilia": VERSILIA,
            },
        ),
        Districts(
            "local_health_authority",
            date(1995, 1, 1),
            "Azienda USL %s",
            {
                "2 Lucca": f"{PLAIN}, {MIDDLE_VALLEY}, {GARFAGNANA}",
                "12 Versilia": VERSILIA,
                "Toscana nord ovest": "",
            },
            changes=(
                (
                    date(2016, 1, 1),
                    "Toscana nord ovest",
                    f"{PLAIN}, {MIDDLE_VALLEY}, {GARFAGNANA}, {VERSILIA}",
                ),
            ),
            heirs={"2 Lucca": "Toscana nord ovest", "12 Versilia": "Toscana nord ovest"},
        ),
        Districts(
            "municipal_union",
            date(2012, 1, 1),
            "Unione dei comuni %s",
            {
                "Garfagnana": GARFAGNANA,
                "Media Valle del Serchio": MIDDLE_VALLEY,
                "Versilia": "Camaiore, Massarosa, Seravezza, Stazzema",
            },
        ),
    ),
)
