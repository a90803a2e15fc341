"""Which files are served: ours, and of Bootstrap Italia only what our pages use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import bootstrap_italia_template
from django.contrib.staticfiles.finders import AppDirectoriesFinder, BaseFinder
from django.core.files.storage import FileSystemStorage, Storage

KIT = Path(bootstrap_italia_template.__file__).parent / "static"
FILES = ("css/bootstrap-italia.min.css", "svg/sprites.svg")
FONTS = ("Titillium_Web/titillium-web-v10-latin-ext_latin-", "Roboto_Mono/roboto-mono-v13-latin-ext_latin-regular")


class RoomFinder(AppDirectoriesFinder):
    """The static files of our own rooms; those of other packages are not ours to serve."""

    def __init__(self, app_names: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(app_names, *args, **kwargs)
        self.apps = [name for name in self.apps if name.startswith("tavolo.")]
        self.storages = {name: store for name, store in self.storages.items() if name in self.apps}


class BootstrapItaliaFinder(BaseFinder):
    """The kit under `bootstrap-italia/`: its stylesheet, its icons, the fonts that we declare."""

    def __init__(self, *_args: Any, **_kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=KIT)
        self.storage.prefix = "bootstrap-italia"  # type: ignore[attr-defined]

    def check(self, **_kwargs: Any) -> list[Any]:
        return []

    def find(self, path: str, find_all: bool = False, **_kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        name = path.removeprefix("bootstrap-italia/")
        found = name != path and name in set(self._names())
        full = str(KIT / name)
        if find_all:
            return [full] if found else []
        return full if found else None

    def list(self, ignore_patterns: Any) -> Iterator[tuple[str, Storage]]:  # noqa: ARG002
        for name in self._names():
            yield name, self.storage

    def _names(self) -> Iterator[str]:
        yield from FILES
        for path in sorted((KIT / "fonts").rglob("*.woff2")):
            name = path.relative_to(KIT / "fonts").as_posix()
            if name.startswith(FONTS):
                yield f"fonts/{name}"
