from django.urls import path

from tavolo.desk.web import (
    acting,
    beginning,
    begun,
    deputies,
    handing_over,
    held,
    inviting,
    messages,
    network,
    notices,
    owed,
    patrons,
    people,
    quiet,
    requests,
    search,
    today,
)
from tavolo.desk.web.areas import choosing, more, overview
from tavolo.desk.web.imports import acts, batch, columns, files, lists, mending
from tavolo.desk.web.papers import keeping, templates
from tavolo.desk.web.pec import documents as pec_documents
from tavolo.desk.web.pec import lists as pec_lists
from tavolo.desk.web.pec import mailbox as pec_mailbox
from tavolo.desk.web.pec import message as pec
from tavolo.desk.web.pec import numbers, pasting
from tavolo.desk.web.placing import page

app_name = "desk"

HERE = "lavoro/reti/<slug:slug>/"
IMPORT = f"{HERE}importa/"
PEC = f"{HERE}pec/"
NUMBERS = f"{HERE}protocollo/"
NUMBER = f"{NUMBERS}<slug:kind>/<uuid:uid>/"
AREAS = f"{HERE}aree/"
AREA = f"{AREAS}<slug:kind>/<slug:code>/"
BATCH = f"{IMPORT}caricamenti/<uuid:uid>/"

urlpatterns = [
    path("inizio/", beginning.begin, name="begin"),
    path("inizio/rete/", beginning.network, name="begin_network"),
    path("inizio/sede/", beginning.seat, name="begin_seat"),
    path("inizio/persona/", beginning.person, name="begin_person"),
    path("lavoro/", today.today, name="today"),
    path("lavoro/notifiche/", notices.notices, name="notices"),
    path("lavoro/elenco.csv", today.today_csv, name="today_csv"),
    path("lavoro/organizzazioni/<slug:code>/dovuto/", owed.owed, name="owed"),
    path("lavoro/cerca/", search.search, name="search"),
    path("lavoro/cerca/suggerimenti/", search.suggestions, name="suggestions"),
    path(HERE, network.network, name="network"),
    path(f"{HERE}dati/", network.settings, name="settings"),
    path(f"{HERE}sede/", begun.seat, name="seat"),
    path(f"{HERE}testi/", begun.statements, name="statements"),
    path(f"{HERE}prova-della-posta/", begun.trial, name="trial"),
    path(f"{HERE}territorio/", page.territory, name="territory"),
    path(f"{HERE}territorio/patroni/", patrons.patrons, name="patrons"),
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
    path(f"{HERE}messaggi/", messages.messages, name="messages"),
    path(f"{HERE}messaggi/elenco.csv", messages.messages_csv, name="messages_csv"),
    path(f"{HERE}messaggi/tornati/", messages.report, name="message_report"),
    path(f"{HERE}messaggi/silenzio/", quiet.quiet_hours, name="quiet_hours"),
    path(f"{HERE}messaggi/<uuid:uid>/", messages.message, name="message"),
    path(f"{HERE}richieste/", requests.requests, name="requests"),
    path(f"{HERE}richieste/<uuid:uid>/", requests.answer, name="request"),
    path(f"{HERE}richieste/<uuid:uid>/proroga/", requests.extend, name="request_extend"),
    path(f"{HERE}consegne/", handing_over.handing_over, name="handing_over"),
    path(f"{HERE}consegne/<uuid:uid>/", handing_over.handed_over, name="handed_over"),
    path(AREAS, overview.areas, name="areas"),
    path(f"{AREAS}nuova/", overview.area_new, name="area_new"),
    path(AREA, choosing.area, name="area"),
    path(f"{AREA}nome/", more.area_name, name="area_name"),
    path(f"{AREA}copia/", more.area_copy, name="area_copy"),
    path(f"{AREA}rettifica/", more.area_correct, name="area_correct"),
    path(f"{AREA}fine/", more.area_end, name="area_end"),
    path(f"{HERE}modelli/", templates.templates, name="templates"),
    path(f"{HERE}modelli/<slug:key>/", templates.template, name="template"),
    path(f"{HERE}modelli/<slug:key>/compilato/", templates.filled, name="template_filled"),
    path(f"{HERE}conservazione/", keeping.keeping, name="keeping"),
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
    path(PEC, pec_lists.pecs, name="pec"),
    path(f"{PEC}casella/", pec_mailbox.mailbox, name="pec_mailbox"),
    path(f"{PEC}<uuid:uid>/", pec.message, name="pec_message"),
    path(f"{PEC}<uuid:uid>/messaggio.eml", pec.content, name="pec_content"),
    path(f"{PEC}<uuid:uid>/risponde-a/", pec.bind, name="pec_bind"),
    path(f"{PEC}<uuid:uid>/metti-da-parte/", pec.set_aside, name="pec_aside"),
    path(NUMBERS, numbers.numbers, name="numbers"),
    path(f"{NUMBERS}incolla/", pasting.paste, name="paste_numbers"),
    path(NUMBER, numbers.number, name="number"),
    path(f"{NUMBER}leggi-segnatura/", numbers.read_segnatura, name="read_segnatura"),
    path(f"{NUMBER}segnatura.xml", pec_documents.write_segnatura, name="segnatura"),
]
