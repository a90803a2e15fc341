"""What of the territory can be found: municipalities, those that are no more too, and areas of every kind."""
