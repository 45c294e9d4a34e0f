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

*Sums of agents beside them.* Context: a ledger of millions of records has hundreds of thousands of contexts, and the
month, the calendar and the forecast ask for nothing of them but the agent. Decision: ``agent_slots`` keeps the same
sums by (quarter of an hour, agent, whether estimated), changed with ``slots``. Consequence: those questions read a
tenth of the rows and look nothing up.
"""
