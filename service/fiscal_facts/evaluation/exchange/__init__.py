"""Exchange with annotation tools."""
