from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tavolo.ui"
    label = "ui"
