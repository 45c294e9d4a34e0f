"""The rules, one module each, found by what they export: ``RULE``."""
