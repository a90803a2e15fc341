from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "tavolo.search"
    label = "search"
