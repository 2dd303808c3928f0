# SPDX-License-Identifier: GPL-3.0-or-later
"""A clinic: declared foreign keys, several people behind every visit, money in cents."""

import datetime
import random

from script import Script, after, compact, day

FIRST_F = "Alwina Brisa Corva Delphine Edda Fiorella Gwenna Hilka Ilse Jovana Kaisa Ludmira Mirthe Noor Oda Petra Ragna Solveig Tova Ursel Wanda Yvaine".split()
FIRST_M = "Anselm Bertil Clovis Detlev Emeric Folkert Gunter Hakon Ignaz Jaromir Klemens Ludo Matthis Norbert Otmar Pirmin Rasmus Severin Tibor Ulrik Veit Wieland".split()
LAST = "Achterberg Birkenau Crestfield Dunkelmann Ebersholt Finkenwald Glimmer Haselbruck Immerthal Jagersma Kesselring Lichtwark Moosbach Niederquell Ostrander Pfefferkorn Quellmalz Rabenhorst Steenhuis Traubenfeld Underhoek Vinterberg Wolkenstein Zwanziger".split()

SPECIALTIES = [("GP", "General practice"), ("CAR", "Cardiology"), ("DER", "Dermatology"), ("PED", "Paediatrics"), ("ORT", "Orthopaedics"), ("END", "Endocrinology"), ("NEU", "Neurology")]
DEPARTMENTS = [("D10", "Family medicine"), ("D20", "Internal medicine"), ("D30", "Skin and allergy"), ("D40", "Children"), ("D50", "Bones and nerves")]
HOME = {"GP": "D10", "CAR": "D20", "END": "D20", "DER": "D30", "PED": "D40", "ORT": "D50", "NEU": "D50"}
DIAGNOSES = [
    ("I10", "Essential hypertension", "Circulatory"), ("I48.9", "Atrial fibrillation, unspecified", "Circulatory"), ("I25.1", "Atherosclerotic heart disease", "Circulatory"),
    ("E11.9", "Type 2 diabetes without complications", "Endocrine"), ("E03.9", "Hypothyroidism, unspecified", "Endocrine"), ("E78.5", "Hyperlipidaemia, unspecified", "Endocrine"),
    ("J06.9", "Acute upper respiratory infection", "Respiratory"), ("J45.9", "Asthma, unspecified", "Respiratory"), ("J20.9", "Acute bronchitis", "Respiratory"),
    ("L20.9", "Atopic dermatitis", "Skin"), ("L40.0", "Psoriasis vulgaris", "Skin"), ("L50.9", "Urticaria, unspecified", "Skin"),
    ("M54.5", "Low back pain", "Musculoskeletal"), ("M17.1", "Osteoarthritis of the knee", "Musculoskeletal"), ("M75.1", "Rotator cuff syndrome", "Musculoskeletal"),
    ("G43.9", "Migraine, unspecified", "Nervous"), ("G40.9", "Epilepsy, unspecified", "Nervous"), ("Z00.0", "General medical examination", "Factors"), ("Z23", "Need for immunisation", "Factors"),
]
BY_SPECIALTY = {"GP": [0, 3, 5, 6, 8, 12, 15, 17, 18], "CAR": [0, 1, 2, 5], "DER": [9, 10, 11], "PED": [6, 7, 8, 9, 18], "ORT": [12, 13, 14], "END": [3, 4, 5], "NEU": [15, 16]}
DRUGS = [
    ("Ramipril", "TAB", 5, "C09AA05", 0), ("Amlodipine", "TAB", 10, "C08CA01", 0), ("Apixaban", "TAB", 5, "B01AF02", 0), ("Metformin", "TAB", 850, "A10BA02", 0),
    ("Levothyroxine", "TAB", 0.1, "H03AA01", 0), ("Atorvastatin", "TAB", 20, "C10AA05", 0), ("Amoxicillin", "CAP", 500, "J01CA04", 0), ("Salbutamol", "INH", 0.1, "R03AC02", 0),
    ("Prednisolone", "TAB", 5, "H02AB06", 0), ("Betamethasone", "CRM", 1, "D07AC01", 0), ("Cetirizine", "TAB", 10, "R06AE07", 0), ("Ibuprofen", "TAB", 600, "M01AE01", 0),
    ("Tramadol", "CAP", 50, "N02AX02", 1), ("Morphine", "TAB", 10, "N02AA01", 1), ("Sumatriptan", "TAB", 50, "N02CC01", 0), ("Clonazepam", "TAB", 2, "N03AE01", 1), ("Ibuprofen", "SYR", 40, "M01AE01", 0),
]
FOR_CHAPTER = {"Circulatory": [0, 1, 2, 5], "Endocrine": [3, 4, 5], "Respiratory": [6, 7, 8], "Skin": [8, 9, 10], "Musculoskeletal": [11, 12, 13], "Nervous": [14, 15, 16], "Factors": [10]}
SERVICES = [("CONS", "Consultation", 6500), ("CONX", "Extended consultation", 11000), ("ECG", "Electrocardiogram", 4200), ("LAB", "Blood panel", 3850), ("XRAY", "X-ray", 7900), ("VACC", "Vaccination", 2900), ("USND", "Ultrasound", 9800), ("CERT", "Certificate", 1500)]


