"""What all tests may take."""

pytest_plugins = ["tests.databases"]
