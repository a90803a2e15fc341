"""An invented graph for the gallery and the tests."""

from tavolo.ui.components.graph import Graph, Node, Tie, TieKey


def sample_graph() -> Graph:
    """Sixteen nodes, one with a long name; each way of drawing a tie once or more."""
    names = [f"Associazione di prova {number}" for number in range(1, 16)]
    names.append("Cooperativa sociale di prova dal nome che non finisce mai")
    nodes = tuple(
        Node(name, f"#nodo-{number}", str(number), "Sede a Prova")
        for number, name in enumerate(names)
    )
    return Graph(
        "Sedici organizzazioni di prova",
        nodes,
        list_id="prova-elenco",
        ties=(
            *(Tie(place, place + 1, "g-ring") for place in range(4)),
            *(Tie(place, place + 3, "g-solid") for place in range(3, 13, 3)),
            Tie(1, 14, "g-dash"),
            Tie(2, 9, "g-dot"),
            Tie(0, 11, "g-long"),
        ),
        legend=(
            TieKey("g-ring", "sede nello stesso comune"),
            TieKey("g-solid", "insieme in un’altra rete"),
            TieKey("g-dash", "lavora in quel comune"),
            TieKey("g-dot", "ne ha preso il posto"),
            TieKey("g-long", "ancora un altro legame"),
        ),
        key="prova-grafo",
    )
