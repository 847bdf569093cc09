"""Everything that is kept: SQLAlchemy Core over SQLite or PostgreSQL, one file per subject.

Functions take a connection first and are plain and synchronous: `Database` runs a whole one as
a transaction, on SQLite in a thread of its own (hops between threads are what costs).
"""
