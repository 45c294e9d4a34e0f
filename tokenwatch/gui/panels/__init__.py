"""The pages of the window, one file each, found by PANEL. They lay out and format; figures come from insight."""
