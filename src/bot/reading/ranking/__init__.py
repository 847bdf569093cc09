"""Quipwire's own ranker: what a sentence shares with its text, where it stands, how it is said."""
