"""Invented forms for the gallery and the tests."""

from django import forms

from tavolo.ui.components.confirmation import Confirmation
from tavolo.ui.components.form import Fieldset, FormView


class JoinForm(forms.Form):
    """A form with one field of each kind, a key and a version."""

    form_key = forms.CharField(widget=forms.HiddenInput)
    version = forms.CharField(widget=forms.HiddenInput, initial="3")
    name = forms.CharField(label="Denominazione, come sta nello statuto")
    tax_code = forms.CharField(
        label="Codice fiscale dell’organizzazione",
        min_length=11,
        help_text="11 cifre. È diverso da quello di chi la rappresenta.",
        widget=forms.TextInput(attrs={"class": "tv-w-s", "inputmode": "numeric"}),
    )
    capacity = forms.ChoiceField(
        label="In che veste aderisce",
        choices=[
            ("a", "Associazione"),
            ("u", "Organizzazione sindacale"),
            ("q", "Soggetto qualificato"),
        ],
        widget=forms.RadioSelect,
    )
    pec = forms.EmailField(
        label="PEC",
        required=False,
        help_text="Qui arrivano ricevuta e convocazioni.",
        widget=forms.EmailInput(attrs={"class": "tv-w-m"}),
    )
    province = forms.ChoiceField(
        label="Provincia", choices=[("", "scegli"), ("mi", "Milano"), ("lu", "Lucca")]
    )
    about = forms.CharField(
        label="Che cosa fate", required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    statute = forms.FileField(label="Statuto", required=False, help_text="PDF, fino a 10 MB.")
    agreed = forms.BooleanField(label="Abbiamo letto l’avviso e ne accettiamo le condizioni")


class SendForm(forms.Form):
    """A form with nothing to fill in, as confirmations have it."""

    form_key = forms.CharField(widget=forms.HiddenInput)


WRONG = {
    "wrong-form_key": "a",
    "wrong-version": "3",
    "wrong-name": "Associazione Bussola",
    "wrong-tax_code": "9712340015",
    "wrong-pec": "bussola@",
}


def wrong_form() -> FormView:
    """As it comes back with five faults."""
    return FormView(
        JoinForm(WRONG, prefix="wrong"),
        submit="Salva e continua",
        cancel_href="#passo-1",
        cancel="Torna al passo 1",
        fieldsets=(Fieldset("L’organizzazione", ("name", "tax_code", "capacity")),),
        note="Ciò che scrivi resta salvato.",
    )


def empty_form() -> FormView:
    return FormView(JoinForm(initial={"form_key": "c"}), lead="Bastano cinque minuti.")


def confirmation() -> Confirmation:
    return Confirmation(
        "Chiudere l’avviso 2026/2?",
        (
            "Nessuno potrà più rispondere.",
            "Le 57 risposte arrivate passano all’istruttoria.",
            "Chi ha una domanda a metà riceve una lettera.",
        ),
        FormView(
            SendForm(initial={"form_key": "b"}, prefix="close"),
            submit="Chiudi l’avviso",
            cancel_href="#avviso",
            cancel="Lascia aperto",
        ),
        note="La chiusura non si annulla: si può pubblicare un nuovo avviso.",
    )
