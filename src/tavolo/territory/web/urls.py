from django.urls import path

from tavolo.territory.web import views

app_name = "territory"

urlpatterns = [
    path("territorio/", views.country, name="country"),
    path("territorio/comuni/", views.municipalities, name="municipalities"),
    path("territorio/comuni.svg", views.drawing, name="drawing"),
    path("territorio/confronto/", views.comparison, name="comparison"),
    path("territorio/<slug:kind>/", views.kind, name="kind"),
    path("territorio/comune/<slug:istat>/", views.municipality, name="municipality"),
    path("territorio/<slug:kind>/<slug:code>/", views.area, name="area"),
]
