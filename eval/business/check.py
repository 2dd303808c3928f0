#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Checks this folder: databases build, golds run and mean something, nothing hangs on a tie.

Prints a table of counts; ends with 1 and a list if anything is wrong.
"""

import collections
import json
import pathlib
import random
import re
import sqlite3
import sys

from second_look import CROSS, TRAP

HERE = pathlib.Path(__file__).parent
DATABASES = ("broker", "clinic", "dealer", "plant")
LANGUAGES = ("en", "zh-Hant", "zh-Hans")
DIFFICULTIES = ("easy", "medium", "hard", "extra")
HUGE = 200
ROUNDS = 4
# Rows that are gone for some readers and not for others, and the words that settle it.
DELETED = {"broker": ("customer", "is_del"), "clinic": ("pat", "is_del"), "dealer": ("khxx", "scbz")}
SETTLED = re.compile("delete|删除|刪除", re.I)


def lines(name):
    with open(HERE / name, encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def build(name):
    db = sqlite3.connect(":memory:")
    db.executescript((HERE / f"{name}.sql").read_text(encoding="utf-8"))
    return db


def shuffled(db, seed):
    """The same rows in another order: what depends on the order of storage shows itself."""
    rng, copy = random.Random(seed), sqlite3.connect(":memory:")
    for name, ddl in db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'"):
        copy.execute(ddl)
        rows = db.execute(f"SELECT * FROM {name}").fetchall()
        rng.shuffle(rows)
        marks = ",".join("?" * len(rows[0]))
        copy.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    copy.execute("PRAGMA reverse_unordered_selects = ON")
    return copy


def without_deleted(db, name):
    copy = sqlite3.connect(":memory:")
    db.backup(copy)
    if name in DELETED:
        tables = [DELETED[name]] + ([("instrument", "is_del")] if name == "broker" else [])
        for table, flag in tables:
            copy.execute(f"DELETE FROM {table} WHERE {flag} = 1")
    return copy


def cell(value):
    return round(float(value), 4) if isinstance(value, (int, float)) else value


def near(a, b):
    if isinstance(a, (int, float)) and isinstance(b, (int, float)):
        return abs(a - b) <= 1e-4
    return a == b


def same(left, right, ordered):
    """The scoring rule: rows as multisets (or in order), columns in order, floats to 1e-4."""
    if len(left) != len(right):
        return False
    if not ordered:
        key = lambda row: [(v is not None, isinstance(v, str), cell(v) if v is not None else 0) for v in row]
        left, right = sorted(left, key=key), sorted(right, key=key)
    return all(len(a) == len(b) and all(map(near, a, b)) for a, b in zip(left, right))


def top_level(sql):
    """Words, strings and signs of `sql` with their place and depth of parentheses."""
    depth = 0
    for match in re.finditer(r"'(?:[^']|'')*'|\w+|[^\s\w]", sql):
        word = match.group()
        depth -= word == ")"
        yield match.start(), match.end(), depth, word.upper()
        depth += word == "("


def split(text):
    parts, last = [], 0
    for start, end, depth, word in top_level(text):
        if depth == 0 and word == ",":
            parts.append(text[last:start].strip())
            last = end
    return parts + [text[last:].strip()]


def tie(db, sql):
    """A sentence if rows at the cut of LIMIT, or any neighbours of an order, share a sort key."""
    words = [w for w in top_level(sql) if w[2] == 0]
    select = next(w for w in words if w[3] == "SELECT")
    source = next((w for w in words if w[3] == "FROM" and w[0] > select[0]), None)
    order = next((w for w in words if w[3] == "ORDER"), None)
    if order is None or source is None:
        return "LIMIT without ORDER BY" if any(w[3] == "LIMIT" for w in words) else None
    by = next(w for w in words if w[3] == "BY" and w[0] > order[0])
    limit = next((w for w in words if w[3] == "LIMIT" and w[0] > order[0]), None)
    columns = split(sql[select[1] : source[0]])
    names = {m.group(2): m.group(1) for c in columns if (m := re.fullmatch(r"(.+)\s+AS\s+(\w+)", c, re.S))}
    keys = [re.sub(r"\s+(ASC|DESC)$", "", k, flags=re.I) for k in split(sql[by[1] : limit[0] if limit else len(sql)])]
    keys = [columns[int(k) - 1] if k.isdigit() else names.get(k, k) for k in keys]
    keys = [re.sub(r"\s+AS\s+\w+$", "", k) for k in keys]
    text = sql[: source[0]] + ", " + ", ".join(keys) + " " + sql[source[0] : limit[0] if limit else len(sql)]
    rows = [(r[: -len(keys)], r[-len(keys) :]) for r in db.execute(text)]
    upto = int(sql[limit[1] :]) if limit else len(rows)
    if limit and len(rows) <= upto:
        return f"LIMIT {upto} cuts nothing off"
    for place, (a, b) in enumerate(zip(rows, rows[1:]), 1):
        if a[1] == b[1] and a[0] != b[0] and place <= upto:
            return f"rows {place} and {place + 1} tie on {a[1]}"
    return None


def check_gold(item, db, copies, clean, context):
    wrong, sql, ordered = [], item["gold"], item.get("ordered", False)
    try:
        rows = db.execute(sql).fetchall()
    except sqlite3.Error as error:
        return [f"does not run: {error}"], None
    if not rows or all(v is None for row in rows for v in row):
        wrong.append("no rows" if not item.get("empty_meant") else "")
    if len(rows) > HUGE:
        wrong.append(f"{len(rows)} rows")
    if "ORDER BY" not in sql and ordered:
        wrong.append("ordered, but the gold does not order")
    found = tie(db, sql) if ordered or re.search(r"\bLIMIT\b", sql) else None
    if found:
        wrong.append(found)
    for copy in copies:
        if not same(rows, copy.execute(sql).fetchall(), ordered):
            wrong.append("depends on the order of storage")
            break
    if not SETTLED.search(context) and not same(rows, clean.execute(sql).fetchall(), ordered):
        wrong.append("deleted rows matter, and the question does not speak of them")
    for table, equal, text in ((CROSS, True, "the second query differs"), (TRAP, False, "the trap does not catch")):
        if item["id"] in table:
            if same(rows, db.execute(table[item["id"]]).fetchall(), ordered) != equal:
                wrong.append(text)
    return [w for w in wrong if w], rows


def check_form(items):
    wrong, seen = [], set()
    main = {i["id"] for i in items if i["kind"] == "questions"}
    for item in items:
        ident = item["id"]
        if ident in seen:
            wrong.append(f"{ident}: twice")
        seen.add(ident)
        if item["db"] not in DATABASES or item["language"] not in LANGUAGES:
            wrong.append(f"{ident}: unknown database or language")
        if not item["question"].strip():
            wrong.append(f"{ident}: no question")
        if item["kind"] == "questions" and item["difficulty"] not in DIFFICULTIES:
            wrong.append(f"{ident}: unknown difficulty")
        if item["kind"] == "followups" and item["follows"] not in main:
            wrong.append(f"{ident}: follows nothing")
        if item["kind"] == "unanswerable" and ("gold" in item or item["answerable"] is not False):
            wrong.append(f"{ident}: should have no gold")
    return wrong + [f"{i}: second look at nothing" for i in [*CROSS, *TRAP] if i not in seen]


def table(items, sizes):
    main = [i for i in items if i["kind"] == "questions"]
    print(f"{'':8}{'language':9}" + "".join(f"{d:>8}" for d in DIFFICULTIES) + f"{'all':>8}")
    for db in (*DATABASES, "all"):
        for language in (*LANGUAGES, "all"):
            some = [i for i in main if db in (i["db"], "all") and language in (i["language"], "all")]
            count = collections.Counter(i["difficulty"] for i in some)
            print(f"{db:8}{language:9}" + "".join(f"{count[d]:8}" for d in DIFFICULTIES) + f"{len(some):8}")
    kinds = collections.Counter(i["kind"] for i in items)
    print(dict(kinds), f"ordered {sum(i['ordered'] for i in main)}, unclear {sum(not i['clear'] for i in main)}")
    print(f"second queries {len(CROSS)}, traps {len(TRAP)}, rows of a gold: median {sorted(sizes)[len(sizes) // 2]}, most {max(sizes)}")


def main():
    items = [{**item, "kind": kind} for kind in ("questions", "unanswerable", "followups") for item in lines(f"{kind}.jsonl")]
    databases = {name: build(name) for name in DATABASES}
    copies = {name: [shuffled(db, seed) for seed in range(ROUNDS)] for name, db in databases.items()}
    clean = {name: without_deleted(db, name) for name, db in databases.items()}
    questions = {item["id"]: item["question"] for item in items}
    wrong, sizes = check_form(items), []
    for item in items:
        if "gold" not in item:
            continue
        db = item["db"]
        context = item["question"] + questions.get(item.get("follows"), "")
        found, rows = check_gold(item, databases[db], copies[db], clean[db], context)
        wrong += [f"{item['id']}: {f}" for f in found]
        sizes.append(len(rows or []))
        if "-v" in sys.argv:
            print(item["id"], item["question"], "\n  ", item["gold"], "\n  ", len(rows or []), (rows or [])[:4])
    table(items, sizes)
    print("\n".join(wrong) or "nothing wrong")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
