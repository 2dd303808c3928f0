# SPDX-License-Identifier: GPL-3.0-or-later
"""What the four generators share: a script that grows table by table, and dates."""

import datetime


class Script:
    """SQL text: each table's definition is kept as written, comments included."""

    def __init__(self):
        self.parts = []

    def table(self, ddl, rows):
        ddl = ddl.strip()
        name = ddl.split("(")[0].split()[-1]
        self.parts.append(ddl + ";")
        for start in range(0, len(rows), 400):
            lines = ",\n".join(
                "(" + ",".join(literal(v) for v in row) + ")" for row in rows[start : start + 400]
            )
            self.parts.append(f"INSERT INTO {name} VALUES\n{lines};")

    def text(self):
        return "BEGIN;\n" + "\n".join(self.parts) + "\nCOMMIT;\n"


def literal(value):
    if value is None:
        return "NULL"
    if isinstance(value, (int, float)):
        return repr(value)
    return "'" + str(value).replace("'", "''") + "'"


def day(rng, first, last):
    """A day from `first` to `last`, both ISO and both possible."""
    a = datetime.date.fromisoformat(first)
    b = datetime.date.fromisoformat(last)
    return a + datetime.timedelta(days=rng.randrange((b - a).days + 1))


def compact(date):
    return date.strftime("%Y%m%d")


def dotted(date):
    return date.strftime("%d.%m.%Y")


def slashed(date):
    return date.strftime("%Y/%m/%d")


def after(date, days):
    return date + datetime.timedelta(days=days)
