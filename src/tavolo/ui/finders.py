"""Which files are served: ours, and of Bootstrap Italia only what our pages use."""

import re
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

import bootstrap_italia_template
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage, Storage

KIT = Path(bootstrap_italia_template.__file__).parent / "static"
PREFIX = "bootstrap-italia"
TITILLIUM = "fonts/Titillium_Web/titillium-web-v10-latin-ext_latin"
FILES = (
    "css/bootstrap-italia.min.css",
    "svg/sprites.svg",
    f"{TITILLIUM}-regular.woff2",
    f"{TITILLIUM}-italic.woff2",
    f"{TITILLIUM}-600.woff2",
    f"{TITILLIUM}-700.woff2",
    "fonts/Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular.woff2",
)


class RoomFinder(AppDirectoriesFinder):
    """The static files of our own rooms; those of other packages are not ours to serve."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.apps = [name for name in self.apps if name.startswith("tavolo.")]
        self.storages = {name: self.storages[name] for name in self.apps if name in self.storages}


# A font for video controls, which we do not have, and the pointer to a map that is not served.
UNUSED = re.compile(rb"@font-face\{font-family:VideoJS;[^}]*\}|/\*# sourceMappingURL=.*?\*/")


class KitStorage(FileSystemStorage):
    """Reads the kit, without what would only be refused by our content policy or not found."""

    prefix = PREFIX

    def __init__(self) -> None:
        super().__init__(location=KIT)

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        if not name.endswith(".css"):
            return File((KIT / name).open(mode))
        return ContentFile(UNUSED.sub(b"", (KIT / name).read_bytes()), name=name)


class BootstrapItaliaFinder(BaseFinder):
    """The kit under `bootstrap-italia/`: its stylesheet, its icons, the fonts that we declare."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        """Django passes the names of applications, which do not concern the kit."""

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002  # Django's signature
        """The file behind `bootstrap-italia/…`, or nothing for any other file of the kit."""
        name = path.replace("\\", "/").removeprefix(f"{PREFIX}/")
        found = [str(KIT / name)] if name != path and name in FILES else []
        return found if find_all else next(iter(found), None)

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        yield from ((name, self._storage) for name in FILES)

    @cached_property
    def _storage(self) -> KitStorage:
        return KitStorage()
