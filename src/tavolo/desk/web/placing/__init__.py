"""The territory of a network: chosen on the map or in the list, from Italy down to the municipality."""
