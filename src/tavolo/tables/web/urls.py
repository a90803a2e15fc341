"""Addresses of bodies."""

from django.urls import path

from tavolo.tables.web import bodies, body, regulation, sheets

app_name = "tables"
urlpatterns = [
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
