"""ISTAT's list of changes: a made-up file in the layout that others describe, on the real extract."""

from datetime import date

import pytest

from tavolo.journal.models import Entry
from tavolo.kernel.actor import ANONYMOUS
from tavolo.kernel.errors import NotAllowed
from tavolo.territory import queries
from tavolo.territory.actions import (
    enter_known_changes,
    enter_listed_changes,
    import_history,
    import_national_extract,
)
from tavolo.territory.actions.listed import NAMELESS, OTHERWISE, UNKNOWN_CODE
from tavolo.territory.errors import ColumnsMissing, NotATable, NothingRead, NotLaid
from tavolo.territory.listed import NO_DAY, NOT_READ, UNKNOWN_KIND, UNVERIFIED, read_list
from tavolo.territory.models import Area, AreaMembership, Municipality, Population, Succession
from tavolo.territory.plugs import Told, territory_sources
from tavolo.territory.queries import State
from tests.factories.people import a_network, secretary_of
from tests.factories.territory import a_municipality, a_province
from tests.territory.histories import everything, history, row

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)
HEADINGS = (
    "Anno;Tipo variazione;Codice Regione;Codice Unità territoriale sovracomunale;"
    "Codice Comune formato alfanumerico;Denominazione Comune;"
    "Codice Regione associato alla variazione;"
    "Codice Unità territoriale sovracomunale associato alla variazione;"
    "Codice del Comune associato alla variazione o nuovo codice Istat del Comune ;"
    "Denominazione Comune associata alla variazione o nuova denominazione;"
    "Provvedimento e Documento;Contenuto del provvedimento;"
    "Data decorrenza validità amministrativa;Flag_note"
)
LAW = '"Legge Regionale 1 gennaio 2025, n. 1;\r\nB.U.R. n. 1"'


def line(kind, one, other, day, *, act="L.R. 1/2025"):
    """`one` and `other` are "046007 Capannori"; the units are those of the codes, in Tuscany."""
    (code, name), (to, called) = (side.split(" ", 1) for side in (one, other))
    year = day[-4:]
    return f"{year};{kind};09;{code[:3]};{code};{name};09;{to[:3]};{to};{called};{act};;{day};"


def load(tmp_path, *lines, headings=HEADINGS):
    file = tmp_path / "Variazioni.csv"
    file.write_bytes("\r\n".join((headings, *lines, "")).encode("cp1252"))
    return territory_sources.get("changes").load(Told(file))


def left_out(report):
    return {r.message: r.rows for r in report.remarks if r.message != UNVERIFIED}


def town(code, day=TODAY):
    found = queries.municipality_on(code, day)
    return found.municipality if found.state == State.VALID else None


def homes(code, day):
    found = town(code, day)
    rows = AreaMembership.objects.on(day).filter(municipality=found).order_by("area__kind")
    return [f"{kind} {area}" for kind, area in rows.values_list("area__kind", "area__code")]


@pytest.fixture
def lucca():
    province = a_province()
    for code, name in (
        ("046007", "Capannori"),
        ("046017", "Lucca"),
        ("046021", "Montecarlo"),
        ("046026", "Porcari"),
    ):
        a_municipality(name, istat_code=code, province=province)
    return province


def test_a_renaming(lucca, tmp_path):
    report = load(
        tmp_path,
        line("CD", "046007 Capannori", "046007 Capannori Terme", "01/03/2025", act=LAW),
    )

    assert (report.figures["entered"], report.figures["known"]) == (1, 0)
    assert [v.name for v in queries.versions_of(town("046007"))] == [
        "Capannori",
        "Capannori Terme",
    ]
    assert queries.municipality_on("046007", date(2025, 2, 28)).version.name == "Capannori"
    found = queries.municipality_on("046007", date(2025, 3, 1))
    assert (found.version.name, found.municipality.name) == ("Capannori Terme", "Capannori Terme")
    assert found.version.cadastral_code == found.municipality.cadastral_code != ""


