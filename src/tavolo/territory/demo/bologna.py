"""Bologna: three partitions of the same 55 municipalities that do not coincide, and what else divides it."""

from datetime import date

from tavolo.territory.demo.parts import Districts, Land

CITY = "Bologna"
PLAIN_WEST = """Anzola dell'Emilia, Calderara di Reno, Crevalcore, Sala Bolognese,
    San Giovanni in Persiceto, Sant'Agata Bolognese"""
RENO = "Casalecchio di Reno, Monte San Pietro, Sasso Marconi, Valsamoggia, Zola Predosa"
RENO_GALLIERA = """Argelato, Bentivoglio, Castello d'Argile, Castel Maggiore, Galliera,
    Pieve di Cento, San Giorgio di Piano, San Pietro in Casale"""
PLAIN_EAST = f"""{RENO_GALLIERA}, Baricella, Budrio, Castenaso, Granarolo dell'Emilia, Malalbergo,
    Minerbio, Molinella"""
IMOLA = """Borgo Tossignano, Casalfiumanese, Castel del Rio, Castel Guelfo di Bologna,
    Castel San Pietro Terme, Dozza, Fontanelice, Imola, Medicina, Mordano"""
MOUNTAIN = """Alto Reno Terme, Camugnano, Castel d'Aiano, Castel di Casio, Castiglione dei Pepoli,
    Gaggio Montano, Grizzana Morandi, Lizzano in Belvedere, Marzabotto, Monzuno,
    San Benedetto Val di Sambro, Vergato"""
SAVENA = "Loiano, Monghidoro, Monterenzio, Ozzano dell'Emilia, Pianoro, San Lazzaro di Savena"

BOLOGNA = Land(
    place=("metropolitan_city", "237"),
    districts=(
        Districts(
            "health_social_district",
            date(2005, 1, 1),
            "Distretto socio-sanitario %s",
            {
                "Appennino Bolognese": MOUNTAIN,
                "Città di Bologna": CITY,
                "Imola": IMOLA,
                "Pianura Est": PLAIN_EAST,
                "Pianura Ovest": PLAIN_WEST,
                "Reno Lavino Samoggia": RENO,
                "Savena-Idice": SAVENA,
            },
        ),
        Districts(
            "cultural_district",
            date(2013, 3, 1),
            "Distretto culturale %s",
            {
                "Bologna città": CITY,
                "Idice e Sillaro": """Budrio, Castel Guelfo di Bologna, Castel San Pietro Terme,
                    Castenaso, Medicina, Molinella, Monterenzio, Ozzano dell'Emilia,
                    San Lazzaro di Savena""",
                "Montagna": """Alto Reno Terme, Camugnano, Castel d'Aiano, Castel di Casio,
                    Castiglione dei Pepoli, Gaggio Montano, Grizzana Morandi,
                    Lizzano in Belvedere, Loiano, Monghidoro, San Benedetto Val di Sambro,
                    Vergato""",
                "Pianura": f"""{PLAIN_WEST}, {RENO_GALLIERA}, Baricella, Granarolo dell'Emilia,
                    Malalbergo, Minerbio""",
                "Reno e Setta": f"{RENO}, Marzabotto, Monzuno, Pianoro",
                "Santerno": """Borgo Tossignano, Casalfiumanese, Castel del Rio, Dozza,
                    Fontanelice, Imola, Mordano""",
            },
            changes=((date(2019, 1, 1), "Reno e Setta", "Anzola dell'Emilia"),),
        ),
        Districts(
            "education_area",
            date(2012, 9, 1),
            "Ambito scolastico %s",
            {
                "Bologna 1": CITY,
                "Bologna 2": f"""{PLAIN_WEST}, {RENO}, Argelato, Castello d'Argile,
                    Pieve di Cento""",
                "Bologna 3": """Baricella, Bentivoglio, Budrio, Castel Maggiore, Castenaso,
                    Galliera, Granarolo dell'Emilia, Malalbergo, Minerbio, Molinella,
                    Monterenzio, Ozzano dell'Emilia, San Giorgio di Piano,
                    San Lazzaro di Savena, San Pietro in Casale""",
                "Bologna 4": IMOLA,
                "Bologna 5": f"{MOUNTAIN}, Loiano, Monghidoro, Pianoro",
            },
        ),
        Districts(
            "local_health_authority",
            date(2004, 1, 1),
            "Azienda USL di %s",
            {
                "Bologna": f"""{CITY}, {PLAIN_WEST}, {RENO}, {PLAIN_EAST}, {MOUNTAIN},
                    {SAVENA}""",
                "Imola": IMOLA,
            },
        ),
        Districts(
            "municipal_union",
            date(2014, 1, 1),
            "Unione dei comuni %s",
            {
                "Appennino Bolognese": """Castel d'Aiano, Castel di Casio,
                    Castiglione dei Pepoli, Gaggio Montano, Grizzana Morandi, Marzabotto,
                    Monzuno, San Benedetto Val di Sambro, Vergato""",
                "Reno Galliera": RENO_GALLIERA,
                "Savena-Idice": "Loiano, Monghidoro, Monterenzio, Ozzano dell'Emilia, Pianoro",
                "Terre di Pianura": """Baricella, Budrio, Granarolo dell'Emilia, Malalbergo,
                    Minerbio""",
                "Terred’Acqua": PLAIN_WEST,
                "Valli del Reno, Lavino e Samoggia": RENO,
            },
        ),
    ),
)
