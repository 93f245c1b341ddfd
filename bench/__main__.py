"""Measure sizes, pages, custody, money, claims, a phone: whole figures with the machine named, each as a multiple of its yardstick. `make bench`."""

import os
import platform
import sys
import tempfile
from pathlib import Path

from bench import (
    beside,
    custody,
    drain,
    finding,
    growth,
    kit,
    likeness,
    memory,
    money,
    network,
    pages,
    phone,
    rules,
    sizes,
    stalled,
)
from bench.world import large_village
from bench.yardstick import Yardstick

PARTS = (
    sizes,
    pages,
    rules,
    finding,
    likeness,
    custody,
    stalled,
    beside,
    phone,
    memory,
    drain,
    kit,
    growth,
    money,
    network,
)


def machine():
    """The machine that the figures are of."""
    lines = Path("/proc/cpuinfo").read_text().splitlines()
    name = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), platform.machine())
    return f"{name}, {os.cpu_count()} cores, Python {platform.python_version()}"


def main():
    named = {part.__name__.split(".")[1]: part for part in PARTS}
    wanted, yardstick = sys.argv[1:] or list(named), Yardstick()
    print(f"machine: {machine()}\nyardstick: {yardstick}")
    with tempfile.TemporaryDirectory() as folder:
        server = large_village(Path(folder))
        try:
            for name in named:
                if name in wanted:
                    print(f"\n{name}")
                    for label, figure, budget in named[name].measure(server):
                        multiple = yardstick.multiples(name, figure)
                        print(f"  {label:<58} {figure:>14}   {multiple:<15} {budget}", flush=True)
        finally:
            server.stop()


if __name__ == "__main__":
    main()
