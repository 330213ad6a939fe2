"""What Foreign Desk costs in time and memory, measured: `python -m benchmarks`."""
