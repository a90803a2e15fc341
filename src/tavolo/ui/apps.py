from django.apps import AppConfig

from tavolo.kernel import plugs


class UiConfig(AppConfig):
    """Every component is known before the first template is compiled."""

    name = "tavolo.ui"
    label = "ui"

    def ready(self) -> None:
        plugs.load_folder("tavolo.ui.components")
