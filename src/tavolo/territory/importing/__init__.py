"""What the kinds of import in `importers/` stand on: whom a row means, and what it would change."""
