"""An evaluation as tables, charts and pages."""
