"""Who wins blind votes: strengths with intervals, position bias, agreement, and what to ask next."""
