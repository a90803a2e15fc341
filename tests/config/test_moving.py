"""A network goes to another installation whole, and nothing of another goes with it."""

import json
import shutil
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from tavolo.config import cli
from tavolo.config.archive.steps import silent
from tavolo.config.checks import contents
from tavolo.config.moving import importing
from tavolo.config.moving.errors import (
    Conflict,
    DamagedFolder,
    FolderTaken,
    LacksTerritory,
    MovingRefusal,
    NetworkIsHere,
    OtherSort,
)
from tavolo.config.moving.exporting import export_network
from tavolo.config.moving.folder import verified
from tavolo.config.moving.importing import import_network
from tavolo.config.moving.manifest import Manifest
from tavolo.journal import heads
from tavolo.journal.models import Entry
from tavolo.journal.queries import breaks
from tavolo.kernel import blobs
from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.network import installation
from tavolo.messages.models import Message
from tavolo.people.models import Account, Person
from tavolo.registry.actions import add_commitment
from tavolo.registry.models import Commitment, Organisation, Participation
from tavolo.territory.models import Municipality, PatronSaint
from tests.config import moving
from tests.config.conftest import Machine
from tests.config.moving import (
    SECRET,
    a_country,
    a_living_network,
    a_patron_saint,
    house,
    secretary,
)
from tests.factories.people import a_person, an_account, sign_in
from tests.factories.registry import a_network_with_secretary, a_participant

pytestmark = pytest.mark.django_db(transaction=True, databases=["default", "vault"])

