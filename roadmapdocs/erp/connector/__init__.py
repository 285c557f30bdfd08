"""Keeping step with a live Odoo: its people come in, our registered documents and open acts go out."""
