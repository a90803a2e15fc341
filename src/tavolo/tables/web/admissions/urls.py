"""Addresses of applications at work, and of who was admitted."""

from django.urls import path

from tavolo.tables.web.admissions import acts, application, applications, moves

AT = "lavoro/avvisi/<slug:code>/"
urlpatterns = [
    path(f"{AT}domande/", applications.applications, name="applications"),
    path(f"{AT}domande/<uuid:uid>/", application.application, name="application"),
    path(f"{AT}domande/<uuid:uid>/<slug:move>/", moves.check_move, name="check_move"),
    path(f"{AT}atto/", acts.adopt, name="adopt_admission"),
    path(f"{AT}atti/<uuid:uid>/ritira/", acts.withdraw, name="withdraw_admission"),
    path("avvisi/<slug:code>/ammessi/", applications.admitted_list, name="admitted"),
]
