"""TokenWatch: how many coding agents run here, how fast they spend, and what the month will cost."""

__version__ = "0.1.0"
