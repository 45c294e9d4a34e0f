"""The demo: a made-up month and a believable hour of it, played through the real engine with a clock of its own."""
