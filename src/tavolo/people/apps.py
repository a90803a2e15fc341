from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tavolo.people"
    label = "people"
