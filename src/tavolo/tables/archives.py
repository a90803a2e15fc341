"""Bodies, their seats and delegates go with their network."""

from tavolo.kernel.plugs import Goes, Travel

Travel("tables.Body", Goes.WITH_NETWORK, path="network")
Travel("tables.Sphere", Goes.WITH_NETWORK, path="network")
for name in (
    "BodyName",
    "BodyTerritory",
    "BodyPurpose",
    "BodyLineage",
    "BodyRegulation",
    "Delegate",
):
    Travel(f"tables.{name}", Goes.WITH_NETWORK, path="body__network")
Travel("tables.Seat", Goes.WITH_NETWORK, path="network", of_organisation=("organisation",))
