"""Words and sentences of any language: what news, reading, search and moderation share."""
