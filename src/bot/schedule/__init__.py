"""Local times: when a digest is due, and how people say so. Pure: takes no clock."""
