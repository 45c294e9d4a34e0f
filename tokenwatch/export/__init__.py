"""Level 3: figures and totals as files and text for other programs. Computes nothing and asks no ledger."""