def script():
    rng = random.Random(4202)
    out = Script()
    doctors = team(out, rng)
    patients = register(out, rng, doctors)
    visits = calendar(out, rng, patients, doctors)
    treatment(out, rng, visits, doctors)
    billing(out, rng, visits)
    return out.text()


def team(out, rng):
    out.table("CREATE TABLE spec (\n  spec_cd TEXT PRIMARY KEY,\n  spec_nm TEXT NOT NULL\n)", SPECIALTIES)
    kinds = ["GP", "CAR", "DER", "PED", "ORT", "GP", "END", "NEU", "GP", "CAR", "DER", "PED", "ORT", "GP", "END", "NEU", "GP", "PED"]
    lasts, rows = rng.sample(LAST, 18), []
    for i, kind in enumerate(kinds):
        boss = None if i < 5 else next(11 + j for j in range(5) if HOME[kinds[j]] == HOME[kind])
        rows.append((11 + i, f"Dr. {rng.choice(FIRST_F + FIRST_M)} {lasts[i]}", kind, HOME[kind], boss, rng.choice([1.0, 1.0, 0.8, 0.5]), "N" if i in (8, 15) else "Y"))
    out.table("CREATE TABLE dept (\n  dept_cd TEXT PRIMARY KEY,\n  dept_nm TEXT NOT NULL,\n  head_prac_id INTEGER REFERENCES prac(prac_id)\n)",
              [(c, n, 11 + i) for i, (c, n) in enumerate([DEPARTMENTS[k] for k in (0, 1, 2, 3, 4)])])
    out.table("""
CREATE TABLE prac (
  prac_id INTEGER PRIMARY KEY,
  prac_nm TEXT NOT NULL,
  spec_cd TEXT NOT NULL REFERENCES spec(spec_cd),
  dept_cd TEXT NOT NULL REFERENCES dept(dept_cd),
  supv_id INTEGER REFERENCES prac(prac_id),
  fte REAL NOT NULL,
  actv_flg TEXT NOT NULL
)""", rows)
    out.table("CREATE TABLE stf (\n  stf_id INTEGER PRIMARY KEY,\n  stf_nm TEXT NOT NULL,\n  role_cd TEXT NOT NULL -- REC reception, NUR nurse, BIL billing\n)",
              [(31 + i, f"{rng.choice(FIRST_F + FIRST_M)} {rng.choice(LAST)}", r) for i, r in enumerate(["REC", "REC", "REC", "NUR", "NUR", "BIL", "REC", "NUR"])])
    out.table("CREATE TABLE room (\n  room_no TEXT PRIMARY KEY,\n  dept_cd TEXT NOT NULL REFERENCES dept(dept_cd),\n  flr INTEGER NOT NULL\n)",
              [(f"{f}.{n:02}", f"D{f}0", f - 1) for f in range(1, 6) for n in range(1, 4)])
    return rows


