"""The screens of the import engine: what can be imported, one file from its upload to its undoing."""
