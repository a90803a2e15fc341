from tavolo.kernel.plugs import DemoContext, Example, demo_parts


class ConfigDemo:
    """Nothing to load; the address of health is nobody else's."""

    key = "config"

    def load(self, context: DemoContext) -> None:
        """Leave the database as it is."""

    def examples(self) -> list[Example]:
        """`/salute`."""
        return [Example("health")]


demo_parts.add(ConfigDemo())
