from django.apps import AppConfig


class MessagesConfig(AppConfig):
    name = "tavolo.messages"
    label = "messages"
