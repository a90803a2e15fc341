from django.apps import AppConfig
from django.conf import settings
from django.contrib.messages.apps import MessagesConfig

from tavolo.kernel import plugs


class FlashMessages(MessagesConfig):
    """Django's one-time notices under another label: `messages` is our room of letters."""

    label = "flash"


class TavoloConfig(AppConfig):
    """Comes first among the applications, and loads every plug when all models are there."""

    name = "tavolo.config"

    def ready(self) -> None:
        plugs.load_rooms([*settings.ROOMS, "config"])
