"""What feeds say: bytes to entries that keep their identity. Pure; runs in the child."""
