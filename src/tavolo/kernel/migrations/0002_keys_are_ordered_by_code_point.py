from django.db import migrations, models
from django.db.models import Q

from tavolo.kernel.models import KeyField


class Migration(migrations.Migration):
    dependencies = [("kernel", "0001_initial")]

    operations = [
        migrations.AlterField("network", "sort_key", KeyField(editable=False, max_length=400)),
        migrations.AlterField("network", "search_key", KeyField(editable=False, max_length=400)),
        migrations.AlterField("formkey", "result", models.TextField()),
        migrations.RenameField("announcedfact", "last_attempt_at", "due_at"),
        migrations.AddConstraint(
            "networksetting",
            models.UniqueConstraint(
                fields=["network", "key"],
                condition=Q(valid_from__isnull=True),
                name="network_setting_always_held_once",
            ),
        ),
        migrations.AddConstraint(
            "datedvalue",
            models.UniqueConstraint(
                fields=["key"],
                condition=Q(valid_from__isnull=True),
                name="dated_value_always_held_once",
            ),
        ),
    ]
