"""Measure: sizes, pages, custody and a phone; whole figures, with the machine named. `make bench`."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import custody, drain, finding, kit, likeness, memory, pages, phone, sizes
from bench.world import large_village


def machine():
    """The machine that the figures are of."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main():
    wanted = sys.argv[1:] or ["sizes", "pages", "finding", "likeness", "custody", "phone", "memory", "drain", "kit"]
    print(f"machine: {machine()}")
    with tempfile.TemporaryDirectory() as folder:
        server = large_village(Path(folder))
        try:
            for part in (sizes, pages, finding, likeness, custody, phone, memory, drain, kit):
                name = part.__name__.split(".")[1]
                if name in wanted:
                    print(f"\n{name}")
                    for label, figure, budget in part.measure(server):
                        print(f"  {label:<58} {figure:>14}   {budget}")
        finally:
            server.stop()


if __name__ == "__main__":
    main()
