"""The product's own settings, in a home that goes with the run, on the database that TAVOLO_TEST_DB names."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

from tests.postgres import server_urls

_home = Path(tempfile.mkdtemp(prefix="tavolo-tests-"))
atexit.register(shutil.rmtree, _home, ignore_errors=True)

for _name in [name for name in os.environ if name.startswith("TAVOLO_") and "URL" in name]:
    del os.environ[_name]
os.environ["TAVOLO_HOME"] = str(_home)
os.environ.setdefault("TAVOLO_SECRET_KEY", "tests")
os.environ.pop("TAVOLO_DEBUG", None)

if os.environ.get("TAVOLO_TEST_DB", "sqlite") == "postgresql":
    os.environ.update(server_urls())

from tavolo.config.settings import *  # noqa: E402, F403
from tavolo.config.settings import DATABASES, STORAGES  # noqa: E402

ALLOWED_HOSTS = ["*"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
WHITENOISE_USE_FINDERS = True
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
for _alias, _database in DATABASES.items():
    if "sqlite" in _database["ENGINE"]:
        # A file, as in life: threads and second connections see what a memory database would hide.
        _database["TEST"] = {"NAME": str(_home / f"test-{_alias}.sqlite3")}
        # It need not outlast a power cut; proofs of that have installations of their own.
        _options = _database["OPTIONS"]
        _options["init_command"] = _options["init_command"].replace("=FULL", "=OFF")
