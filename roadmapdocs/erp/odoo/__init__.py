"""Our documents, roadmaps and people under the names, fields and calls that clients of Odoo know.

A model here is a description (:mod:`roadmapdocs.erp.odoo.registry`) over our tables; whatever a client asks for is
read by the rule of access of the pages and changed by the operations that the pages call.
"""
