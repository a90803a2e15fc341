"""The districts of a network: which there are, who belongs to them, and saying so otherwise."""
