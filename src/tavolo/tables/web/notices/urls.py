"""Addresses of notices, and of what answers them."""

from django.urls import path

from tavolo.tables.web.notices import apply, pages, work

NOTICE = "avvisi/<slug:code>/"
WORK = "lavoro/avvisi/"
HERE = f"{WORK}<slug:code>/"

urlpatterns = [
    path("avvisi/", pages.notices, name="notices"),
    path(NOTICE, pages.notice, name="notice"),
    path(f"{NOTICE}avviso.pdf", pages.notice_pdf, name="notice_pdf"),
    path(f"{NOTICE}domanda/", pages.begin, name="begin"),
    path("c/<slug:token>/domanda/", apply.apply, name="apply"),
    path("c/<slug:token>/domanda/modulo.pdf", apply.form_pdf, name="apply_pdf"),
    path(WORK, work.notices, name="work_notices"),
    path(f"{WORK}nuovo/<slug:body>/", work.new, name="new_notice"),
    path(HERE, work.notice, name="work_notice"),
    path(f"{HERE}modifica/", work.edit, name="edit_notice"),
    path(f"{HERE}pubblica/", work.publish, name="publish_notice"),
    path(f"{HERE}rettifica/", work.correct, name="correct_notice"),
    path(f"{HERE}carta/", work.paper, name="register_on_paper"),
    path(f"{HERE}pec/<uuid:uid>/", work.pec, name="register_by_pec"),
]
