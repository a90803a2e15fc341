from django.apps import AppConfig


class RegistryConfig(AppConfig):
    name = "tavolo.registry"
    label = "registry"
