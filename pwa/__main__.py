"""`python -m pwa` is `ombun`, for a process that starts another one of itself."""

from pwa.cli import main

main()
