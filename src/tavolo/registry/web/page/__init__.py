"""The page of an organisation as of any day, part by part."""