def register(out, rng, doctors):
    gps = [d[0] for d in doctors if d[2] == "GP"]
    rows, covers = [], []
    insurers = [("AVB", "Avenbund Health", "PUB", 80), ("KLM", "Klarmed Private", "PRV", 100), ("NOR", "Norderkasse", "PUB", 75), ("SOL", "Solidar Mutual", "PUB", 85), ("VIT", "Vitalis Plus", "PRV", 95)]
    out.table("CREATE TABLE insr (\n  insr_cd TEXT PRIMARY KEY,\n  insr_nm TEXT NOT NULL,\n  pln_typ TEXT NOT NULL, -- PUB public, PRV private\n  cov_pct INTEGER NOT NULL\n)", insurers)
    for i in range(150):
        ident = 1001 + i
        sex = rng.choices("FMU", [52, 46, 2])[0]
        born = day(rng, "2008-01-01", "2023-06-30") if rng.random() < 0.22 else day(rng, "1934-01-01", "2007-12-31")
        registered = day(rng, "2019-01-07", "2024-08-30")
        merged = 1001 + rng.randrange(i) if i > 20 and rng.random() < 0.035 else None
        dead = str(day(rng, "2023-03-01", "2024-11-30")) if born.year < 1950 and rng.random() < 0.25 else None
        rows.append((ident, f"M{rng.randrange(10**6):06}", rng.choice(LAST), rng.choice(FIRST_F if sex != "M" else FIRST_M), sex, str(born),
                     rng.choices(["Lindenfurt", "Ahrensbeek", "Mossdorp", "Kaltenhagen", "Seewinkel"], [40, 22, 16, 12, 10])[0],
                     None if rng.random() < 0.12 else f"0555-{rng.randrange(10**6):06}", None if rng.random() < 0.45 else f"p{ident}@example.net",
                     rng.choice(gps) if rng.random() < 0.85 else None, merged, str(registered), dead, 1 if merged or rng.random() < 0.03 else 0))
        if rng.random() < 0.9:
            start = registered
            for _ in range(rng.choices([0, 1, 2], [65, 28, 7])[0]):
                end = after(start, rng.randint(90, 500))
                covers.append((ident, rng.choice(insurers)[0], f"{rng.randrange(10**7):07}", str(start), str(end)))
                start = after(end, 1)
            covers.append((ident, rng.choice(insurers)[0], f"{rng.randrange(10**7):07}", str(start), None))
    out.table("""
CREATE TABLE pat (
  pat_id INTEGER PRIMARY KEY,
  mrn TEXT NOT NULL,
  last_nm TEXT NOT NULL,
  first_nm TEXT NOT NULL,
  sex TEXT NOT NULL,
  dob TEXT NOT NULL,
  city TEXT NOT NULL,
  phone TEXT,
  email TEXT,
  gp_prac_id INTEGER REFERENCES prac(prac_id),
  mrgd_into_id INTEGER REFERENCES pat(pat_id),
  reg_dt TEXT NOT NULL,
  dec_dt TEXT, -- date of death
  is_del INTEGER NOT NULL DEFAULT 0
)""", rows)
    out.table("""
CREATE TABLE pat_cov (
  pat_id INTEGER NOT NULL REFERENCES pat(pat_id),
  insr_cd TEXT NOT NULL REFERENCES insr(insr_cd),
  pol_no TEXT NOT NULL,
  valid_from TEXT NOT NULL,
  valid_to TEXT,
  PRIMARY KEY (pat_id, valid_from)
)""", covers)
    return [r for r in rows if not r[10]]


def weekday(rng, first, last):
    date = day(rng, first, last)
    return date if date.weekday() < 5 else after(date, 7 - date.weekday())


