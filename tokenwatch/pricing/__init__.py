"""Level 1: tokens to listed cost, by date, with overrides. Knows no logs, no ledger and no bills."""
