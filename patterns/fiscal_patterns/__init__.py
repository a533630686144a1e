"""The leaf package: text in, facts out; knows no HTTP, no files, no settings."""