def calendar(out, rng, patients, doctors):
    out.table("CREATE TABLE appt_stat (\n  stat_cd TEXT PRIMARY KEY,\n  stat_desc TEXT NOT NULL\n)",
              [("BK", "Booked"), ("CI", "Checked in"), ("DN", "Done"), ("NS", "No-show"), ("CX", "Cancelled by patient"), ("CP", "Cancelled by practice")])
    rows, visits = [], []
    frequent = [rng.choice(patients[:120]) for _ in range(130)]
    for i in range(560):
        patient, doctor = rng.choice(frequent), rng.choice(doctors)
        date = weekday(rng, "2023-06-01", "2024-12-27")
        done = date < datetime.date(2024, 12, 2)
        status = rng.choices(["DN", "NS", "CX", "CP"], [72, 11, 12, 5])[0] if done else rng.choices(["BK", "CI", "CX"], [85, 3, 12])[0]
        reason = rng.choice(["ill", "work", "moved to another date", None]) if status in ("CX", "CP") else None
        rows.append((5001 + i, patient[0], doctor[0], f"{DEPARTMENTS.index(next(d for d in DEPARTMENTS if d[0] == doctor[3])) + 1}.{rng.randint(1, 3):02}", str(date),
                     f"{rng.randint(8, 17):02}:{rng.choice(['00', '15', '30', '45'])}", rng.choice([15, 15, 20, 30, 45]), status, rng.choice([31, 32, 33, 37]), str(after(date, -rng.randint(0, 60))), reason))
        if status == "DN":
            visits.append((date, 5001 + i, patient, doctor, "OP"))
    for _ in range(60):
        visits.append((weekday(rng, "2023-06-05", "2024-11-28"), None, rng.choice(frequent), rng.choice(doctors[:14]), rng.choice(["ER", "ER", "TM"])))
    visits.sort(key=lambda v: (v[0], v[1] or 0))
    out.table("""
CREATE TABLE appt (
  appt_id INTEGER PRIMARY KEY,
  pat_id INTEGER NOT NULL REFERENCES pat(pat_id),
  prac_id INTEGER NOT NULL REFERENCES prac(prac_id),
  room_no TEXT NOT NULL REFERENCES room(room_no),
  appt_dt TEXT NOT NULL,
  appt_tm TEXT NOT NULL,
  dur_min INTEGER NOT NULL,
  stat_cd TEXT NOT NULL REFERENCES appt_stat(stat_cd),
  bkd_by_stf_id INTEGER NOT NULL REFERENCES stf(stf_id),
  bkd_dt TEXT NOT NULL,
  cx_rsn TEXT
)""", rows)
    full, seen = [], []
    for i, (date, appointment, patient, doctor, kind) in enumerate(visits):
        referrer = rng.choice([d[0] for d in doctors if d[0] != doctor[0]]) if rng.random() < 0.3 else None
        child = int(patient[5][:4]) >= 2012
        pressure = (None, None) if child or rng.random() < 0.3 or kind == "TM" else (rng.randint(104, 176), rng.randint(62, 104))
        temperature = None if rng.random() < 0.5 or kind == "TM" else round(rng.uniform(36.1, 39.6), 1)
        full.append((8001 + i, appointment, patient[0], doctor[0], referrer, str(date), kind, *pressure, temperature))
        seen.append((8001 + i, date, patient, doctor))
    out.table("""
CREATE TABLE vis (
  vis_id INTEGER PRIMARY KEY,
  appt_id INTEGER REFERENCES appt(appt_id), -- NULL without an appointment
  pat_id INTEGER NOT NULL REFERENCES pat(pat_id),
  att_prac_id INTEGER NOT NULL REFERENCES prac(prac_id), -- attending
  ref_prac_id INTEGER REFERENCES prac(prac_id), -- referring
  vis_dt TEXT NOT NULL,
  vis_typ TEXT NOT NULL, -- OP outpatient, ER emergency, TM telemedicine
  bp_sys INTEGER,
  bp_dia INTEGER,
  temp_c REAL
)""", full)
    return seen


def treatment(out, rng, visits, doctors):
    out.table("CREATE TABLE dx (\n  dx_cd TEXT PRIMARY KEY,\n  dx_nm TEXT NOT NULL,\n  chap TEXT NOT NULL\n)", DIAGNOSES)
    out.table("CREATE TABLE drug (\n  drug_id INTEGER PRIMARY KEY,\n  drug_nm TEXT NOT NULL,\n  form_cd TEXT NOT NULL, -- TAB, CAP, INH, CRM, SYR\n  strg_mg REAL NOT NULL,\n  atc_cd TEXT NOT NULL,\n  ctrl_flg INTEGER NOT NULL -- 1 controlled substance\n)",
              [(201 + i, *d) for i, d in enumerate(DRUGS)])
    found, scripts, items = [], [], []
    for ident, date, _, doctor in visits:
        chosen = rng.sample(BY_SPECIALTY[doctor[2]], rng.choices([0, 1, 2, 3], [4, 60, 28, 8])[0] if doctor[2] != "NEU" else 1)
        for seq, index in enumerate(chosen):
            found.append((ident, seq + 1, DIAGNOSES[index][0], 1 if seq == 0 else 0))
        if chosen and rng.random() < 0.55:
            number = 60001 + len(scripts)
            scripts.append((number, ident, doctor[0] if rng.random() < 0.9 else rng.choice(doctors)[0], compact(date), rng.choices("ACS", [80, 8, 12])[0]))
            pool = [d for index in chosen for d in FOR_CHAPTER[DIAGNOSES[index][2]]]
            for line, drug in enumerate(sorted(set(rng.choices(pool, k=rng.choice([1, 1, 2]))))):
                items.append((number, line + 1, 201 + drug, rng.choice([10, 20, 30, 50, 100]), rng.choice([5, 7, 10, 14, 28, 30, 90]), rng.choices([0, 1, 2, 3], [60, 20, 12, 8])[0]))
    out.table("CREATE TABLE vis_dx (\n  vis_id INTEGER NOT NULL REFERENCES vis(vis_id),\n  seq_no INTEGER NOT NULL,\n  dx_cd TEXT NOT NULL REFERENCES dx(dx_cd),\n  prim_flg INTEGER NOT NULL,\n  PRIMARY KEY (vis_id, seq_no)\n)", found)
    out.table("""
CREATE TABLE rx (
  rx_no INTEGER PRIMARY KEY,
  vis_id INTEGER NOT NULL REFERENCES vis(vis_id),
  prac_id INTEGER NOT NULL REFERENCES prac(prac_id),
  rx_dt TEXT NOT NULL, -- YYYYMMDD
  stat TEXT NOT NULL -- A active, C cancelled, S substituted
)""", scripts)
    out.table("""
CREATE TABLE rx_itm (
  rx_no INTEGER NOT NULL REFERENCES rx(rx_no),
  ln_no INTEGER NOT NULL,
  drug_id INTEGER NOT NULL REFERENCES drug(drug_id),
  qty INTEGER NOT NULL,
  days_sup INTEGER NOT NULL,
  refills INTEGER NOT NULL,
  PRIMARY KEY (rx_no, ln_no)
)""", items)


