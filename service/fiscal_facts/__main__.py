"""``python -m fiscal_facts``."""

from fiscal_facts.cli import main

main()
