"""Notices (уведомления): whom to tell what, in the application and by mail, through a queue that survives restarts."""
