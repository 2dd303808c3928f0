# SPDX-License-Identifier: GPL-3.0-or-later
"""A securities broker: declared foreign keys, one lookup table for many code lists."""

import random

from script import Script, after, compact, day

FIRST = "Aldo Berit Cosmo Dagny Elric Femke Gustav Hedda Ivo Jorun Kaspar Lioba Marek Nele Orla Pavel Quirin Runa Stellan Thea Urs Vesna Wim Xenia Yorick Zora".split()
LAST = "Abendrot Brinkvel Castelnuova Dornfeld Eikmoor Falkrath Grauwinkel Hollenbeek Isarstedt Jansvold Kronwitz Lindqvister Morgentau Nordhagen Oosterlee Prellwitz Quandtner Rosenvik Silberhorn Tannwald Ulmenau Vossloo Weidenfels Zillerbach".split()
FIRMS = "Halvorsen Ropes|Nebelhorn Optik|Quellgrund Foods|Tiefsee Kabel|Marwick & Stroud Mills|Lumenta Glas|Fjordlys Shipping|Kupferberg Tools|Ostwind Freight|Pergament Print|Saltmarsh Dairy|Brackwater Inns".split("|")
SHARES = [
    ("Arvelon Motors", "ARV", "Industrials"), ("Brightmoor Energy", "BRM", "Energy"), ("Caldera Copper", "CCU", "Materials"),
    ("Dunwick Water", "DWK", "Utilities"), ("Eastlight Bank", "ELB", "Financials"), ("Fennimore Foods", "FNF", "Consumer"),
    ("Gossamer Chips", "GCH", "Technology"), ("Hallowell Pharma", "HWP", "Health"), ("Ironvale Steel", "IVS", "Materials"),
    ("Juniper Rail", "JNR", "Industrials"), ("Kestrel Software", "KSW", "Technology"), ("Larkspur Media", "LKM", "Consumer"),
    ("Meridian Ports", "MRP", "Industrials"), ("Northgate Insurance", "NGI", "Financials"), ("Oakhurst Timber", "OAK", "Materials"),
    ("Pellucid Optics", "PLO", "Technology"), ("Quayside Retail", "QSR", "Consumer"), ("Ravensworth Gas", "RVG", "Energy"),
]
OTHERS = [
    ("Arvelon Motors 4.25% 2029", "ARV29", "BD", "2029-06-15"), ("Eastlight Bank 3.10% 2026", "ELB26", "BD", "2026-03-01"),
    ("Dunwick Water 2.00% 2025", "DWK25", "BD", "2025-09-30"), ("Town of Sellmark 1.75% 2031", "SEL31", "BD", "2031-12-01"),
    ("Ravensworth Gas 5.50% 2027", "RVG27", "BD", "2027-11-20"),
    ("Broadfield World Index", "BFWI", "ETF", None), ("Broadfield Europe Index", "BFEU", "ETF", None), ("Clearpath Green Energy", "CPGE", "ETF", None),
    ("Stonebridge Balanced Fund", "SBBF", "FD", None), ("Stonebridge Income Fund", "SBIF", "FD", None), ("Harbourlight Growth Fund", "HLGF", "FD", None),
]

REF = [
    ("KYC", "10", "Documents missing"), ("KYC", "20", "Under review"), ("KYC", "30", "Verified"), ("KYC", "40", "Expired"), ("KYC", "90", "Rejected"),
    ("ACCT_TYP", "CS", "Cash account"), ("ACCT_TYP", "MG", "Margin account"), ("ACCT_TYP", "RT", "Retirement account"), ("ACCT_TYP", "CU", "Custody only"),
    ("ORD_STS", "N", "New"), ("ORD_STS", "P", "Partially filled"), ("ORD_STS", "F", "Filled"), ("ORD_STS", "C", "Cancelled"), ("ORD_STS", "R", "Rejected"),
    ("FEE_TYP", "COM", "Commission"), ("FEE_TYP", "EXC", "Exchange fee"), ("FEE_TYP", "TAX", "Transaction tax"),
    ("TXN_TYP", "D", "Deposit (+)"), ("TXN_TYP", "W", "Withdrawal (-)"), ("TXN_TYP", "I", "Interest (+)"), ("TXN_TYP", "V", "Dividend (+)"), ("TXN_TYP", "F", "Custody fee (-)"),
    ("CA_TYP", "DVC", "Cash dividend"), ("CA_TYP", "SPL", "Share split"), ("CA_TYP", "RTS", "Rights issue"), ("CA_TYP", "MRG", "Merger"),
    ("CHAN", "W", "Web"), ("CHAN", "T", "Telephone"), ("CHAN", "B", "Branch"), ("CHAN", "M", "Mobile app"),
    ("RISK", "1", "Very low"), ("RISK", "2", "Low"), ("RISK", "3", "Medium"), ("RISK", "4", "High"), ("RISK", "5", "Very high"),
]


