"""`make faults`: many random days and many killed servers on both databases, with the count and the seed of each part, so that it can be repeated."""

import argparse
import os
import secrets

from tests import databases
from tests.faults import parts


def main():
    asked = argparse.ArgumentParser(prog="python -m tests.faults", description=__doc__)
    asked.add_argument("--days", type=int, default=100_000, help="random days, a tenth of them on PostgreSQL")
    asked.add_argument(
        "--paydays", type=int, default=30_000, help="random days with money, a tenth of them on PostgreSQL"
    )
    asked.add_argument(
        "--claimdays", type=int, default=10_000, help="random days with claims, a tenth of them on PostgreSQL"
    )
    asked.add_argument("--kills", type=int, default=500, help="killed servers on each database")
    asked.add_argument("--seed", type=int, default=secrets.randbelow(2**32))
    given = asked.parse_args()
    print(f"--days {given.days} --paydays {given.paydays} --claimdays {given.claimdays}", end=" ")
    print(f"--kills {given.kills} --seed {given.seed}", flush=True)
    with databases.server() as server:
        os.environ[databases.SERVER] = str(server)
        for what, engine, count in (
            ("days", "sqlite", given.days - given.days // 10),
            ("days", "postgres", given.days // 10),
            ("paydays", "sqlite", given.paydays - given.paydays // 10),
            ("paydays", "postgres", given.paydays // 10),
            ("claimdays", "sqlite", given.claimdays - given.claimdays // 10),
            ("claimdays", "postgres", given.claimdays // 10),
            ("kills", "sqlite", given.kills),
            ("kills", "postgres", given.kills),
        ):
            parts.run(what, engine, count, given.seed)


if __name__ == "__main__":
    main()
