"""Use cases: plain values and tools in, models out; each opens its own transaction."""