KEPT_HERE = sha256(b"kept here").hexdigest()
# What names a municipality or a district by its uid says another one elsewhere.
ELSEWHERE = (
    "known/",
    "rows/territory.",
    "rows/registry.Organisation.",
    "rows/registry.Seat.",
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the folders of this file are kept, written once."""
    return tmp_path_factory.mktemp("moving")


@pytest.fixture
def machine(
    tmp_path: Path, settings: Any, transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> Machine:
    """An empty installation, which has a small country of its own."""
    monkeypatch.setattr(importing, "lay_territory", lambda _progress: None)
    made = Machine(tmp_path, settings)
    made.begin()
    return made


@pytest.fixture
def folders(kept: Path, machine: Machine) -> Path:
    """`milano`, `open` (it with accounts) and `lucca`, written out by an installation that is gone."""
    if not (kept / "lucca").exists():
        network = a_living_network()
        export_network(network, kept / "milano")
        export_network(network, kept / "open", accounts=True)
        export_network(Network.objects.get(slug="lucca"), kept / "lucca")
        machine.begin()
    a_country()
    return kept


def words_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def rows_in(folder: Path, label: str) -> list[dict[str, Any]]:
    lines = (folder / "rows" / f"{label}.ndjson").read_text().splitlines()
    return [json.loads(line) for line in lines]


def alike(manifest: Manifest) -> dict[str, Any]:
    return {name: told for name, told in manifest.members.items() if not name.startswith(ELSEWHERE)}


def test_what_arrived_is_written_out_again_the_same(folders: Path, tmp_path: Path) -> None:
    manifest = import_network(folders / "milano")
    network = Network.objects.get(slug="milano")
    again = export_network(network, tmp_path / "again")
    assert (manifest.rows, manifest.lost) == (sum(map(len, map_rows(folders / "milano"))), [])
    assert (again.network, again.chain, again.files) == (
        manifest.network,
        manifest.chain,
        manifest.files,
    )
    assert alike(again) == alike(manifest)
    assert breaks() == []
    assert heads.read_head(str(network.uid)).count == manifest.chain.count > 10
    twin = Organisation.objects.get(code="casa-delle-donne-di-lucca")
    assert twin.merged_into == house()
    assert house().municipality == Municipality.objects.get(istat_code="046001")
    with blobs.open_blob(manifest.files[0]) as content:
        assert content.read() == b"%PDF- something kept"


def map_rows(folder: Path) -> list[list[bytes]]:
    return [path.read_bytes().splitlines() for path in (folder / "rows").iterdir()]


def test_nothing_of_another_network_goes_along(folders: Path) -> None:
    assert SECRET.encode() in words_in(folders / "lucca")
    assert SECRET.encode() not in words_in(folders / "milano")
    commitments = rows_in(folders / "milano", "registry.Commitment")
    assert [row["name"] for row in commitments] == ["Aprire lo sportello"]
    assert {row["network"] for row in rows_in(folders / "milano", "registry.Participation")} == {
        row["uid"] for row in rows_in(folders / "milano", "kernel.Network")
    }


@pytest.mark.parametrize("here", ["", "San Paolino"])
def test_patron_saints_come_where_none_is_known(folders: Path, here: str) -> None:
    if here:
        a_patron_saint(Municipality.objects.get(istat_code="046001"), here)
    import_network(folders / "milano")
    (saint,) = PatronSaint.objects.all()
    assert (saint.municipality.istat_code, saint.name) == ("046001", here or "San Giuseppe")


def test_a_letter_that_waits_is_sent_from_where_it_waits(folders: Path) -> None:
    import_network(folders / "milano")
    assert list(Message.objects.values_list("subject", flat=True)) == ["Arrivata"]


def test_how_one_signs_in_goes_only_where_it_is_asked_for(folders: Path, client: Client) -> None:
    assert {row["password"] for row in rows_in(folders / "milano", "people.Account")} == {"!moved"}
    assert not (folders / "milano/rows/mfa.Authenticator.ndjson").exists()
    import_network(folders / "open")
    assert sign_in(client, secretary()).get("/lavoro/").status_code == 200


def test_without_it_nobody_signs_in_before_a_new_password(folders: Path, client: Client) -> None:
    import_network(folders / "milano")
    account = secretary()
    assert (account.has_usable_password(), account.is_active) == (False, True)
    answer = client.post("/accesso/", {"login": account.email, "password": "!moved"})
    assert answer.status_code == 200


def test_a_network_that_is_here_is_not_taken_in_again(folders: Path) -> None:
    import_network(folders / "milano")
    with pytest.raises(NetworkIsHere):
        import_network(folders / "milano")
    assert Network.objects.count() == 1


def test_an_organisation_waits_for_its_steward(folders: Path) -> None:
    """Until that network comes too, the one that came keeps it in trust."""
    import_network(folders / "milano")
    shared = Organisation.objects.get(code="croce-rossa")
    assert shared.steward.slug == "milano"
    assert Entry.objects.filter(action="config.stewardship_taken").count() == 1
    import_network(folders / "lucca")
    shared.refresh_from_db()
    assert shared.steward.slug == "lucca"
    assert Organisation.objects.filter(code="croce-rossa").count() == 1
    assert Participation.objects.filter(organisation=shared).count() == 2
    assert breaks() == []


def test_what_contradicts_is_refused_whole(folders: Path) -> None:
    an_account("segreteria@milano.example")
    before = Person.objects.count()
    with pytest.raises(Conflict) as refusal:
        import_network(folders / "milano")
    assert "segreteria@milano.example" in str(refusal.value)
    assert (Network.objects.count(), Person.objects.count()) == (0, before)
    assert Commitment.objects.count() == Organisation.objects.count() == 0
    assert Entry.objects.filter(action="config.network_imported").count() == 0


def test_a_content_that_was_missing_there_is_missing_here(folders: Path, tmp_path: Path) -> None:
    folder = tmp_path / "without"
    shutil.copytree(folders / "milano", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (digest,) = manifest["files"]
    (folder / "files" / digest).unlink()
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": [], "lost": [digest]}))
    import_network(folder)
    assert not blobs.path_of(digest).exists()
    assert [finding.level for finding in contents()] == ["wrong"]


def test_a_content_that_nobody_named_refuses_the_whole(folders: Path, tmp_path: Path) -> None:
    folder = tmp_path / "without"
    shutil.copytree(folders / "milano", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    shutil.rmtree(folder / "files")
    (folder / "manifest.json").write_text(json.dumps({**manifest, "files": []}))
    with pytest.raises(DamagedFolder):
        import_network(folder)
    assert Network.objects.count() == 0


def test_a_place_that_is_not_known_here_is_said(folders: Path) -> None:
    Municipality.objects.filter(istat_code="046001").update(istat_code="999999")
    with pytest.raises(LacksTerritory):
        import_network(folders / "milano")
    assert Network.objects.count() == 0


def test_a_chain_that_was_touched_up_is_refused(folders: Path, tmp_path: Path) -> None:
    """Even where every digest was made to fit again."""
    folder = tmp_path / "touched"
    shutil.copytree(folders / "milano", folder)
    entries = folder / "rows/journal.Entry.ndjson"
    entries.write_text(entries.read_text().replace("commitment_added", "commitment_tried"))
    refit(folder, entries)
    with pytest.raises(DamagedFolder) as refusal:
        import_network(folder)
    assert "milano" in str(refusal.value)
    assert Network.objects.count() == 0


def refit(folder: Path, changed: Path) -> None:
    from tavolo.config.moving.folder import _measured

    manifest = json.loads((folder / "manifest.json").read_text())
    told = _measured(changed)
    name = changed.relative_to(folder).as_posix()
    manifest["members"][name] = {"lines": told.lines, "sha256": told.sha256}
    (folder / "manifest.json").write_text(json.dumps(manifest))


def test_demonstrations_and_real_networks_are_kept_apart(folders: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demonstration"
    shutil.copytree(folders / "milano", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["demonstration"] = {"seed": 1, "reference_day": "2026-11-22"}
    (folder / "manifest.json").write_text(json.dumps(manifest))
    import_network(folder)
    assert installation().demonstration
    with pytest.raises(OtherSort):
        import_network(folders / "lucca")
    assert Network.objects.count() == 1


def test_the_commands_say_what_they_did(
    folders: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["network", "import", str(folders / "milano")]) == 0
    assert "Rete milano" in capsys.readouterr().out
    there = tmp_path / "there"
    assert cli.main(["network", "export", "milano", str(there), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["rows"] == verified(there).rows
    assert cli.main(["network", "export", "milano", str(there)]) == 1
    assert cli.main(["network", "export", "nowhere", str(tmp_path / "other")]) == 1
    assert cli.main(["network", "import", str(tmp_path)]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 3


def test_a_folder_that_holds_something_is_left_alone(machine: Machine, tmp_path: Path) -> None:
    network = Network(slug="milano")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "precious").touch()
    with pytest.raises(FolderTaken):
        export_network(network, tmp_path / "full")
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["precious"]


def test_an_export_that_fails_leaves_nothing(
    machine: Machine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_living_network()

    def full(*_arguments: Any) -> bool:
        raise OSError("No space left on device")

    monkeypatch.setattr("tavolo.config.moving.folder.Draft.add_content", full)
    before = set(tmp_path.iterdir())
    with pytest.raises(MovingRefusal) as refusal:
        export_network(Network.objects.get(slug="milano"), tmp_path / "new", progress=silent)
    assert "No space left on device" in str(refusal.value)
    assert set(tmp_path.iterdir()) == before


Spoil = Callable[[Path], object]
SPOILT: dict[str, Spoil] = {
    "a row changed": lambda at: changed(at / "rows/people.Person.ndjson"),
    "a row less": lambda at: (at / "rows/people.Person.ndjson").write_bytes(b""),
    "a table gone": lambda at: (at / "rows/people.Person.ndjson").unlink(),
    "a file gone": lambda at: next((at / "files").iterdir()).unlink(),
    "a file changed": lambda at: changed(next((at / "files").iterdir())),
    "a file more": lambda at: (at / "files" / ("0" * 64)).touch(),
    "something else": lambda at: (at / "rows/run.sh").touch(),
    "a link": lambda at: (at / "rows/people.Account.ndjson.x").symlink_to("/etc/passwd"),
    "no manifest": lambda at: (at / "manifest.json").unlink(),
    "half a manifest": lambda at: (at / "manifest.json").write_bytes(b'{"format": 1,'),
    "another form": lambda at: (at / "manifest.json").write_bytes(b'{"format": 9}'),
    "nothing at all": shutil.rmtree,
}


def changed(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(bytes(content))


def test_what_is_not_as_it_was_written_is_refused(folders: Path, tmp_path: Path) -> None:
    verified(folders / "milano")
    told = {}
    for number, (name, spoil) in enumerate(SPOILT.items()):
        folder = tmp_path / f"spoilt-{number}"
        shutil.copytree(folders / "milano", folder)
        spoil(folder)
        with pytest.raises(MovingRefusal) as refusal:
            verified(folder)
        told[name] = type(refusal.value).__name__
    assert told == {
        "a row changed": "DamagedFolder",
        "a row less": "DamagedFolder",
        "a table gone": "DamagedFolder",
        "a file gone": "DamagedFolder",
        "a file changed": "DamagedFolder",
        "a file more": "DamagedFolder",
        "something else": "UnsafeFolder",
        "a link": "UnsafeFolder",
        "no manifest": "NoNetworkThere",
        "half a manifest": "DamagedFolder",
        "another form": "OtherForm",
        "nothing at all": "NoNetworkThere",
    }


def test_a_newer_or_older_form_of_the_tables_is_refused(folders: Path, tmp_path: Path) -> None:
    folder = tmp_path / "older"
    shutil.copytree(folders / "milano", folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["migrations"].pop()
    (folder / "manifest.json").write_text(json.dumps(manifest))
    with pytest.raises(MovingRefusal) as refusal:
        import_network(folder)
    assert type(refusal.value).__name__ == "OtherForm"
    assert Account.objects.count() == 0


def test_the_country_of_the_tests_is_the_same_each_time() -> None:
    assert tuple(town.istat_code for town in a_country()) == moving.CODES


def made_up(folder: Path, label: str, **told: Any) -> None:
    """A row more, as the first one of its table but for what is told; every digest fits again."""
    path = folder / "rows" / f"{label}.ndjson"
    row = {**json.loads(path.read_text().splitlines()[0]), **told}
    with path.open("a") as file:
        file.write(json.dumps(row) + "\n")
    refit(folder, path)


def of_another(network: Network, person: Person, organisation: Organisation) -> dict[str, Spoil]:
    """What a folder must not say: each as its maker would write it who knows who is here."""
    new, there = str(uuid4()), str(network.uid)
    commitment = str(Commitment.objects.get(network=network).uid)
    return {
        "an office here": lambda at: made_up(at, "registry.NetworkOffice", uid=new, network=there),
        "a letter that waits": lambda at: made_up(at, "messages.Message", uid=new, state="queued"),
        "a step here": lambda at: made_up(
            at, "registry.CommitmentStep", uid=new, commitment=commitment
        ),
        "an account here": lambda at: made_up(
            at, "people.Account", uid=new, person=str(person.uid), email="x@evil.example"
        ),
        "who is with whom here": lambda at: made_up(
            at, "registry.Affiliation", uid=new, organisation=str(organisation.uid)
        ),
        "a file that it does not bring": lambda at: made_up(
            at, "documents.Version", number=2, blob=KEPT_HERE, digest=KEPT_HERE
        ),
    }


def test_nothing_is_said_of_what_is_here_already(folders: Path, tmp_path: Path) -> None:
    """Whoever made the folder may have made it up: it speaks of its own network, and of no other."""
    blobs.store([b"kept here"])
    here, _account = a_network_with_secretary("trento")
    organisation, person = a_participant(here, "Ospite"), a_person("Ada", "Neri")
    add_commitment(network=here, name="Qui", owner=organisation, no_due=True, by=OPERATOR)
    told = {}
    for number, (name, spoil) in enumerate(of_another(here, person, organisation).items()):
        folder = tmp_path / f"hostile-{number}"
        shutil.copytree(folders / "milano", folder)
        spoil(folder)
        try:
            import_network(folder)
            told[name] = "taken in"
            Network.objects.filter(slug="milano").update(slug=f"milano-{number}", uid=uuid4())
        except MovingRefusal as refusal:
            told[name] = type(refusal).__name__
    assert told == dict.fromkeys(told, "DamagedFolder")
    assert list(Network.objects.values_list("slug", flat=True)) == ["trento"]


def test_a_password_comes_only_where_accounts_come(folders: Path, tmp_path: Path) -> None:
    folder = tmp_path / "with-password"
    shutil.copytree(folders / "milano", folder)
    path = folder / "rows/people.Account.ndjson"
    path.write_text(path.read_text().replace("!moved", make_password("known to its maker")))
    refit(folder, path)
    import_network(folder)
    assert not secretary().has_usable_password()
