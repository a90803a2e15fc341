"""The logical archive of backup and restore: one form, whichever database it comes from or goes to."""