def script():
    rng = random.Random(4101)
    out = Script()
    out.table("""
CREATE TABLE ref_code (
  dom TEXT NOT NULL,
  cd TEXT NOT NULL,
  descr TEXT NOT NULL,
  PRIMARY KEY (dom, cd)
)""", REF)
    people(out, rng)
    customers = parties(out, rng)
    accounts = holdings(out, rng, customers)
    instruments = market(out, rng)
    trading(out, rng, accounts, instruments)
    return out.text()


def people(out, rng):
    cities = ["Ravensburg", "Antwerp", "Malmo", "Trieste", "Lyon"]
    out.table("""
CREATE TABLE branch (
  br_cd TEXT PRIMARY KEY,
  br_nm TEXT NOT NULL,
  city TEXT NOT NULL,
  mgr_emp_id INTEGER REFERENCES employee(emp_id)
)""", [(f"B{i+1:02}", f"{c} {s}", c, 101 + i) for i, (c, s) in enumerate(zip(cities, ["Altstadt", "Haven", "Central", "Porto", "Bellecour"]))])
    rows = []
    names = [f"{f} {l}" for f, l in zip(rng.sample(FIRST, 24), rng.sample(LAST, 24))]
    for i, name in enumerate(names):
        emp = 101 + i
        hired = day(rng, "2009-01-10", "2022-11-30")
        if i < 5:
            boss, title = (None if i == 0 else 101), "MGR"
        else:
            boss, title = 101 + i % 5, rng.choice(["RM", "RM", "TRD", "CMP"])
        left = day(rng, "2023-02-01", "2024-05-31") if i in (9, 14, 20) else None
        rows.append((emp, name, f"B{i % 5 + 1:02}", title, str(hired), left and str(left), boss))
    out.table("""
CREATE TABLE employee (
  emp_id INTEGER PRIMARY KEY,
  emp_nm TEXT NOT NULL,
  br_cd TEXT NOT NULL REFERENCES branch(br_cd),
  title_cd TEXT NOT NULL, -- RM relationship manager, TRD trader, CMP compliance, MGR branch manager
  hire_dt TEXT NOT NULL,
  leave_dt TEXT,
  mgr_id INTEGER REFERENCES employee(emp_id)
)""", rows)


