"""The registry among other programs: manifest, external links, webhooks, Odoo's external API, the way to a live Odoo."""
