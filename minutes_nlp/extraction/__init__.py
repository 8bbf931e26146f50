"""Recognisers: spaCy components that find attendance, decisions, action items and the rest."""
