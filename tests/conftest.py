"""What all tests may take, how many run at once, and that no test fails for being slow."""

import os

from hypothesis import HealthCheck, settings

pytest_plugins = ["tests.databases"]

settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


def pytest_xdist_auto_num_workers() -> int:
    """One more than there are cores: tests of processes and of the network wait much."""
    return (os.cpu_count() or 1) + 1
