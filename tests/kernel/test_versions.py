import pytest
from django.db import transaction

from tavolo.kernel import clock
from tavolo.kernel.errors import NotFound, StaleVersion
from tavolo.kernel.models import Network, WorkerBeat
from tavolo.kernel.versions import _folded, save_version
from tests.threads import together


@pytest.fixture
def network(db) -> Network:
    return Network.objects.create(slug="rete", name="Rete", created_at=clock.now())


def as_read(network: Network) -> Network:
    return Network.objects.get(pk=network.pk)


def test_who_saves_first_grows_the_version_and_folds_the_keys(network):
    network.name, network.summary = "Àlba 10", "non detto"
    saved = save_version(network, expected=1, fields=["name"])
    assert saved is network
    assert saved.version == 2
    kept = as_read(network)
    assert (kept.name, kept.sort_key, kept.search_key) == ("Àlba 10", "alba 00000010", "alba 10")
    assert (kept.version, kept.summary) == (2, "")


def test_who_saves_second_is_told_so_and_sees_both(network):
    mine, theirs = as_read(network), as_read(network)
    theirs.summary = "loro"
    save_version(theirs, expected=1, fields=["summary"])
    mine.summary = "mio"
    with pytest.raises(StaleVersion) as refusal:
        save_version(mine, expected=1, fields=["summary"])
    assert refusal.value.theirs.summary == "loro"
    assert refusal.value.theirs.version == 2
    assert refusal.value.yours.summary == "mio"
    assert as_read(network).summary == "loro"
    save_version(mine, expected=refusal.value.theirs.version, fields=["summary"])
    assert (as_read(network).summary, as_read(network).version) == ("mio", 3)


@pytest.mark.parametrize("expected", [0, 2, -1, 2**63])
def test_a_version_that_never_was_is_stale(network, expected):
    with pytest.raises(StaleVersion):
        save_version(network, expected=expected, fields=["summary"])


def test_what_is_gone_is_not_found(network):
    Network.objects.all().delete()
    with pytest.raises(NotFound):
        save_version(network, expected=1, fields=["summary"])
    with pytest.raises(NotFound):
        save_version(Network(name="mai salvata"), expected=1, fields=["summary"])


def test_a_refused_save_does_not_break_the_transaction_around_it(network):
    with transaction.atomic():
        with pytest.raises(StaleVersion):
            save_version(network, expected=9, fields=["summary"])
        network.summary = "dopo"
        save_version(network, expected=1, fields=["summary"])
    assert as_read(network).summary == "dopo"


@pytest.mark.django_db(transaction=True)
def test_of_eight_who_save_at_once_one_succeeds(transactional_db):
    row = Network.objects.create(slug="rete", name="Rete", created_at=clock.now())

    def save(number: int) -> int:
        mine = as_read(row)
        mine.summary = str(number)
        with transaction.atomic():
            save_version(mine, expected=1, fields=["summary"])
        return number

    results = together(*(lambda n=n: save(n) for n in range(8)))
    done = [result for result in results if isinstance(result, int)]
    refused = [result for result in results if isinstance(result, StaleVersion)]
    assert (len(done), len(refused)) == (1, 7)
    kept = as_read(row)
    assert (kept.version, kept.summary) == (2, str(done[0]))
    assert {str(refusal.theirs.summary) for refusal in refused} == {kept.summary}


def test_a_row_without_a_name_has_no_keys_to_fold():
    assert _folded(WorkerBeat()) == set()
