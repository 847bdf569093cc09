"""What all tests may take, and how many run at once."""

import os

pytest_plugins = ["tests.databases"]


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of processes and of the network wait much."""
    return (os.cpu_count() or 1) + 1
