"""Odoo's external API on the wire: XML-RPC, JSON-RPC and JSON-2."""
