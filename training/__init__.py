"""Builds the learned model of a marked pair's relation; not shipped. See README.md."""
