"""Level 3: who runs now: processes, registries and logs matched to open sessions. Touches no ledger."""
