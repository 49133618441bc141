"""French as it is written, whatever the subject: numbers, dates, spelling, sounds."""
