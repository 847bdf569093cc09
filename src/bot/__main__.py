"""`python -m bot` is `quipwire`."""

from bot.cli import main

main()
