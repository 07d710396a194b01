"""The evaluation job: question sets in, measured runs and a report out; no model judges."""
