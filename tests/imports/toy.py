"""A kind over two tables of the kernel: values of law for the installation, settings for a network."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from tavolo.imports.plugs import (
    CellFault,
    Context,
    Fault,
    Field,
    Given,
    Likely,
    Plan,
    Planned,
    State,
    import_kinds,
)
from tavolo.kernel.actor import Actor
from tavolo.kernel.models import DatedValue, Network, NetworkSetting


def word(text: str) -> str:
    if len(text) > 60:
        raise CellFault("“%(said)s” is longer than 60 characters.", said=text)
    return text


def number(text: str) -> int:
    if not text.lstrip("-").isdigit():
        raise CellFault("“%(said)s” is not a whole number: write digits only.", said=text)
    return int(text)


class Toy:
    """Rows are told apart by their key; `value` 13 is a fault, `value` 7 a question where 7 is there."""

    key = "toy_values"
    slug = "valori-di-prova"
    label = "Toy values"
    help = ""
    fields: Sequence[Field] = (
        Field("key", "Key", word, required=True, aliases=("Chiave", "Code")),
        Field("value", "Value", number, required=True, aliases=("Valore",)),
        Field("source", "Source of the value", word, aliases=("Fonte",)),
    )
    options: Sequence[Field] = (Field("note", "Note", word),)

    def may(self, actor: Actor, network: Network | None) -> bool:
        if actor.has("operator"):
            return True
        return network is not None and actor.has("network_secretary", network=network.uid)

    def plan(self, rows: Sequence[Given], context: Context) -> Plan:
        there = self.states([self.subject_of(row, context) for row in rows], context)
        changes, faults, likely = [], [], []
        sevens = {key for key, state in there.items() if state["value"] == 7}
        for row in rows:
            subject = self.subject_of(row, context)
            decision = context.decisions.get(row.number)
            if row.values["value"] == 13:
                faults.append((row.number, Fault("Thirteen is unlucky.", field="value")))
            elif subject in sevens and row.values["value"] == 8 and not decision:
                likely.append(Likely(row.number, subject, subject, "It is seven."))
            else:
                after = {
                    "value": row.values["value"],
                    "source": row.values["source"] or context.options.get("note") or "",
                }
                before = there.get(subject)
                changes.append(Planned(row.number, subject, subject, before, after))
        return Plan(changes, faults, likely)

    def write(self, changes: Sequence[Planned], context: Context) -> None:
        made = [
            self.model_of(context)(key=c.subject, **self.scope_of(context), **c.after)
            for c in changes
            if c.before is None
        ]
        self.model_of(context).objects.bulk_create(made)  # type: ignore[arg-type]
        self.update({c.subject: c.after for c in changes if c.before is not None}, context)

    def states(self, subjects: Collection[str], context: Context) -> Mapping[str, State]:
        wanted = set(subjects)
        rows = self.rows_in(context).values_list("key", "value", "source")
        return {k: {"value": value, "source": source} for k, value, source in rows if k in wanted}

    def restore(self, before: Mapping[str, State | None], context: Context) -> None:
        gone = {subject for subject, state in before.items() if state is None}
        keys = [pk for pk, key in self.rows_in(context).values_list("pk", "key") if key in gone]
        for start in range(0, len(keys), 500):
            self.rows_in(context).filter(pk__in=keys[start : start + 500]).delete()
        self.update({s: state for s, state in before.items() if state is not None}, context)

    def export(self, context: Context) -> Iterator[Mapping[str, Any]]:
        yield from self.rows_in(context).order_by("key").values("key", "value", "source")

    def update(self, states: Mapping[str, State], context: Context) -> None:
        rows = [row for row in self.rows_in(context) if row.key in states]
        for row in rows:
            row.value, row.source = states[row.key]["value"], states[row.key]["source"]
        self.model_of(context).objects.bulk_update(rows, ["value", "source"])

    @staticmethod
    def subject_of(row: Given, context: Context) -> str:
        decision = context.decisions.get(row.number, "new")
        return str(row.values["key"]) if decision == "new" else decision

    @staticmethod
    def model_of(context: Context) -> Any:
        return NetworkSetting if context.network else DatedValue

    @staticmethod
    def scope_of(context: Context) -> dict[str, Any]:
        return {"network": context.network} if context.network else {}

    def rows_in(self, context: Context) -> Any:
        return self.model_of(context).objects.filter(**self.scope_of(context))


TOY = Toy()


@contextmanager
def registered(kind: Any = TOY) -> Iterator[Any]:
    """The kind stands in the registry for as long as a test lasts."""
    import_kinds.add(kind)
    try:
        yield kind
    finally:
        import_kinds._plugs.pop(kind.key)


def csv_of(*rows: Sequence[object], headings: Sequence[str] = ("Key", "Value", "Source")) -> bytes:
    lines = [headings, *rows]
    return "\n".join(";".join(map(str, line)) for line in lines).encode()
