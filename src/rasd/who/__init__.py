"""Actors: states, bodies, offices and their holders, people, and which of them a phrase means."""
