"""A network's papers: its templates of letters, and what becomes of documents past their term."""
