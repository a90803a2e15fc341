from django.urls import path

from tavolo.messages.web import answering

app_name = "messages"

urlpatterns = [
    path("c/<slug:token>/", answering.answer, name="answer"),
]
