"""Forms: labels, hints and faults in the right places, and everything typed kept."""

import re

from django import forms

from tavolo.ui.components.form import Fault, Fieldset, FormView


class Join(forms.Form):
    form_key = forms.CharField(widget=forms.HiddenInput)
    version = forms.IntegerField(widget=forms.HiddenInput)
    name = forms.CharField(label="Nome", help_text="Come sta nello statuto.")
    kind = forms.ChoiceField(
        label="Veste", choices=[("a", "Una"), ("b", "Altra")], widget=forms.RadioSelect
    )
    pec = forms.EmailField(label="PEC", required=False)
    agreed = forms.BooleanField(label="Accetto")

    def clean(self) -> None:
        if self.cleaned_data.get("name") == "doppia":
            self.add_error(None, "C’è già.")


def html_of(form: forms.Form, **more: object) -> str:
    return re.sub(r">\s+<", "><", FormView(form, **more).render())


def test_a_label_stands_above_its_field_with_its_hint_between() -> None:
    html = html_of(Join())
    assert (
        '<label for="id_name">Nome</label>'
        '<span class="hint" id="id_name-hint">Come sta nello statuto.</span>'
        '<input type="text" name="name" class="form-control" aria-describedby="id_name-hint" required id="id_name">'
    ) in html


def test_what_is_optional_is_said_in_words() -> None:
    html = html_of(Join())
    assert '<label for="id_pec">PEC <span class="opt">(facoltativo)</span></label>' in html
    assert "Servono tutte le risposte, tranne quelle segnate «facoltativo»." in html


def test_a_form_that_needs_everything_says_nothing_about_it() -> None:
    class Short(forms.Form):
        name = forms.CharField()

    assert "facoltativo" not in html_of(Short())


def test_hidden_fields_travel_along() -> None:
    html = html_of(Join(initial={"form_key": "k", "version": 1234}))
    assert '<input type="hidden" name="form_key" value="k" id="id_form_key">' in html
    assert '<input type="hidden" name="version" value="1234" id="id_version">' in html


def test_the_summary_leads_to_each_fault_and_takes_the_focus() -> None:
    form = Join({"name": "", "kind": "z", "pec": "x@", "version": "1"})
    shown = FormView(form)
    assert [(fault.label, fault.href) for fault in shown.faults] == [
        ("Form key", ""),
        ("Nome", "#id_name"),
        ("Veste", "#id_kind_0"),
        ("PEC", "#id_pec"),
        ("Accetto", "#id_agreed"),
    ]
    html = shown.render()
    assert '<div class="tv-errors" role="alert" tabindex="-1" autofocus' in html
    assert "5 risposte da correggere" in html
    assert '<a href="#id_kind_0">Veste: ' in html


def test_a_fault_of_the_whole_comes_first() -> None:
    form = Join({"name": "doppia", "kind": "a", "agreed": "on", "form_key": "k", "version": "1"})
    assert FormView(form).faults == [Fault("", "C’è già.", "")]
    assert "Una risposta da correggere" in html_of(form)


def test_what_was_typed_is_kept_beside_its_fault() -> None:
    html = html_of(Join({"name": "Bussola", "kind": "b", "pec": "bussola@", "agreed": "on"}))
    assert 'value="Bussola"' in html
    assert 'value="bussola@"' in html
    assert re.search(r'value="b"[^>]* checked', html)
    assert re.search(r'name="agreed"[^>]* checked', html)
    assert (
        '<span class="err" id="id_pec-error"><span class="visually-hidden">Errore: </span>' in html
    )
    assert re.search(
        r'name="pec"[^>]*aria-describedby="id_pec-error"[^>]*aria-invalid="true"', html
    )


def test_a_group_of_choices_is_a_fieldset() -> None:
    html = html_of(Join())
    assert '<fieldset class="tv-choice tv-field"><legend>Veste</legend>' in html
    assert '<label class="tv-check" for="id_kind_1"><input type="radio"' in html


def test_fieldsets_order_the_fields_and_the_rest_follows() -> None:
    shown = FormView(Join(), fieldsets=(Fieldset("Recapiti", ("pec",)),))
    assert [
        (group.legend, [view.bound.name for view in group.fields]) for group in shown.groups
    ] == [
        ("Recapiti", ["pec"]),
        ("", ["name", "kind", "agreed"]),
    ]


def test_every_field_in_a_fieldset_leaves_no_rest() -> None:
    shown = FormView(Join(), fieldsets=(Fieldset("Tutto", ("pec", "name", "kind", "agreed")),))
    assert [group.legend for group in shown.groups] == ["Tutto"]


def test_files_are_sent_as_files() -> None:
    class Upload(forms.Form):
        statute = forms.FileField()

    assert 'enctype="multipart/form-data"' in html_of(Upload())
    assert "enctype" not in html_of(Join())


def test_a_field_of_a_form_without_ids_has_its_name() -> None:
    assert '<label for="name">' in html_of(Join(auto_id=False))


def test_address_and_way_back() -> None:
    html = html_of(Join(), action="/qui/", cancel_href="/la/")
    assert '<form method="post" action="/qui/" novalidate>' in html
    assert '<a href="/la/">Annulla</a>' in html
