"""Plan of care, certification and progress reports."""