def billing(out, rng, visits):
    out.table("CREATE TABLE svc (\n  svc_cd TEXT PRIMARY KEY,\n  svc_nm TEXT NOT NULL,\n  std_ct INTEGER NOT NULL\n)", SERVICES)
    invoices, lines, payments = [], [], []
    for ident, date, patient, _ in visits:
        if rng.random() < 0.06:
            continue
        number = f"R{date.year % 100}-{len(invoices) + 1:05}"
        issued = after(date, rng.randint(0, 12))
        total = 0
        for line, service in enumerate(rng.sample(SERVICES, rng.choices([1, 2, 3], [45, 40, 15])[0])):
            quantity = 2 if rng.random() < 0.07 else 1
            price = service[2] if rng.random() < 0.9 else round(service[2] * 0.9)
            lines.append((number, line + 1, service[0], quantity, price, rng.choices("IP", [75, 25])[0]))
            total += quantity * price
        status = rng.choices("POV", [74, 21, 5])[0]
        invoices.append((number, ident, patient[0], str(issued), str(after(issued, 30)), total, status))
        first = total if status == "P" else (round(total * 0.5) if status == "O" and rng.random() < 0.3 else 0)
        if first:
            paid = after(issued, rng.randint(1, 55))
            halves = [first] if rng.random() < 0.8 else [first // 3, first - first // 3]
            for part in halves:
                payments.append((number, str(paid), "P", part, rng.choices(["CARD", "BANK", "CASH"], [45, 40, 15])[0]))
                paid = after(paid, rng.randint(2, 30))
            if rng.random() < 0.05:
                payments.append((number, str(paid), "R", rng.choice([1000, 1500, 2000]), "BANK"))
    out.table("""
CREATE TABLE inv (
  inv_no TEXT PRIMARY KEY,
  vis_id INTEGER NOT NULL REFERENCES vis(vis_id),
  pat_id INTEGER NOT NULL REFERENCES pat(pat_id),
  inv_dt TEXT NOT NULL,
  due_dt TEXT NOT NULL,
  tot_ct INTEGER NOT NULL,
  stat TEXT NOT NULL -- O open, P paid, V void
)""", invoices)
    out.table("""
CREATE TABLE inv_ln (
  inv_no TEXT NOT NULL REFERENCES inv(inv_no),
  ln_no INTEGER NOT NULL,
  svc_cd TEXT NOT NULL REFERENCES svc(svc_cd),
  qty INTEGER NOT NULL,
  unit_ct INTEGER NOT NULL,
  payer TEXT NOT NULL, -- I insurer, P patient
  PRIMARY KEY (inv_no, ln_no)
)""", lines)
    out.table("""
CREATE TABLE pay (
  pay_id INTEGER PRIMARY KEY,
  inv_no TEXT NOT NULL REFERENCES inv(inv_no),
  pay_dt TEXT NOT NULL,
  pay_typ TEXT NOT NULL, -- P payment, R refund
  amt_ct INTEGER NOT NULL, -- never negative
  mthd TEXT NOT NULL
)""", [(1 + i, *p) for i, p in enumerate(payments)])
