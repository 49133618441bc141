"""One server, in one process or in several that share its address: started, watched over, stopped."""
