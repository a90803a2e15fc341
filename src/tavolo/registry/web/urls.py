from django.urls import path

from tavolo.registry.web import frame, graph, printed, public
from tavolo.registry.web.commitments import asking, lists, writing
from tavolo.registry.web.work import (
    doubles,
    elections,
    facts,
    given_up,
    merging,
    overview,
    proposals,
    register,
    taking,
    taking_part,
    units,
    vacant,
)

app_name = "registry"

COMMITMENTS = "lavoro/impegni/"
WORK = "lavoro/organizzazioni/"
VACANT = "lavoro/reti/<slug:slug>/cariche-vacanti/"
HERE = f"{WORK}<slug:code>/"

urlpatterns = [
    path("organizzazioni/", public.organisations, name="organisations"),
    path("organizzazioni/elenco.csv", public.organisations_csv, name="organisations_csv"),
    path("organizzazioni/elenco.pdf", printed.organisations_pdf, name="organisations_pdf"),
    path("organizzazioni/<slug:code>/", public.organisation, name="organisation"),
    path("organizzazioni/<slug:code>/riquadro/", frame.frame, name="organisation_frame"),
    path(
        "organizzazioni/<slug:code>/scheda.pdf", printed.organisation_pdf, name="organisation_pdf"
    ),
    path("reti/<slug:slug>/grafo/", graph.network_graph, name="network_graph"),
    path("lavoro/organizzazioni/", register.organisations, name="work_organisations"),
    path("lavoro/organizzazioni/nuova/", register.add, name="add_organisation"),
    path(f"{WORK}doppioni/", doubles.doubles, name="doubles"),
    path(f"{WORK}registro/", register.register, name="work_register"),
    path(f"{WORK}proposte/", proposals.proposals, name="proposals"),
    path(f"{WORK}proposte/<uuid:uid>/", proposals.proposal, name="proposal"),
    path(HERE, overview.organisation, name="work_organisation"),
    path(f"{HERE}modifica/", register.edit, name="edit_organisation"),
    path(f"{HERE}proponi/", proposals.propose, name="propose"),
    path(f"{HERE}elezioni/", elections.elections, name="elections"),
    path(f"{HERE}da-non-coprire/", given_up.given_up, name="given_up"),
    path(f"{HERE}unione/", merging.merge, name="merge"),
    path(f"{HERE}porta-via/", taking.taking, name="take_along"),
    path(f"{HERE}unita/nuova/", units.new, name="new_unit"),
    path(f"{HERE}unita/<slug:unit>/", units.unit, name="unit"),
    path(f"{HERE}reti/nuova/", taking_part.admit, name="admit"),
    path(f"{HERE}reti/<uuid:uid>/", taking_part.participation, name="participation"),
    path(f"{HERE}<slug:section>/nuovo/", facts.new, name="new_fact"),
    path(f"{HERE}<slug:section>/<uuid:uid>/", facts.fact, name="fact"),
    path(COMMITMENTS, lists.commitments, name="commitments"),
    path(f"{COMMITMENTS}elenco.csv", lists.commitments_csv, name="commitments_csv"),
    path(f"{COMMITMENTS}nuovo/", writing.add, name="add_commitment"),
    path(f"{COMMITMENTS}<uuid:uid>/", writing.commitment, name="commitment"),
    path(f"{COMMITMENTS}<uuid:uid>/chiedi/", asking.ask, name="ask_outcome"),
    path(f"{COMMITMENTS}<uuid:uid>/modifica/", writing.edit, name="edit_commitment"),
    path(VACANT, vacant.network_vacancies, name="vacancies"),
    path(f"{VACANT}elenco.csv", vacant.network_vacancies_csv, name="vacancies_csv"),
]
