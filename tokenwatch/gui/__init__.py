"""Level 6: the face on the desktop, the only place that knows Qt. Shows snapshots; opens no log, asks no ledger."""
