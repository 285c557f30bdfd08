"""«Уведомления»: what a person was told, and how mail comes."""
