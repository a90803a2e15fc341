import pytest
from django.utils.translation import override

from tavolo.kernel.dates import PartialDate
from tavolo.kernel.models import Network
from tavolo.portal.words import active_words, networks_title, state_of, until_words
from tavolo.registry.queries import TakingPart


@pytest.mark.parametrize(
    ("since", "italian", "english"),
    [
        ("2015-06-30", "dal 30 giugno 2015", "since 30 June 2015"),
        ("2006", "dal 2006", "since 2006"),
        ("2015-06", "da giugno 2015", "since June 2015"),
        (
            "XXXX-03-09",
            "da un 9 marzo; la fonte non dice l’anno",
            "since a 9 March; the source does not say the year",
        ),
    ],
)
def test_since_when_is_said_as_far_as_it_is_known(since: str, italian: str, english: str) -> None:
    when = PartialDate.parse(since)
    with override("it"):
        assert active_words(when) == italian
    with override("en"):
        assert active_words(when).lower() == english.lower()


@pytest.mark.parametrize(
    ("end", "said"),
    [
        ("2015-12-31", "fino al 31 dicembre 2015"),
        ("2016-01", "fino a gennaio 2016"),
        ("2016", "fino al 2016"),
    ],
)
def test_until_when_is_said_as_far_as_it_is_known(end: str, said: str) -> None:
    with override("it"):
        assert until_words(PartialDate.parse(end)) == said


@pytest.mark.parametrize(
    ("number", "title"),
    [
        (1, "Una rete per le pari opportunità"),
        (4, "Quattro reti per le pari opportunità"),
        (10, "Dieci reti per le pari opportunità"),
        (11, "11 reti per le pari opportunità"),
        (1200, "1.200 reti per le pari opportunità"),
    ],
)
def test_small_numbers_are_spelled(number: int, title: str) -> None:
    with override("it"):
        assert networks_title(number) == title


@pytest.mark.parametrize(
    ("since", "organisations", "state", "said"),
    [
        ("2006", 0, "on", "In attività dal 2006"),
        ("", 3, "on", "In attività non è ancora indicato da quando"),
        ("", 0, "draft", "In preparazione "),
    ],
)
def test_the_state_of_a_network(since: str, organisations: int, state: str, said: str) -> None:
    network = Network(slug="x", name="X")
    network.active_since = PartialDate.parse(since) if since else None
    with override("it"):
        badge = state_of(network, TakingPart(organisations))
        assert (badge.state, f"{badge.words} {badge.detail}") == (state, said)
