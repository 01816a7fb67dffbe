"""What the web app shows and does, apart from the page's wiring (which is `app.py`).

`limits` says how much is taken, `intake` turns uploads and URLs into text, `running` runs summarizers side
by side, `cards` and `article` write HTML, `rows` does many articles, `settings` restores a link,
`endpoints` is what programs call, `voting` holds the blind votes, `comparing` what stands
beside the briefs. Nothing here imports Gradio.
"""
