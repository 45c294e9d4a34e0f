"""Level 6: the face for scripts and terminals. Prints what a snapshot or the ledger says; computes no figure."""
