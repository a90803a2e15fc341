"""What the work screens of bodies and seats ask."""
