from django.apps import AppConfig


class TerritoryConfig(AppConfig):
    name = "tavolo.territory"
    label = "territory"
