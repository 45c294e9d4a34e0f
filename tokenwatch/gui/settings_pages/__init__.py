"""The pages of the settings dialog. Each shows some of the settings and says what a person changed."""
