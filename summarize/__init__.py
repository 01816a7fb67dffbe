"""News summarization: a headline, bullets and a "What you should know" box, each with its sources."""
