"""Benchmarks: how fast TokenWatch is, as ratios against another tool in the same run, and in absolute figures.

Not part of the program and not tests. ``python -m benchmarks --help`` says how to run them.
"""
