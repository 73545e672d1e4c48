"""What happened beside what was promised: states, measurements, statuses, reports, cascades and the tables of exports,
each computed from a plan, its records and a day."""
