"""Fit the weights and thresholds of the answers on the questions that people ask."""
