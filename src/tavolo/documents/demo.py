"""The addresses of documents in the demonstration; the rooms above enter what they hold."""

from tavolo.documents.models import Document
from tavolo.documents.queries import latest
from tavolo.kernel.plugs import DemoContext, Example, demo_parts


class Demonstration:
    """Nothing of this room could hold a document, so it enters none."""

    key = "documents"

    def load(self, context: DemoContext) -> None:
        """Nothing: see the rooms above."""

    def examples(self) -> list[Example]:
        known = Document.objects.order_by("id")
        public = known.filter(visibility="public").first()
        within = known.filter(visibility="network").first()
        if public is None or within is None:
            return []
        held = {"kind": public.holder_kind, "uid": public.holder_uid}
        return [
            Example("documents:document", {"uid": public.uid}),
            Example("documents:document", {"uid": within.uid}, who="insider"),
            Example("documents:file", {"uid": public.uid, "name": latest(public).file_name}),
            Example("documents:add", held, who="secretary"),
            *(
                Example(f"documents:{name}", {"uid": public.uid}, who="secretary")
                for name in ("edit", "add_version", "withdraw")
            ),
        ]


demo_parts.add(Demonstration())
