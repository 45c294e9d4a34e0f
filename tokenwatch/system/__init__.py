"""Level 1: services of the operating system: lock, display, desktop. Knows no agents and no figures."""
