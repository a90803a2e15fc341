from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "tavolo.portal"
    label = "portal"
