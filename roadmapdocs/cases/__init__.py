"""Nomenclature of cases (номенклатура дел): headings of a year with index, article and term of storage."""
