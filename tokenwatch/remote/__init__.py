"""Level 3: talks to the network, each call with a timeout. Touches no ledger and keeps no secret in a file."""
