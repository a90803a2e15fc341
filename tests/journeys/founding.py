"""Founds an empty network in the database that the environment names; prints the address of its invitation.

The command of that name refuses a demonstration; its own journey has an empty database.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tavolo.config.settings"
django.setup()

from tavolo.kernel.actor import OPERATOR  # noqa: E402
from tavolo.people.queries import invitation_address  # noqa: E402
from tavolo.registry.actions import found_network  # noqa: E402


def main(slug: str, name: str, secretary: str) -> None:
    _network, _invitation, token = found_network(
        slug=slug, name=name, secretary_email=secretary, by=OPERATOR
    )
    sys.stdout.write("/" + invitation_address(token).split("/", 3)[3])


if __name__ == "__main__":
    main(*sys.argv[1:])
