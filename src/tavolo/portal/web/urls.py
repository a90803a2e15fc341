from django.urls import path

from tavolo.portal.web import machines, search, statements, views

app_name = "portal"

# Machines read these: they have one address, whatever the language.
plain_urlpatterns = [
    path("robots.txt", machines.robots, name="portal_robots"),
    path("sitemap.xml", machines.sitemap_index, name="portal_sitemap_index"),
    path("sitemap-<slug:part>-<int:number>.xml", machines.sitemap, name="portal_sitemap"),
]

urlpatterns = [
    path("", views.home, name="home"),
    path("reti/", views.home, name="networks"),
    path("reti/<slug:slug>/", views.network, name="network"),
    path("cerca/", search.search, name="search"),
    path("cerca/suggerimenti/", search.suggestions, name="suggestions"),
    path("accessibilita/", statements.accessibility, name="accessibility"),
    path("privacy/", statements.privacy, name="privacy"),
    path("note-legali/", statements.legal, name="legal"),
]
