"""The addresses of signing in. Those that allauth reverses keep its names."""

from django.urls import include, path, re_path

from tavolo.people.web import (
    account,
    correction,
    entering,
    factors,
    identities,
    own_data,
    passkeys,
    proving,
    ways_in,
)

own = [
    path("dati-personali/", correction.correction, name="correction"),
    path("dati-personali/<slug:code>/", correction.received, name="correction_received"),
    path("accesso/account/", account.account, name="account"),
    path("accesso/account/dati/", own_data.own_data, name="own_data"),
    path("accesso/account/dati.<slug:format>", own_data.own_file, name="own_data_file"),
    path("accesso/account/cancella/", own_data.erase, name="erase"),
    path("accesso/con/", identities.sign_in, name="providers"),
    path("accesso/con/risposta/", identities.answer, name="provider_answer"),
    path("accesso/identita/", identities.identities, name="identities"),
    path("accesso/gettoni/", ways_in.tokens, name="tokens"),
    path("accesso/email/", ways_in.new_email, name="new_email"),
    path("accesso/email/<str:token>/", ways_in.email_taken_up, name="email_taken_up"),
    path("accesso/sessioni/", account.sessions, name="sessions"),
    path("accesso/invito/<str:token>/", entering.invitation, name="invitation"),
]

urlpatterns = [
    path("accesso/", entering.sign_in, name="account_login"),
    path("accesso/esci/", entering.sign_out, name="account_logout"),
    path("accesso/passkey/", passkeys.sign_in, name="mfa_login_webauthn"),
    path("accesso/verifica/", entering.second_factor, name="mfa_authenticate"),
    path("accesso/conferma/", proving.prove, name="account_reauthenticate"),
    path("accesso/password/", entering.ask_reset, name="account_reset_password"),
    path("accesso/password/inviata/", entering.reset_asked, name="account_reset_password_done"),
    path("accesso/password/cambia/", account.change_password, name="account_change_password"),
    re_path(
        r"^accesso/password/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>[^/]+)/$",
        entering.reset,
        name="account_reset_password_from_key",
    ),
    path("accesso/secondo-fattore/", factors.second_factor_state, name="mfa_index"),
    path("accesso/secondo-fattore/attiva/", factors.set_up, name="mfa_activate_totp"),
    path("accesso/secondo-fattore/disattiva/", factors.switch_off, name="mfa_deactivate_totp"),
    path("accesso/secondo-fattore/passkey/", passkeys.own, name="mfa_list_webauthn"),
    path("accesso/secondo-fattore/passkey/nuova/", passkeys.add, name="mfa_add_webauthn"),
    path("accesso/secondo-fattore/codici/", factors.codes, name="mfa_view_recovery_codes"),
    path(
        "accesso/secondo-fattore/codici/nuovi/",
        factors.new_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "accesso/secondo-fattore/codici/scarica/",
        factors.codes_file,
        name="mfa_download_recovery_codes",
    ),
    path("", include((own, "people"))),
]
