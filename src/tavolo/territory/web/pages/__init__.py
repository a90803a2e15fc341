"""What each page shows: components made of what the queries answer."""