def parties(out, rng):
    rows, contacts, history, seen = [], [], [], set()
    for i in range(120):
        no = f"C{10001 + i}"
        firm = i % 10 == 7
        name = FIRMS[i // 10] if firm else None
        while name is None or name in seen:
            name = f"{rng.choice(FIRST)} {rng.choice(LAST)}"
        seen.add(name)
        opened = day(rng, "2018-01-05", "2024-03-20")
        kyc = rng.choices(["10", "20", "30", "40", "90"], [8, 10, 70, 9, 3])[0]
        referred = f"C{10001 + rng.randrange(i)}" if i > 10 and rng.random() < 0.25 else None
        born = None if firm else str(day(rng, "1941-01-01", "2002-12-31"))
        deleted = 1 if rng.random() < 0.07 else 0
        rows.append((no, name, "C" if firm else "I", kyc, None if rng.random() < 0.08 else rng.randint(1, 5),
                     rng.choices(["DE", "BE", "SE", "IT", "FR", "CH"], [30, 20, 18, 15, 25, 6])[0], born, str(opened),
                     rng.choice([106, 107, 108, 109, 111, 112, 113, 116, 117, 118]), referred, deleted))
        slug = name.lower().replace(" & ", "-").replace(" ", ".")
        if rng.random() < 0.85:
            contacts.append((no, "EM", 1, f"{slug}@example.org", 1))
        if rng.random() < 0.6:
            contacts.append((no, "TEL", 1, f"+00 555 {rng.randrange(10**6):06}", 1 if rng.random() < 0.5 else 0))
        if rng.random() < 0.15:
            contacts.append((no, "TEL", 2, f"+00 555 {rng.randrange(10**6):06}", 0))
        start = opened
        for step in kyc_path(rng, kyc):
            end = after(start, rng.randint(12, 150))
            history.append((no, step, str(start), str(end)))
            start = after(end, 1)
        history.append((no, kyc, str(start), None))
    out.table("""
CREATE TABLE customer (
  cust_no TEXT PRIMARY KEY,
  cust_nm TEXT NOT NULL,
  cust_typ TEXT NOT NULL CHECK (cust_typ IN ('I','C')), -- I individual, C company
  kyc_cd TEXT NOT NULL,
  risk_lvl INTEGER,
  ctry_cd TEXT NOT NULL,
  birth_dt TEXT,
  open_dt TEXT NOT NULL,
  rm_emp_id INTEGER NOT NULL REFERENCES employee(emp_id),
  ref_by_cust_no TEXT REFERENCES customer(cust_no),
  is_del INTEGER NOT NULL DEFAULT 0
)""", rows)
    out.table("""
CREATE TABLE cust_ctct (
  cust_no TEXT NOT NULL REFERENCES customer(cust_no),
  ctct_typ TEXT NOT NULL,
  seq INTEGER NOT NULL,
  ctct_val TEXT NOT NULL,
  is_prim INTEGER NOT NULL,
  PRIMARY KEY (cust_no, ctct_typ, seq)
)""", contacts)
    out.table("""
CREATE TABLE kyc_hist (
  cust_no TEXT NOT NULL REFERENCES customer(cust_no),
  kyc_cd TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  PRIMARY KEY (cust_no, valid_from)
)""", history)
    return rows


def kyc_path(rng, last):
    if last == "10":
        return []
    if last == "20":
        return ["10"]
    if last == "30":
        return ["10", "20"] + (["40", "20"] if rng.random() < 0.2 else [])
    return ["10", "20", "30"] if last == "40" else ["20"]


def holdings(out, rng, customers):
    rows, holders = [], []
    for i in range(165):
        customer = customers[i] if i < 108 else rng.choice(customers[:108])
        opened = day(rng, max(customer[7], "2018-01-05"), "2024-04-30")
        status = rng.choices("ACP", [82, 12, 6])[0]
        closed = str(after(opened, rng.randint(60, 700))) if status == "C" else None
        no = f"{70020 + i * 7}-{rng.choice('1234')}"
        rows.append((no, customer[0], rng.choices(["CS", "MG", "RT", "CU"], [50, 20, 20, 10])[0],
                     rng.choices(["EUR", "USD", "GBP"], [70, 20, 10])[0], str(opened), closed, status))
        if rng.random() < 0.25:
            other = rng.choice(customers)
            if other[0] != customer[0]:
                ended = str(day(rng, "2024-01-01", "2024-06-30")) if rng.random() < 0.2 else None
                holders.append((no, other[0], rng.choice(["JNT", "POA"]), str(after(opened, rng.randint(0, 30))), ended))
    out.table("""
CREATE TABLE account (
  acct_no TEXT PRIMARY KEY,
  cust_no TEXT NOT NULL REFERENCES customer(cust_no),
  acct_typ_cd TEXT NOT NULL,
  ccy TEXT NOT NULL,
  opn_dt TEXT NOT NULL,
  cls_dt TEXT,
  sts TEXT NOT NULL -- A active, C closed, P pending
)""", rows)
    out.table("""
CREATE TABLE acct_holder ( -- further people on an account: JNT joint owner, POA power of attorney
  acct_no TEXT NOT NULL REFERENCES account(acct_no),
  cust_no TEXT NOT NULL REFERENCES customer(cust_no),
  role_cd TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  PRIMARY KEY (acct_no, cust_no)
)""", holders)
    cash = []
    for i in range(520):
        account = rng.choice(rows[:150])
        kind = rng.choices("DWIVF", [35, 20, 15, 20, 10])[0]
        amount = {"D": (50_000, 2_500_000), "W": (20_000, 1_200_000), "I": (50, 9_000), "V": (300, 60_000), "F": (500, 4_500)}[kind]
        cash.append((9001 + i, account[0], str(day(rng, "2023-01-02", "2024-06-28")), kind, rng.randint(*amount)))
    out.table("""
CREATE TABLE cash_txn (
  txn_id INTEGER PRIMARY KEY,
  acct_no TEXT NOT NULL REFERENCES account(acct_no),
  txn_dt TEXT NOT NULL,
  txn_typ TEXT NOT NULL,
  amt_ct INTEGER NOT NULL -- cents of the account's currency, never negative
)""", cash)
    return rows


def market(out, rng):
    exchanges = [("XNOR", "Nordmark Exchange", "SE"), ("XLEV", "Levant Bourse", "FR"), ("XALP", "Alpine Board", "CH"), ("XHAN", "Hansa Trading Floor", "DE"), ("XOTC", "Over the counter", "DE")]
    out.table("CREATE TABLE exchange (\n  exch_cd TEXT PRIMARY KEY,\n  exch_nm TEXT NOT NULL,\n  ctry_cd TEXT NOT NULL\n)", exchanges)
    rows, everything = [], [(n, t, "EQ", None, s) for n, t, s in SHARES] + [(n, t, k, m, None) for n, t, k, m in OTHERS]
    for i, (name, ticker, kind, matures, sector) in enumerate(everything):
        rows.append((501 + i, f"ZZ00{rng.randrange(10**8):08}", ticker, name, kind, rng.choice(["EUR", "EUR", "USD", "GBP"]),
                     rng.choice([e[0] for e in exchanges[:4]]) if kind in ("EQ", "ETF") else "XOTC", sector, matures, 1 if ticker in ("OAK", "SBIF") else 0))
    out.table("""
CREATE TABLE instrument (
  instr_id INTEGER PRIMARY KEY,
  isin TEXT NOT NULL UNIQUE,
  tkr TEXT NOT NULL,
  instr_nm TEXT NOT NULL,
  typ_cd TEXT NOT NULL, -- EQ share, BD bond, ETF exchange traded fund, FD mutual fund
  ccy TEXT NOT NULL,
  exch_cd TEXT NOT NULL REFERENCES exchange(exch_cd),
  sect_nm TEXT,
  mat_dt TEXT,
  is_del INTEGER NOT NULL DEFAULT 0
)""", rows)
    prices, ends = [], [f"{y}-{m:02}-{d}" for y in (2023, 2024) for m, d in zip(range(1, 13), [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]) if (y, m) <= (2024, 6)]
    level = {}
    for row in rows:
        price = rng.uniform(92, 106) if row[4] == "BD" else rng.uniform(8, 240)
        for end in ends:
            price = max(2.0, price * rng.uniform(0.93, 1.085) if row[4] != "BD" else price * rng.uniform(0.99, 1.01))
            end = "2024-02-29" if end == "2024-02-28" else end
            prices.append((row[0], end, round(price, 2)))
            level[row[0], end[:7]] = price
    out.table("CREATE TABLE px_hist (\n  instr_id INTEGER NOT NULL REFERENCES instrument(instr_id),\n  px_dt TEXT NOT NULL,\n  px_cls REAL NOT NULL,\n  PRIMARY KEY (instr_id, px_dt)\n)", prices)
    actions = []
    for i in range(46):
        row = rng.choice(rows[:16])
        kind = rng.choices(["DVC", "SPL", "RTS", "MRG"], [70, 12, 12, 6])[0]
        ex = day(rng, "2023-01-10", "2024-06-25")
        rate = {"DVC": round(rng.uniform(0.1, 4.2), 2), "SPL": rng.choice([2, 3, 5]), "RTS": 0.1, "MRG": 0.75}[kind]
        actions.append((301 + i, row[0], kind, str(ex), str(after(ex, rng.randint(5, 40))) if kind == "DVC" else None, rate, rng.choices("APC", [15, 70, 15])[0]))
    out.table("""
CREATE TABLE corp_actn (
  ca_id INTEGER PRIMARY KEY,
  instr_id INTEGER NOT NULL REFERENCES instrument(instr_id),
  ca_typ_cd TEXT NOT NULL,
  ex_dt TEXT NOT NULL,
  pay_dt TEXT,
  rate REAL NOT NULL,
  sts TEXT NOT NULL -- A announced, P processed, C cancelled
)""", actions)
    return [(r[0], r[4], level) for r in rows]


def trading(out, rng, accounts, instruments):
    orders, executions, fees, positions = [], [], [], {}
    usable = [a for a in accounts if a[6] != "P"][:128]
    weights = [1 if kind != "EQ" else 2 for _, kind, _ in instruments]
    days = sorted(day(rng, "2023-01-03", "2024-06-27") for _ in range(640))
    for i, date in enumerate(days):
        number = 200001 + i
        account = rng.choice(usable)
        ident, _, level = rng.choices(instruments, weights)[0]
        status = rng.choices("NPFCR", [4, 8, 68, 14, 6])[0]
        price = level[ident, str(date)[:7]]
        quantity = rng.choice([5, 10, 20, 25, 40, 50, 75, 100, 150, 200, 250, 400])
        limit = round(price * rng.uniform(0.97, 1.03), 2) if rng.random() < 0.55 else None
        side = rng.choices("BS", [62, 38])[0]
        approver = rng.choice([101, 102, 103, 104, 105, 110]) if price * quantity > 6000 and rng.random() < 0.93 else None
        orders.append((number, account[0], ident, side, "LMT" if limit else "MKT", quantity, limit, str(date), status,
                       rng.choices("WTBM", [40, 20, 10, 30])[0], rng.choice([106, 107, 108, 109, 111, 112, 113, 115, 116, 117, 118]), approver))
        if status not in "PF":
            continue
        left = quantity if status == "F" else max(1, quantity // rng.choice([2, 4]))
        for seq in range(1, 4):
            part = left if seq == 3 or rng.random() < 0.72 else max(1, left // 2)
            left -= part
            paid = round(price * rng.uniform(0.985, 1.015), 2)
            executions.append((number, seq, compact(after(date, rng.choice([0, 0, 0, 1, 1, 3]))), part, paid, round(part * paid, 2)))
            fees.append((number, seq, "COM", max(490, round(part * paid * 0.25))))
            if rng.random() < 0.4:
                fees.append((number, seq, "EXC", rng.randint(50, 390)))
            if rng.random() < 0.25:
                fees.append((number, seq, "TAX", round(part * paid * 0.3)))
            key = account[0], ident
            positions[key] = positions.get(key, 0) + (part if side == "B" else -part)
            if left == 0:
                break
    out.table("""
CREATE TABLE ord (
  ord_id INTEGER PRIMARY KEY,
  acct_no TEXT NOT NULL REFERENCES account(acct_no),
  instr_id INTEGER NOT NULL REFERENCES instrument(instr_id),
  side TEXT NOT NULL, -- B buy, S sell
  ord_typ TEXT NOT NULL,
  qty_ord INTEGER NOT NULL,
  lmt_px REAL,
  ord_dt TEXT NOT NULL,
  ord_sts TEXT NOT NULL,
  chan_cd TEXT NOT NULL,
  sales_rep_id INTEGER NOT NULL REFERENCES employee(emp_id),
  approved_by_id INTEGER REFERENCES employee(emp_id)
)""", orders)
    out.table("""
CREATE TABLE exec (
  ord_id INTEGER NOT NULL REFERENCES ord(ord_id),
  exec_seq INTEGER NOT NULL,
  exec_dt TEXT NOT NULL, -- YYYYMMDD
  qty_exec INTEGER NOT NULL,
  px REAL NOT NULL,
  amt_gross REAL NOT NULL,
  PRIMARY KEY (ord_id, exec_seq)
)""", executions)
    out.table("""
CREATE TABLE fee (
  fee_id INTEGER PRIMARY KEY,
  ord_id INTEGER NOT NULL,
  exec_seq INTEGER NOT NULL,
  fee_typ_cd TEXT NOT NULL,
  amt_eur_ct INTEGER NOT NULL,
  FOREIGN KEY (ord_id, exec_seq) REFERENCES exec(ord_id, exec_seq)
)""", [(i + 1, *f) for i, f in enumerate(fees)])
    out.table("""
CREATE TABLE pos (
  acct_no TEXT NOT NULL REFERENCES account(acct_no),
  instr_id INTEGER NOT NULL REFERENCES instrument(instr_id),
  qty INTEGER NOT NULL,
  as_of_dt TEXT NOT NULL,
  PRIMARY KEY (acct_no, instr_id)
)""", [(a, n, q, "2024-06-28") for (a, n), q in sorted(positions.items()) if q > 0])
