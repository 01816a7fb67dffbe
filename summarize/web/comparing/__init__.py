"""What stands beside the summarizers' briefs: an editor's own summary, the reference, and what cards share.

`own` reads and checks a pasted summary, `words` makes every word of a card findable by its stem, which
`comparing.js` needs to mark what two cards share.
"""
