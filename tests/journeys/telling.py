"""Prints, of the database that the environment names, the examples of addresses and the sign-ins, as JSON."""

import json
import os
from dataclasses import asdict
from typing import Any

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tavolo.config.settings"
django.setup()

from django.urls import URLResolver, get_resolver, reverse  # noqa: E402
from django.utils import translation  # noqa: E402

from tavolo.config.urls import interface  # noqa: E402
from tavolo.kernel.plugs import Example, demo_parts  # noqa: E402
from tavolo.registry.demo import sign_ins  # noqa: E402
from tavolo.ui.api.openapi import operations  # noqa: E402


def address(example: Example, language: str) -> str:
    with translation.override(language):
        return reverse(example.url_name, kwargs=dict(example.kwargs)) + example.query


def names(resolver: URLResolver, space: str = "") -> list[str]:
    found = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += names(pattern, inner)
        else:
            found.append(f"{space}{pattern.name}")
    return found


def asking_a_key() -> set[str]:
    """Addresses that no browser opens: a program shows a key there."""
    return {
        f"api:{operation['operationId']}"
        for operation in operations(interface.get_openapi_schema())
        if "security" in operation
    }


def told() -> dict[str, Any]:
    examples = [example for part in demo_parts for example in part.examples()]
    return {
        "examples": [
            {
                "url_name": example.url_name,
                "who": example.who,
                "path": address(example, "it"),
                "path_en": address(example, "en"),
            }
            for example in examples
        ],
        "names": sorted(set(names(get_resolver())) - asking_a_key()),
        "sign_ins": [asdict(account) for account in sign_ins()],
    }


if __name__ == "__main__":
    print(json.dumps(told(), default=str))