def test_a_merger_into_a_new_municipality(lucca, tmp_path):
    day = "01/01/2025"
    old = [town("046021"), town("046026")]

    report = load(
        tmp_path,
        line("CS", "046038 Montecarlo Porcari", "046021 Montecarlo", day),
        line("CS", "046038 Montecarlo Porcari", "046026 Porcari", day),
        line("ES", "046021 Montecarlo", "046038 Montecarlo Porcari", day),
        line("ES", "046026 Porcari", "046038 Montecarlo Porcari", day),
    )

    assert report.figures == {
        "rows": 4,
        "known": 1,
        "entered": 3,
        "made": 1,
        "ended": 2,
        "successions": 2,
        "populations": 1,
    }
    new = town("046038")
    assert (new.valid_from, new.province, homes("046038", TODAY)) == (
        date(2025, 1, 1),
        lucca,
        ["province 046", "region 09"],
    )
    found = queries.municipality_on("046021", TODAY)
    assert (found.state, found.municipality) == (State.NO_MORE, old[0])
    assert [(kin.name, kin.kind, kin.act) for kin in found.successors] == [
        ("Montecarlo Porcari", "merger", "L.R. 1/2025")
    ]
    assert [kin.uid for kin in queries.kinship_of(new).predecessors] == [row.uid for row in old]
    assert Population.objects.get(municipality=new, year=2023).derived
    assert not AreaMembership.objects.on(TODAY).filter(municipality__in=old).exists()


def test_an_incorporation_is_said_by_either_side(lucca, tmp_path):
    load(tmp_path, line("AQES", "046007 Capannori", "046026 Porcari", "15/06/2025"))

    found = queries.municipality_on("046026", TODAY)
    assert found.state == State.NO_MORE
    assert [(kin.name, kin.kind) for kin in found.successors] == [("Capannori", "incorporation")]

    again = load(tmp_path, line("ES", "046026 Porcari", "046007 Capannori", "15/06/2025"))
    assert (again.figures["known"], again.figures["entered"]) == (1, 0)


def test_ground_that_is_ceded_is_a_part_and_ends_nobody(lucca, tmp_path):
    load(
        tmp_path,
        line("CE", "046007 Capannori", "046026 Porcari", "15/06/2025"),
        line("AQ", "046026 Porcari", "046007 Capannori", "15/06/2025"),
        line("CS", "046040 Borgo Nuovo", "046017 Lucca", "01/07/2025"),
        line("CECS", "046017 Lucca", "046040 Borgo Nuovo", "01/07/2025"),
    )

    rows = Succession.objects.order_by("day").values_list(
        "predecessor__name", "successor__name", "kind"
    )
    assert list(rows) == [("Capannori", "Porcari", "part"), ("Lucca", "Borgo Nuovo", "part")]
    assert town("046007")
    assert town("046017")
    assert Population.objects.filter(municipality__name="Borgo Nuovo").count() == 0


def test_who_is_suppressed_into_several_leaves_each_a_part(lucca, tmp_path):
    day = "01/01/2025"

    load(
        tmp_path,
        line("ES", "046026 Porcari", "046007 Capannori", day),
        line("ES", "046026 Porcari", "046017 Lucca", day),
    )

    kin = queries.municipality_on("046026", TODAY).successors
    assert [(one.name, one.kind) for one in kin] == [("Capannori", "part"), ("Lucca", "part")]


def test_another_province_and_another_code(lucca, tmp_path):
    pistoia = a_province("047", "Pistoia", region=lucca.parent)

    load(tmp_path, line("AP", "046026 Porcari", "047030 Porcari", "01/04/2025"))

    found = queries.municipality_on("046026", TODAY)
    assert (found.state, found.version.istat_code) == (State.OTHER_CODE, "047030")
    assert found.municipality.province == pistoia
    assert homes("046026", date(2025, 3, 31)) == ["province 046", "region 09"]
    assert homes("047030", date(2025, 4, 1)) == ["province 047", "region 09"]


