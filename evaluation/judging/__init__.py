"""Score what came back: metrics, intervals, comparison of two runs, the gate."""
