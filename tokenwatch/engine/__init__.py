"""Level 5: threads, timing and wiring; makes snapshots. Decides no figure itself and knows no face."""
