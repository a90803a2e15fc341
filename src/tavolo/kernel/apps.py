from django.apps import AppConfig


class KernelConfig(AppConfig):
    name = "tavolo.kernel"
    label = "kernel"
