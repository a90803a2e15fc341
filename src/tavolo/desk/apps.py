from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tavolo.desk"
    label = "desk"
