from django.urls import path

from tavolo.desk.web import network, people, today

app_name = "desk"

HERE = "lavoro/reti/<slug:slug>/"

urlpatterns = [
    path("lavoro/", today.today, name="today"),
    path(HERE, network.network, name="network"),
    path(f"{HERE}dati/", network.settings, name="settings"),
    path(f"{HERE}territorio/", network.territory, name="territory"),
    path(f"{HERE}persone/", people.people, name="people"),
    path(f"{HERE}persone/segreteria/", people.invite_secretary, name="invite_secretary"),
    path(f"{HERE}persone/organizzazioni/", people.invite_member, name="invite_member"),
    path(f"{HERE}persone/inviti/<uuid:uid>/", people.invitation, name="invitation"),
    path(f"{HERE}persone/incarichi/<uuid:uid>/", people.office, name="office"),
    path(f"{HERE}persone/rapporti/<uuid:uid>/", people.affiliation, name="affiliation"),
]
