from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "tavolo.documents"
    label = "documents"
