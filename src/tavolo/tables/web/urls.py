"""Addresses of bodies."""

from django.urls import path

from tavolo.tables.web import bodies, body, mine, regulation, sheets
from tavolo.tables.web.admissions.urls import urlpatterns as admissions
from tavolo.tables.web.notices.urls import urlpatterns as of_notices
from tavolo.tables.web.work.urls import urlpatterns as at_work

app_name = "tables"
urlpatterns = [
    *admissions,
    *of_notices,
    *at_work,
    path("lavoro/i-miei-tavoli/", mine.mine, name="mine"),
    path("tavoli/", bodies.bodies, name="bodies"),
    path("tavoli/<slug:code>/", body.body, name="body"),
    path("tavoli/<slug:code>/elenco.csv", sheets.roster_csv, name="roster_csv"),
    path("lavoro/tavoli/<slug:code>/regolamento/", regulation.regulation, name="regulation"),
    path(
        "lavoro/tavoli/<slug:code>/regolamento/<uuid:uid>/correggi/",
        regulation.correct,
        name="correct_regulation",
    ),
]
