"""Level 3: asks the ledger: totals, rates, months, forecasts. Reads no logs and writes nothing."""
