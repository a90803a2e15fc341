"""`python -m tests.proofs.posting`: sends what waits in the outbox, as a worker does."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tavolo.config.settings"
django.setup()

from tavolo.messages.actions import send_waiting  # noqa: E402

if __name__ == "__main__":
    while send_waiting():
        pass
