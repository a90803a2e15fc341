from tavolo.kernel.plugs import DemoContext, Example, demo_parts


class ConfigDemo:
    """Nothing to load; the addresses of health and of the whole interface are nobody else's."""

    key = "config"

    def load(self, context: DemoContext) -> None:
        """Leave the database as it is."""

    def examples(self) -> list[Example]:
        """`/salute`, `/api/`, and where `/api/v1/` begins."""
        return [
            Example("health"),
            Example("api_page"),
            Example("api:api-root"),
            Example("api:openapi-json"),
        ]


demo_parts.add(ConfigDemo())
