"""Examples of this room's addresses; the letters of the demonstration are written by the rooms above."""

from tavolo.kernel.plugs import DemoContext, Example, demo_parts


class Demonstration:
    key = "messages"

    def load(self, context: DemoContext) -> None:
        """Nothing: letters leave with what the other rooms do."""

    def examples(self) -> list[Example]:
        return [Example("messages:letterbox"), Example("messages:gathering", who="stranger")]


demo_parts.add(Demonstration())
