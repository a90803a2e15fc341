"""Pages of public notices, and of what answers them."""
