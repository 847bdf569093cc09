"""Frozen values that cross floors; they know nothing of Telegram, rows or files."""
