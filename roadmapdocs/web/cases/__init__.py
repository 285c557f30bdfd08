"""Pages of the nomenclature of cases."""
