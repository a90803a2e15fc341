"""Milano: social planning areas, health and social districts, and schools that divide the city itself.

San Colombano al Lambro plans with Lodi, so it lies in no social planning area of this territory.
"""

from datetime import date

from tavolo.territory.demo.parts import Districts, Land

CITY = "Milano"
SESTO = "Cologno Monzese, Sesto San Giovanni"
CINISELLO = "Bresso, Cinisello Balsamo, Cormano, Cusano Milanino"
GARBAGNATE = """Baranzate, Bollate, Cesate, Garbagnate Milanese, Novate Milanese,
    Paderno Dugnano, Senago, Solaro"""
RHO = """Arese, Cornaredo, Lainate, Nerviano, Pero, Pogliano Milanese, Pregnana Milanese, Rho,
    Settimo Milanese, Vanzago"""
CORSICO = "Assago, Buccinasco, Cesano Boscone, Corsico, Cusago, Trezzano sul Naviglio"
VISCONTI = """Basiglio, Binasco, Casarile, Lacchiarella, Locate di Triulzi, Noviglio, Opera,
    Pieve Emanuele, Rozzano, Vernate, Zibido San Giacomo"""
PAULLO = "Colturano, Dresano, Mediglia, Pantigliate, Paullo, Peschiera Borromeo, Tribiano"
SOUTH_EAST = """Carpiano, Cerro al Lambro, Melegnano, San Donato Milanese,
    San Giuliano Milanese, San Zenone al Lambro, Vizzolo Predabissi"""
PIOLTELLO = "Pioltello, Rodano, Segrate, Vimodrone"
MARTESANA = """Bellinzago Lombardo, Bussero, Cambiago, Carugate, Cassina de' Pecchi,
    Cernusco sul Naviglio, Gessate, Gorgonzola, Pessano con Bornago"""
MELZO = """Cassano d'Adda, Inzago, Liscate, Melzo, Pozzuolo Martesana, Settala, Truccazzano,
    Vignate"""
ADDA = """Basiano, Grezzago, Masate, Pozzo d'Adda, Trezzano Rosa, Trezzo sull'Adda,
    Vaprio d'Adda"""
LEGNANO = """Busto Garolfo, Canegrate, Cerro Maggiore, Dairago, Legnano, Parabiago, Rescaldina,
    San Giorgio su Legnano, San Vittore Olona, Villa Cortese"""
CASTANO = """Arconate, Bernate Ticino, Buscate, Castano Primo, Cuggiono, Inveruno, Magnago,
    Nosate, Robecchetto con Induno, Turbigo, Vanzaghello"""
MAGENTA = """Arluno, Bareggio, Boffalora sopra Ticino, Casorezzo, Corbetta, Magenta,
    Marcallo con Casone, Mesero, Ossona, Robecco sul Naviglio, Santo Stefano Ticino, Sedriano,
    Vittuone"""
ABBIATE = """Abbiategrasso, Albairate, Besate, Bubbiano, Calvignasco, Cassinetta di Lugagnano,
    Cisliano, Gudo Visconti, Morimondo, Motta Visconti, Ozzero, Rosate, Vermezzo con Zelo"""

MILANO = Land(
    place=("metropolitan_city", "215"),
    units={CITY: ", ".join(f"Municipio {number}" for number in range(1, 10))},
    term="Municipio",
    districts=(
        Districts(
            "social_planning_area",
            date(2018, 1, 1),
            "Ambito sociale %s",
            {
                "Abbiatense": f"{ABBIATE}, Gaggiano",
                "Adda": ADDA,
                "Alto Milanese": f"{LEGNANO}, {CASTANO}",
                "Alta Martesana": MELZO,
                "Cinisello Balsamo": CINISELLO,
                "Corsichese": CORSICO,
                "Garbagnatese": GARBAGNATE,
                "Magentino": MAGENTA,
                "Martesana": MARTESANA,
                "Milano": CITY,
                "Paullese": PAULLO,
                "Pioltello": PIOLTELLO,
                "Rhodense": RHO,
                "Sesto San Giovanni": SESTO,
                "Sud Est Milano": SOUTH_EAST,
                "Visconteo Sud Milano": VISCONTI,
            },
        ),
        Districts(
            "health_social_district",
            date(2016, 1, 1),
            "Distretto socio-sanitario %s",
            {
                "Corsichese e Naviglio": f"""{CORSICO}, Gaggiano, Noviglio, Vernate,
                    Zibido San Giacomo""",
                "Martesana": f"{PIOLTELLO}, {MARTESANA}, {MELZO}, {ADDA}",
                "Milano": CITY,
                "Nord Milano": f"{SESTO}, {CINISELLO}",
                "Ovest Milanese": f"{LEGNANO}, {CASTANO}, {MAGENTA}, {ABBIATE}",
                "Rhodense": f"{RHO}, {GARBAGNATE}",
                "Sud Milano": f"""{PAULLO}, {SOUTH_EAST}, Basiglio, Binasco, Casarile,
                    Lacchiarella, Locate di Triulzi, Opera, Pieve Emanuele, Rozzano,
                    San Colombano al Lambro""",
            },
        ),
        Districts(
            "education_area",
            date(2016, 9, 1),
            "Ambito scolastico %s",
            {
                "Milano 21": "",
                "Milano 22": "",
                "Milano 23": f"{SESTO}, {CINISELLO}, Novate Milanese, Paderno Dugnano, Senago",
                "Milano 24": f"""{PIOLTELLO}, {MARTESANA}, {MELZO}, {ADDA}, {PAULLO},
                    {SOUTH_EAST}, San Colombano al Lambro""",
                "Milano 25": f"{CORSICO}, {VISCONTI}, {ABBIATE}, {MAGENTA}, Gaggiano",
                "Milano 26": f"""{RHO}, {LEGNANO}, {CASTANO}, Baranzate, Bollate, Cesate,
                    Garbagnate Milanese, Solaro""",
            },
            units={
                "Milano 21": [f"Municipio {number}" for number in (1, 2, 3, 9)],
                "Milano 22": [f"Municipio {number}" for number in (4, 5, 6, 7, 8)],
            },
        ),
    ),
)
