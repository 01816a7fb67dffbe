"""The page's public functions as programs and models see them: described, typed, with their limits.

`endpoint` says what each takes and gives; `mcp` offers them as tools. What they do is in `web.endpoints`
and `summarize_eval.endpoints`.
"""
