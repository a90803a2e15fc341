from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "tavolo.journal"
    label = "journal"
