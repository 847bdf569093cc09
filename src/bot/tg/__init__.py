"""Everything that knows Telegram, its commands aside."""
