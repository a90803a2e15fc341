"""What of the register can be found: networks, organisations, their units, who holds public office."""
