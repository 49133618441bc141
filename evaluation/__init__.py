"""How good the replies are: test sets, metrics, runs, reports."""
