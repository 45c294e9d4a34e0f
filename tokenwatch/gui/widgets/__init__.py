"""The parts that pages are made of: charts, rows, marks. They draw values and know neither engine nor ledger."""
