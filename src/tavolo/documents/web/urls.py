from django.urls import path

from tavolo.documents.web import files, pages, work

app_name = "documents"

urlpatterns = [
    path("documenti/<uuid:uid>/", pages.document, name="document"),
    path("documenti/<uuid:uid>/<str:name>", files.file, name="file"),
    path("lavoro/documenti/<slug:kind>/<uuid:uid>/nuovo/", work.add, name="add"),
    path("lavoro/documenti/<uuid:uid>/", work.edit, name="edit"),
    path("lavoro/documenti/<uuid:uid>/versione/", work.add_version, name="add_version"),
    path("lavoro/documenti/<uuid:uid>/ritira/", work.withdraw, name="withdraw"),
]
