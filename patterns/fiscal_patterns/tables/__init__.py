"""Tables as rows and cells, from tab-separated text and from one cell per line."""

from fiscal_patterns.tables.nouns import Cell, Column, Grid, Row, Table, Tables
from fiscal_patterns.tables.rules import read, rows_of

__all__ = ["Cell", "Column", "Grid", "Row", "Table", "Tables", "read", "rows_of"]
