"""What the work screens have to show: a proposal that waits, and the addresses of one of each."""

from collections.abc import Iterator

from tavolo.kernel.actor import OPERATOR
from tavolo.kernel.models import Network
from tavolo.kernel.plugs import Example
from tavolo.registry.actions import add_unit, propose_change
from tavolo.registry.choices import UnitKind
from tavolo.registry.models import Organisation, OrganisationUnit, Participation, Proposal
from tavolo.registry.queries.known import facts_of
from tavolo.registry.web.work.sections import SECTIONS

# Milan's secretary is asked by Bologna's, and asks her in turn.
HERE, THERE = "milano", "bologna"


def enter_proposal() -> None:
    """Bologna's secretariat would have a website entered for an organisation that Milan keeps."""
    propose_change(
        organisation=_first_of(HERE),
        network=Network.objects.get(slug=THERE),
        values={"website": "https://www.example.org"},
        reason="Il sito di prova, per mostrare una proposta",
        by=OPERATOR,
    )


def enter_unit() -> None:
    """An invented office of an organisation that Milan keeps."""
    add_unit(
        organisation=_first_of(HERE), name="Ufficio di prova", kind=UnitKind.OFFICE, by=OPERATOR
    )


def work_examples() -> list[Example]:
    """The addresses of the work screens, as Milan's secretary opens them."""
    return list(_examples())


def _examples() -> Iterator[Example]:
    code = {"code": "comune-di-rozzano"}
    for name in (
        *(
            "work_organisation",
            "elections",
            "given_up",
            "merge",
            "new_unit",
            "edit_organisation",
        ),
    ):
        yield Example(f"registry:{name}", code, who="secretary")
    yield Example("registry:take_along", code, who="insider")
    yield Example("registry:merge", code, query=f"?con={_first_of(HERE).code}", who="secretary")
    for section in SECTIONS:
        yield Example("registry:new_fact", {**code, "section": section.slug}, who="secretary")
    yield from _facts()
    other = {"code": _first_of(THERE).code}
    yield Example("registry:work_organisation", other, who="secretary")
    yield Example("registry:propose", other, who="secretary")
    yield Example("registry:admit", other, who="secretary")
    for name in ("proposals", "work_register", "doubles"):
        yield Example(f"registry:{name}", who="secretary")
    for name in ("vacancies", "vacancies_csv"):
        yield Example(f"registry:{name}", {"slug": HERE}, who="secretary")
    yield from _rows()


def _facts() -> Iterator[Example]:
    """One fact of each kind that some organisation of Milan's has, with each thing to say of it."""
    for section in SECTIONS:
        for organisation in Organisation.objects.filter(steward__slug=HERE).order_by("id"):
            rows = [
                row
                for row in facts_of(organisation, section.model)
                if row.valid_until is None and row.organisation_id == organisation.pk
            ]
            if rows:
                at = {"code": organisation.code, "section": section.slug, "uid": rows[0].uid}
                for way in ("", "?come=errore", "?come=fine", "?come=mai-vero"):
                    yield Example("registry:fact", at, query=way, who="secretary")
                break


def _rows() -> Iterator[Example]:
    open_ones = Participation.objects.filter(network__slug=HERE, valid_until=None)
    for part in open_ones.order_by("id")[:1]:
        at = {"code": part.organisation.code, "uid": part.uid}
        yield Example("registry:participation", at, who="secretary")
    units = OrganisationUnit.objects.filter(organisation__steward__slug=HERE)
    for unit in units.order_by("id")[:1]:
        at = {"code": unit.organisation.code, "unit": unit.code}
        yield Example("registry:unit", at, who="secretary")
        if unit.valid_until is None:
            yield Example("registry:unit", at, query="?come=fine", who="secretary")
    for proposal in Proposal.objects.filter(organisation__steward__slug=HERE).order_by("id")[:1]:
        yield Example("registry:proposal", {"uid": proposal.uid}, who="secretary")


def _first_of(slug: str) -> Organisation:
    rows = Organisation.objects.filter(steward__slug=slug).exclude(code="comune-di-rozzano")
    return rows.order_by("id")[0]
