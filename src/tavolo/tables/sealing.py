"""What is attached to an application lies encrypted: each content with a key of its own.

That key is sealed with the key of the installation and stands in the row; without it the content is
nothing, in a backup too. `InvalidToken` where the installation's key is another.
"""

from cryptography.fernet import Fernet

from tavolo.kernel import blobs
from tavolo.kernel.models import Blob
from tavolo.people.sealing import seal, unseal
from tavolo.tables.models import ApplicationPaper


def sealed(content: bytes) -> tuple[Blob, str]:
    """Encrypt and keep it; gives the blob and its sealed key. Until a row points there it is on its way out."""
    key = Fernet.generate_key()
    blob = blobs.store([Fernet(key).encrypt(content)])
    blobs.doom(blob.digest)
    return blob, seal(key.decode())


def content_of(paper: ApplicationPaper) -> bytes:
    """What was attached, opened. The caller has asked who may. Refuses with NotFound what was emptied."""
    with blobs.open_blob(paper.blob_id or "") as kept:
        return Fernet(unseal(paper.sealed_key).encode()).decrypt(kept.read())
