"""The check of applications, without database: what may be done when and by whom, terms, points."""
