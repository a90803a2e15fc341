"""Addresses of bodies and seats at work."""

from django.urls import path

from tavolo.tables.web.work import (
    adding,
    bodies,
    body,
    delegates,
    joining,
    life,
    said,
    seat,
    seats,
)

WORK = "lavoro/tavoli/"
HERE = f"{WORK}<slug:code>/"
SEATS = f"{HERE}seggi/"
SEAT = f"{SEATS}<uuid:uid>/"

urlpatterns = [
    path(WORK, bodies.bodies, name="work_bodies"),
    path(f"{WORK}nuovo/", bodies.new_body, name="new_body"),
    path(f"{WORK}nuovo/coordinamenti/", bodies.coordinate, name="coordinate"),
    path(HERE, body.body, name="work_body"),
    path(f"{HERE}modifica/", body.edit, name="edit_body"),
    path(f"{HERE}gruppi/", body.groups, name="found_groups"),
    path(f"{HERE}vita/", life.life, name="body_life"),
    path(f"{HERE}sfere/", said.spheres, name="spheres"),
    path(SEATS, seats.seats, name="seats"),
    path(f"{SEATS}elenco.csv", seats.seats_csv, name="seats_csv"),
    path(f"{SEATS}nuovo/", adding.new_seat, name="new_seat"),
    path(f"{SEATS}insieme/", adding.together, name="seats_together"),
    path(f"{SEATS}mancano/", joining.lacking, name="lacking"),
    path(f"{SEATS}mancano.csv", joining.lacking_csv, name="lacking_csv"),
    path(SEAT, seat.seat, name="seat"),
    path(f"{SEAT}delegati/nuovo/", delegates.new_delegate, name="new_delegate"),
    path(f"{SEAT}delegati/<uuid:delegate>/", delegates.delegate, name="delegate"),
    path(f"{SEAT}<slug:act>/", seat.seat_act, name="seat_act"),
    path(f"{HERE}fatti/<slug:section>/nuovo/", said.new_said, name="new_said"),
    path(f"{HERE}fatti/<slug:section>/<uuid:uid>/", said.said, name="said"),
]
