"""Speed, measured beside a yardstick of the same run: ``python -m tests.benchmarks [--quick] [--json FILE]``.

Every figure is the median of repeated runs. Times are CPU time of one process on one core
(``time.process_time``), so that a busy machine changes little.
"""
