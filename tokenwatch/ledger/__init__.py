"""Level 2: the local database of records and checkpoints. The only code that knows SQL tables.

Decisions
---------
*Records are rows only when they count.* Context: some responses can be told apart only when all entries that
might be the same response are known (see base/usage.py). Decision: ``records`` holds the rows that count;
raw entries are kept beside them, in ``entries``, only for families in which more than one entry or a
reader's mark bears on the answer. Consequence: sums need no filter, and the common case stays small.

*Sums by quarter of an hour.* Context: every page asks for sums over days, and days depend on the user's time
zone, whose offsets are multiples of 15 minutes. Decision: ``slots`` keeps sums by (quarter of an hour,
context), changed in the transaction that changes the records. Consequence: no page reads records.
"""
