from django.urls import path

from tavolo.desk.web import (
    acting,
    deputies,
    handing_over,
    held,
    inviting,
    network,
    people,
    requests,
    search,
    today,
)
from tavolo.desk.web.areas import choosing, more, overview
from tavolo.desk.web.imports import acts, batch, columns, files, lists, mending

app_name = "desk"

HERE = "lavoro/reti/<slug:slug>/"
IMPORT = f"{HERE}importa/"
AREAS = f"{HERE}aree/"
AREA = f"{AREAS}<slug:kind>/<slug:code>/"
BATCH = f"{IMPORT}caricamenti/<uuid:uid>/"

urlpatterns = [
    path("lavoro/", today.today, name="today"),
    path("lavoro/cerca/", search.search, name="search"),
    path("lavoro/cerca/suggerimenti/", search.suggestions, name="suggestions"),
    path(HERE, network.network, name="network"),
    path(f"{HERE}dati/", network.settings, name="settings"),
    path(f"{HERE}territorio/", network.territory, name="territory"),
    path(f"{HERE}persone/", people.people, name="people"),
    path(f"{HERE}persone/segreteria/", people.invite_secretary, name="invite_secretary"),
    path(f"{HERE}persone/organizzazioni/", people.invite_member, name="invite_member"),
    path(f"{HERE}persone/inviti/", inviting.invitations, name="invitations"),
    path(f"{HERE}persone/inviti/<uuid:uid>/", people.invitation, name="invitation"),
    path(f"{HERE}persone/incarichi/<uuid:uid>/", people.office, name="office"),
    path(f"{HERE}persone/rapporti/<uuid:uid>/", people.affiliation, name="affiliation"),
    path("lavoro/per-conto/", acting.acting, name="acting"),
    path(f"{HERE}sostituti/", deputies.deputies, name="deputies"),
    path(f"{HERE}sostituti/nuovo/", deputies.appoint, name="deputy_new"),
    path(f"{HERE}sostituti/<uuid:uid>/", deputies.revoke, name="deputy"),
    path(f"{HERE}persone/dati/", held.persons, name="held_persons"),
    path(f"{HERE}persone/dati/<uuid:uid>/", held.held, name="held"),
    path(f"{HERE}persone/dati/<uuid:uid>.<slug:format>", held.held_file, name="held_file"),
    path(f"{HERE}persone/dati/<uuid:uid>/cancella/", held.erase, name="erase_person"),
    path(f"{HERE}richieste/", requests.requests, name="requests"),
    path(f"{HERE}richieste/<uuid:uid>/", requests.answer, name="request"),
    path(f"{HERE}consegne/", handing_over.handing_over, name="handing_over"),
    path(f"{HERE}consegne/<uuid:uid>/", handing_over.handed_over, name="handed_over"),
    path(AREAS, overview.areas, name="areas"),
    path(f"{AREAS}nuova/", overview.area_new, name="area_new"),
    path(AREA, choosing.area, name="area"),
    path(f"{AREA}nome/", more.area_name, name="area_name"),
    path(f"{AREA}copia/", more.area_copy, name="area_copy"),
    path(f"{AREA}rettifica/", more.area_correct, name="area_correct"),
    path(f"{AREA}fine/", more.area_end, name="area_end"),
    path(IMPORT, lists.imports, name="imports"),
    path(BATCH, batch.batch, name="import_batch"),
    path(f"{BATCH}colonne/", columns.columns, name="import_columns"),
    path(f"{BATCH}foglio/", columns.sheet, name="import_sheet"),
    path(f"{BATCH}correggi/", mending.mend, name="import_mend"),
    path(f"{BATCH}decidi/", mending.decide, name="import_decide"),
    path(f"{BATCH}righe-con-errori.<slug:format>", files.faults, name="import_faults"),
    path(f"{BATCH}conferma/", acts.apply, name="import_apply"),
    path(f"{BATCH}annulla/", acts.undo, name="import_undo"),
    path(f"{BATCH}metti-da-parte/", acts.drop, name="import_drop"),
    path(f"{IMPORT}<slug:kind>/", lists.kind, name="import_kind"),
    path(f"{IMPORT}<slug:kind>/modello.<slug:format>", files.template, name="import_template"),
    path(f"{IMPORT}<slug:kind>/elenco.<slug:format>", files.export, name="import_export"),
]