def test_codes_may_change_places_on_one_day(lucca, tmp_path):
    capannori, porcari = town("046007"), town("046026")

    load(
        tmp_path,
        line("AP", "046007 Capannori", "046026 Capannori", "01/04/2025"),
        line("AP", "046026 Porcari", "046007 Porcari", "01/04/2025"),
    )

    assert (town("046007"), town("046026")) == (porcari, capannori)
    assert town("046007", date(2025, 3, 31)) == capannori


def test_a_province_that_nobody_named_is_called_by_its_code(lucca, tmp_path):
    report = load(
        tmp_path,
        line("AP", "046026 Porcari", "112001 Porcari", "01/01/2026"),
        line("AP", "046021 Montecarlo", "112002 Montecarlo", "01/01/2026").replace(
            ";112;112002", ";312;112002"
        ),
    )

    assert homes("112001", TODAY) == ["province 112", "region 09"]
    assert homes("112002", TODAY) == ["metropolitan_city 312", "region 09"]
    area = Area.objects.get(kind="province", code="112")
    assert (area.title, area.parent) == ("Unità territoriale 112", lucca.parent)
    (said,) = [remark for remark in report.remarks if remark.message == NAMELESS]
    assert said.values == {"codes": "112, 312"}


def test_where_no_region_is_told_it_stays_in_its_own(lucca, tmp_path):
    short = ";".join(HEADINGS.split(";")[column] for column in (1, 4, 5, 8, 9, 12))

    load(tmp_path, "AP;046026;Porcari;112001;Porcari;01/01/2026", headings=short)

    assert homes("112001", TODAY) == ["province 112", "region 09"]
    assert town("112001").region == lucca.parent


def test_a_new_code_and_a_new_name_on_one_day(lucca, tmp_path):
    load(
        tmp_path,
        line("CD", "046026 Porcari", "046026 Porcari Terme", "01/04/2025"),
        line("AP", "046026 Porcari", "046099 Porcari", "01/04/2025"),
    )

    versions = queries.versions_of(town("046099"))
    assert [(v.istat_code, v.name) for v in versions] == [
        ("046026", "Porcari"),
        ("046099", "Porcari Terme"),
    ]


def test_what_cannot_be_entered_is_named_by_row(lucca, tmp_path):
    before = everything()

    report = load(
        tmp_path,
        line("XX", "046026 Porcari", "046007 Capannori", "01/04/2025"),  # row 2
        line("CD", "046026 Porcari", "046026 Porcari Terme", ""),
        line("CD", "046026 Porcari", "046026 Porcari Terme", "31/02/2025"),
        line("CD", "46x26 Porcari", "046026 Porcari Terme", "01/04/2025"),
        line("CD", "099999 Nessuno", "099999 Ancora Nessuno", "01/04/2025"),
        line("CE", "099999 Nessuno", "046026 Porcari", "01/04/2025"),
        line("AP", "099999 Nessuno", "046026 Nessuno", "01/04/2025"),
    )

    assert left_out(report) == {
        UNKNOWN_KIND: (2,),
        NO_DAY: (3,),
        NOT_READ: (4, 5),
        UNKNOWN_CODE: (6, 7, 8),
    }
    assert UNVERIFIED in {remark.message for remark in report.remarks}
    assert everything() == before


def test_a_day_that_another_source_tells_otherwise_is_left_as_it_is(lucca, tmp_path):
    import_history(
        history=history(
            tmp_path / "cities.csv",
            row("046007", "CAPANNORI", "17-03-1861", "01-04-2010"),
            row("046007", "CAPANNORI NUOVA", "01-04-2010"),
            row("046017", "LUCCA", "17-03-1861", "01-04-2010"),
            row("046099", "LUCCA", "01-04-2010"),
            row("046098", "VILLA", "01-04-2012"),
        )
    )
    before = everything()

    report = load(
        tmp_path,
        line("CD", "046007 Capannori", "046007 Capannori Vecchia", "01/04/2010"),
        line("AP", "046017 Lucca", "046097 Lucca", "01/04/2010"),
        line("CS", "046098 Villa", "046017 Lucca", "01/04/2013"),
        line("ES", "046007 Capannori", "046017 Lucca", "01/01/2009"),
    )

    assert left_out(report)[OTHERWISE] == (2, 3, 4, 5)
    assert everything() == before


