"""Level 4: what is worth telling a person - rules over figures, and when an alert starts and ends.

Decisions
---------
*A key says what was told.* Context: a notification may appear once only, also after a restart, and a person may
change the budget at any time. Decision: a key is ``rule/period/terms/level``, marked in the ledger before the
notification is handed out; terms are what the settings measure against (the budget). When terms change, what is
passed already at that moment counts as told, unless it is a higher level than any told in that period; all levels
above are armed again. Consequence: raising the budget tells nothing at once and everything later; lowering it
tells one thing at most.

*No mark, no notification.* Context: the ledger may be full or busy. Decision: an alert whose key could not be
marked is active, hence listed, but is not notified of until a later evaluation manages to mark it. Consequence:
a notification may come late, never twice.

*Held back is not told.* Context: quiet hours and snoozes end, and so may the condition. Decision: what is held back
is listed at once but not marked; afterwards the highest level that still holds is told. Consequence: a night gives
one notification a matter, and none of what is over by then. What passes quiet hours says so itself.

*A rule's behaviour in time is data.* Context: some conditions flicker. Decision: how long one must hold, must be
over, and how often its episodes are told are numbers of the rule; the evaluator keeps their past in the ledger. Rules
stay pure functions of figures. Consequence: a table of (time, condition) tests all of it with a fake clock.

*Time is event time.* Figures are cut by when a record was made, so waking up from a night's sleep makes no spike; an
alert is dated by what caused it, never later than now.
"""
