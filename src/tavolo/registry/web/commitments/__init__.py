"""Commitments at work."""
