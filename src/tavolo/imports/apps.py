from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tavolo.imports"
    label = "imports"
