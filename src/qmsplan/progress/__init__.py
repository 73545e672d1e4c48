"""From a plan, its records and a day to its state. Computed once here, shown many times elsewhere."""
