"""What of this room is found."""
