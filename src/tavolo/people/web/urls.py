"""The addresses of signing in. Those that allauth reverses keep its names."""

from django.urls import include, path, re_path

from tavolo.people.web import account, correction, entering, own_data

own = [
    path("dati-personali/", correction.correction, name="correction"),
    path("dati-personali/<slug:code>/", correction.received, name="correction_received"),
    path("accesso/account/", account.account, name="account"),
    path("accesso/account/dati/", own_data.own_data, name="own_data"),
    path("accesso/account/dati.<slug:format>", own_data.own_file, name="own_data_file"),
    path("accesso/account/cancella/", own_data.erase, name="erase"),
    path("accesso/sessioni/", account.sessions, name="sessions"),
    path("accesso/invito/<str:token>/", entering.invitation, name="invitation"),
]

urlpatterns = [
    path("accesso/", entering.sign_in, name="account_login"),
    path("accesso/esci/", entering.sign_out, name="account_logout"),
    path("accesso/verifica/", entering.second_factor, name="mfa_authenticate"),
    path("accesso/conferma/", account.confirm_password, name="account_reauthenticate"),
    path("accesso/password/", entering.ask_reset, name="account_reset_password"),
    path("accesso/password/inviata/", entering.reset_asked, name="account_reset_password_done"),
    path("accesso/password/cambia/", account.change_password, name="account_change_password"),
    re_path(
        r"^accesso/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        entering.reset,
        name="account_reset_password_from_key",
    ),
    path("accesso/secondo-fattore/", account.second_factor_state, name="mfa_index"),
    path("accesso/secondo-fattore/attiva/", account.set_up, name="mfa_activate_totp"),
    path("accesso/secondo-fattore/disattiva/", account.switch_off, name="mfa_deactivate_totp"),
    path("accesso/secondo-fattore/codici/", account.codes, name="mfa_view_recovery_codes"),
    path(
        "accesso/secondo-fattore/codici/nuovi/",
        account.new_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accesso/secondo-fattore/codici/scarica/",
        account.codes_file,
        name="mfa_download_recovery_codes",
    ),
    path("", include((own, "people"))),
]
