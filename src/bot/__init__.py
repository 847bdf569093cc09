"""Quipwire: jokes, headlines and long reports in their own words, on Telegram."""
