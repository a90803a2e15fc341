from django.urls import path

from tavolo.messages.web import answering, gathering, letterbox

app_name = "messages"

urlpatterns = [
    path("c/<slug:token>/", answering.answer, name="answer"),
    path("posta/", letterbox.letterbox, name="letterbox"),
    path("lavoro/lettere/", gathering.gathering, name="gathering"),
]
