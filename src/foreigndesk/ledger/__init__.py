"""The ledger: the desk's folder, and what is derived from its Reports."""
