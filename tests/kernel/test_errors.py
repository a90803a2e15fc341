import pickle

import pytest
from django.utils.translation import gettext_lazy, override

from tavolo.kernel import errors
from tavolo.kernel.errors import BadRequest, NotAllowed, NotFound, Refusal, StaleVersion


def every_refusal() -> list[type[Refusal]]:
    return [
        kind
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, Refusal)
    ]


@pytest.mark.parametrize("kind", every_refusal(), ids=lambda kind: kind.__name__)
def test_every_refusal_says_what_is_wrong_and_has_a_status(kind):
    refusal = kind(theirs=1, yours=2) if kind is StaleVersion else kind()
    with override("en"):
        assert str(refusal.sentence).endswith(".")
        assert str(refusal).startswith(str(refusal.sentence))
    assert 400 <= refusal.status < 500


def test_a_refusal_is_told_in_its_own_words_where_it_has_some():
    refusal = Refusal("È troppo tardi.", advice="Telefona.")
    assert (refusal.sentence, refusal.advice) == ("È troppo tardi.", "Telefona.")
    assert str(refusal) == "È troppo tardi. Telefona."
    assert str(Refusal("È troppo tardi.")) == "È troppo tardi."
    with override("en"):
        assert str(NotAllowed()) == "You may not do this. Ask the secretariat of the network."
        assert str(NotAllowed("No.")) == "No. Ask the secretariat of the network."


def test_words_of_one_refusal_are_not_those_of_the_next():
    NotFound("Altro.", advice="Altro.")
    with override("en"):
        assert str(NotFound()) == "There is nothing at this address."


def test_a_refusal_is_translated_when_it_is_read():
    refusal = BadRequest(gettext_lazy("Sign in to go on."))
    with override("en"):
        assert str(refusal) == "Sign in to go on."


def test_a_stale_version_carries_both():
    refusal = StaleVersion(theirs="loro", yours="mio")
    assert (refusal.theirs, refusal.yours, refusal.status) == ("loro", "mio", 409)


def test_a_refusal_survives_a_journey_between_processes():
    assert str(pickle.loads(pickle.dumps(Refusal("No.")))) == "No."
