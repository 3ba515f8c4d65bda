"""Who may furnish and bill the service."""