def test_a_second_time_changes_nothing(lucca, tmp_path):
    lines = (
        line("CD", "046007 Capannori", "046007 Capannori Terme", "01/03/2025"),
        line("AP", "046017 Lucca", "112001 Lucca", "01/01/2026"),
        line("CS", "046038 Montecarlo Porcari", "046021 Montecarlo", "01/01/2025"),
        line("CS", "046038 Montecarlo Porcari", "046026 Porcari", "01/01/2025"),
        line("ES", "046021 Montecarlo", "046038 Montecarlo Porcari", "01/01/2025"),
        line("ES", "046026 Porcari", "046038 Montecarlo Porcari", "01/01/2025"),
    )
    load(tmp_path, *lines)
    before = everything()

    again = load(tmp_path, *lines)

    assert again.figures == {
        "rows": 6,
        "known": 6,
        "entered": 0,
        "made": 0,
        "ended": 0,
        "successions": 0,
        "populations": 0,
    }
    assert everything() == before


def test_the_list_before_the_history_and_after_it_come_to_the_same(tmp_path):
    """The same municipalities with the same days, names and kin, whatever came first."""
    rows = (
        row("046007", "CAPANNORI", "17-03-1861", "01-01-2013"),
        row("046007", "CAPANNORI TERME", "01-01-2013"),
        row("046021", "MONTECARLO", "17-03-1861", "01-01-2014"),
        row("046021", "MONTECARLO", "01-01-2014", "01-01-2014"),
        row("046026", "PORCARI", "17-03-1861", "01-01-2014"),
        row("046026", "PORCARI", "01-01-2014", "01-01-2014"),
        row("046038", "PORCARI", "01-01-2014"),
        row("046017", "LUCCA", "17-03-1861"),
    )
    lines = (
        line("CD", "046007 Capannori", "046007 Capannori Terme", "01/01/2013"),
        line("CS", "046038 Porcari", "046021 Montecarlo", "01/01/2014"),
        line("CS", "046038 Porcari", "046026 Porcari", "01/01/2014"),
        line("ES", "046021 Montecarlo", "046038 Porcari", "01/01/2014"),
        line("ES", "046026 Porcari", "046038 Porcari", "01/01/2014"),
        line("CD", "046017 Lucca", "046017 Lucca Terme", "01/03/2025"),
    )

    def told():
        return [
            (
                v.istat_code,
                v.name,
                v.valid_from,
                v.valid_until,
                sorted(kin.istat_code for kin in queries.kinship_of(m).predecessors),
                sorted(
                    (stay.area.code, stay.valid_from, stay.valid_until)
                    for stay in m.memberships.select_related("area")
                ),
            )
            for m in Municipality.objects.order_by("istat_code", "valid_from")
            for v in queries.versions_of(m)
        ]

    def enter(*steps):
        Succession.objects.all().delete()
        AreaMembership.objects.all().delete()
        Municipality.objects.all().delete()
        Area.objects.filter(kind="province").delete()
        province = a_province()
        for code, name in (("046007", "Capannori Terme"), ("046017", "Lucca")):
            a_municipality(name, istat_code=code, province=province)
        a_municipality("Porcari", istat_code="046038", province=province)
        for step in steps:
            step()
        return told()

    def by_list():
        load(tmp_path, *lines)

    def by_file():
        import_history(history=history(tmp_path / "cities.csv", *rows))

    first, second = enter(by_file, by_list), enter(by_list, by_file)
    assert first == second
    assert len(first) == 7
    assert enter(by_list, by_file, by_list, by_file) == first


