#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes broker.sql, clinic.sql, dealer.sql and plant.sql beside this file.

Every database has its own seed, so a change in one leaves the others as they are. People,
companies and numbers are invented. The scripts are committed; this file only shows where they
come from and makes them again, byte for byte.
"""

import pathlib

import make_broker
import make_clinic
import make_dealer
import make_plant

HERE = pathlib.Path(__file__).parent
LIMIT_BYTES = 250_000


def main():
    for name, module in [
        ("broker", make_broker),
        ("clinic", make_clinic),
        ("dealer", make_dealer),
        ("plant", make_plant),
    ]:
        text = module.script()
        size = len(text.encode())
        assert size < LIMIT_BYTES, f"{name}.sql has {size} bytes"
        (HERE / f"{name}.sql").write_text(text, encoding="utf-8")
        print(f"{name}.sql {size} bytes")


if __name__ == "__main__":
    main()
