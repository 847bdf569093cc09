"""Models become chat messages: escaped once, cut to Telegram's limits."""
