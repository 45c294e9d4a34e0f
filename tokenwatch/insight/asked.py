"""What a person may ask of the past, and what answers it.

Owns the two lists of types, for whoever passes them on. Does not answer anything.
"""

from __future__ import annotations

from tokenwatch.insight.backtest import Backtest, HowGood
from tokenwatch.insight.breakdown import Breakdown, Detail, Question
from tokenwatch.insight.explain import Explanation, Why
from tokenwatch.insight.value import Value, Worth

Asked = Question | Why | HowGood | Worth
Answer = Breakdown | Detail | Explanation | Backtest | Value
