"""Level 1: bytes of agents' logs to records. One file per agent; see protocol.py for the shape."""