def test_a_predecessor_that_only_the_list_knows_is_made(tmp_path):
    province = a_province()
    a_municipality("Fabbriche di Vergemoli", istat_code="046036", province=province)

    load(
        tmp_path,
        line("CS", "046036 Fabbriche di Vergemoli", "046032 Vergemoli", "01/01/2014"),
        line("ES", "046032 Vergemoli", "046036 Fabbriche di Vergemoli", "01/01/2014"),
    )

    gone, made = town("046032", date(2013, 1, 1)), town("046036")
    assert (gone.name, gone.valid_from, gone.valid_until) == (
        "Vergemoli",
        None,
        date(2014, 1, 1),
    )
    assert made.valid_from == date(2014, 1, 1)
    assert homes("046032", date(2013, 1, 1)) == ["province 046", "region 09"]
    assert AreaMembership.objects.filter(municipality=made, valid_from=made.valid_from).count() == 2


def test_the_facts_of_the_product_get_their_act_from_the_list(small_extract, tmp_path):
    import_national_extract(folder=small_extract)

    load(
        tmp_path,
        line("ES", "046032 Vergemoli", "046036 Fabbriche di Vergemoli", "01/01/2014"),
        line("CS", "046036 Fabbriche di Vergemoli", "046032 Vergemoli", "01/01/2014"),
    )
    enter_known_changes()

    (kin,) = queries.municipality_on("046032", TODAY).successors
    assert (kin.kind, kin.act) == ("merger", "L.R. 1/2025")


def test_a_municipality_that_ends_in_a_metropolitan_city_had_been_in_its_province(
    small_extract, tmp_path
):
    import_national_extract(folder=small_extract)
    milan = line("CS", "015250 Nuova Milano", "015999 Vecchia Milano", "01/01/2013").replace(
        ";09;", ";03;"
    )

    load(
        tmp_path,
        milan,
        line("ES", "015999 Vecchia Milano", "015250 Nuova Milano", "01/01/2013").replace(
            ";09;", ";03;"
        ),
    )

    assert homes("015999", date(2012, 1, 1)) == ["province 015", "region 03"]
    assert homes("015250", date(2014, 12, 31)) == ["province 015", "region 03"]
    assert homes("015250", date(2015, 1, 1)) == ["metropolitan_city 215", "region 03"]


def test_headings_may_be_called_otherwise_and_must_be_there(lucca, tmp_path):
    other = (
        "Tipo variazione,Codice Istat del Comune,Denominazione Comune,"
        "Codice Istat del Comune associato alla variazione o nuovo codice Istat del Comune,"
        "Denominazione Comune associata alla variazione o nuova denominazione,Data decorrenza"
    )
    load(tmp_path, "cd,46007,Capannori,46007,Capannori Due,2025-03-01", headings=other)

    assert town("046007").name == "Capannori Due"
    with pytest.raises(ColumnsMissing) as refusal:
        load(tmp_path, headings=other.replace("Data decorrenza", "Quando"))
    assert "Data decorrenza" in str(refusal.value)


def test_refusals(tmp_path):
    changes = read_list([]).changes

    for actor in (ANONYMOUS, secretary_of(a_network())):
        with pytest.raises(NotAllowed):
            enter_listed_changes(changes=changes, by=actor)
    with pytest.raises(NothingRead):
        enter_listed_changes(changes=changes)
    with pytest.raises(NotLaid):
        load(tmp_path, line("CD", "046007 A", "046007 B", "01/01/2025"))
    with pytest.raises(NotATable):
        territory_sources.get("changes").load(Told(tmp_path / "nowhere.csv"))
    with pytest.raises(NotATable):
        territory_sources.get("changes").load(Told())


def test_it_is_in_the_journal(lucca, tmp_path):
    load(tmp_path, line("CD", "046007 Capannori", "046007 Capannori Terme", "01/03/2025"))

    entry = Entry.objects.get()
    assert (entry.action, entry.values["entered"]) == ("territory.list_entered", 1)
