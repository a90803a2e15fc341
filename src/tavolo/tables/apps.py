from django.apps import AppConfig


class TablesConfig(AppConfig):
    name = "tavolo.tables"
    label = "tables"
