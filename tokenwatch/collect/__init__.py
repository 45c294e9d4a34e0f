"""Level 3: fills the ledger from agents' sources. Only ever reads them."""
