"""The gallery of components, where the installation is being developed."""

from django.conf import settings
from django.urls import path

from tavolo.ui.web.gallery import gallery

app_name = "ui"

urlpatterns = [path("componenti/", gallery, name="gallery")] if settings.DEBUG else []
