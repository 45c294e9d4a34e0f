"""SQLite databases of agents, read without a trace.

A package of its own, so that looking for readers, and for sources, loads no SQLite.
"""
