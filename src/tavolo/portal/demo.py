"""Examples of the public face's addresses; what they show, the rooms below have loaded."""

from tavolo.kernel.plugs import DemoContext, Example, demo_parts


class Addresses:
    """Loads nothing: the public face has no data of its own."""

    key = "portal"

    def load(self, context: DemoContext) -> None:
        """Leave the database as it is."""

    def examples(self) -> list[Example]:
        return [
            Example("portal:home"),
            Example("portal:networks"),
            Example("portal:network", {"slug": "milano"}),
            Example("portal:network", {"slug": "cesano-boscone"}),
            Example("portal:search", query="?q=rozzano"),
            Example("portal:search", query="?q=san&tipo=comuni&pagina=2"),
            Example("portal:suggestions", query="?q=rozz"),
            Example("api:search", query="?q=rozzano"),
            Example("portal:search"),
            Example("portal:accessibility"),
            Example("portal:privacy"),
            Example("portal:legal"),
            Example("portal_robots"),
            Example("portal_sitemap_index"),
            Example("portal_sitemap", {"part": "comuni", "number": 1}),
        ]


demo_parts.add(Addresses())
