"""Blind votes: two briefs of one article side by side, the names told after the vote.

`ballots` are the nouns, `store` keeps them, `study` says which articles and summarizers, `booth` hands out
pairs and takes votes, `routes` is what the page's script asks. Who is ahead, and which pair tells most, is
worked out by the evaluator (`summarize_eval.votes`), which the page is handed.
"""
