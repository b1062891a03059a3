"""The Darwin SDK."""
