from django.urls import path

from tavolo.registry.web import frame, graph, public
from tavolo.registry.web.work import register

app_name = "registry"

urlpatterns = [
    path("organizzazioni/", public.organisations, name="organisations"),
    path("organizzazioni/elenco.csv", public.organisations_csv, name="organisations_csv"),
    path("organizzazioni/<slug:code>/", public.organisation, name="organisation"),
    path("organizzazioni/<slug:code>/riquadro/", frame.frame, name="organisation_frame"),
    path("reti/<slug:slug>/grafo/", graph.network_graph, name="network_graph"),
    path("lavoro/organizzazioni/", register.organisations, name="work_organisations"),
    path("lavoro/organizzazioni/nuova/", register.add, name="add_organisation"),
    path("lavoro/organizzazioni/<slug:code>/modifica/", register.edit, name="edit_organisation"),
]
