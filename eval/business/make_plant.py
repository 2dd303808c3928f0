# SPDX-License-Identifier: GPL-3.0-or-later
"""Plant maintenance and energy: typed in by many hands. No foreign keys, dates in two formats,
states in every spelling, ratings as text, one wide table that repeats what others say."""

import datetime
import random

from script import Script, after, compact, day, dotted

NAMES = "Bruno Achleit|Carla Dirnegger|Dimas Ferroa|Elke Grundmoor|Fabio Hintersee|Greta Imhofen|Henk Jellinghaus|Ines Kaltbrunn|Jonas Lohmeyr|Katja Murtenau|Leon Nussdorn|Mara Oberhuis|Nils Poldervaart|Olga Quistorf|Piet Rotterhagen|Rosa Steinfurth|Sven Tauberg|Tilda Unterwald".split("|")
CLASSES = [("PMP", "Pump", 12), ("MOT", "Motor", 10), ("CMP", "Compressor", 6), ("BLR", "Boiler", 4), ("FAN", "Fan", 8), ("CHL", "Chiller", 4), ("CNV", "Conveyor", 6), ("TRF", "Transformer", 3)]
MAKERS = ["Korvath", "Bellinzer", "Ostara Works", "Dynamont", "korvath ", "BELLINZER", None]
SPELLINGS = {"open": ["Open", "OPEN", "open", "Open "], "progress": ["In progress", "IN PROGRESS", "in progress "], "closed": ["Closed", "CLOSED", "closed", "Closed ", "closed "], "cancelled": ["Cancelled", "CANCELLED", "cancelled "]}


def script():
    rng = random.Random(4404)
    out = Script()
    out.table("CREATE TABLE site (\n  site_cd TEXT,\n  site_nm TEXT,\n  ctry TEXT\n)", [("WRK1", "Nordkai works", "DE"), ("WRK2", "Talgrund works", "AT"), ("WRK3", "Fossheim works", "NO"), ("LAG1", "Brinkhof depot", "DE")])
    staff = crew(out, rng)
    machines = equipment(out, rng)
    store(out, rng)
    maintenance(out, rng, machines, staff)
    energy(out, rng, machines)
    return out.text()


def crew(out, rng):
    rows = []
    for i, person in enumerate(NAMES):
        craft = "LEAD" if i < 3 else rng.choice(["MECH", "MECH", "ELEC", "ELEC", "INST", "OPER"])
        rows.append((f"P{i + 1:02}", person, craft, ["WRK1", "WRK2", "WRK3"][i % 3], None if i < 3 else f"P{i % 3 + 1:02}", round(rng.uniform(31, 58), 1) if i != 11 else None, "0" if i in (7, 13) else "1"))
    out.table("CREATE TABLE pers (\n  pers_no TEXT,\n  nm TEXT,\n  craft_cd TEXT,\n  site_cd TEXT,\n  sup_no TEXT,\n  rate_hr REAL,\n  actv TEXT\n)", rows)
    return rows


def equipment(out, rng):
    rows, number, tops = [], 0, []
    for code, word, count in CLASSES:
        for n in range(count):
            number += 1
            ident = f"EQ-{number:03}"
            size = rng.choice([5.5, 7.5, 11, 15, 22, 37, 45, 55, 75, 90, 110, 160, 250])
            rating = rng.choices([f"{size:g} kW", f"{size * 1000:.0f} W", f"{size / 1000:g} MW", f"{size:g}kW", "N/A", None], [55, 12, 10, 10, 8, 5])[0]
            parent = rng.choice(tops) if code == "MOT" and tops and rng.random() < 0.8 else None
            if code in ("PMP",):
                tops.append(ident)
            rows.append((ident, f"{word} {n + 1}", code, rng.choices(["WRK1", "WRK2", "WRK3", "LAG1"], [40, 30, 24, 6])[0], parent, dotted(day(rng, "2004-02-01", "2023-10-31")),
                         rng.choice(MAKERS), rating, rng.choices("ABC", [25, 45, 30])[0], rng.choices("JN", [88, 12])[0]))
    out.table("""
CREATE TABLE eq_mst (
  eq_no TEXT,
  eq_dsc TEXT,
  eq_cls TEXT,
  site_cd TEXT,
  prnt_eq_no TEXT,
  instl_dt TEXT,
  mfr TEXT,
  pwr_rtg TEXT,
  crit TEXT,
  in_svc TEXT
)""", rows)
    out.table("CREATE TABLE eq_cls (\n  cls_cd TEXT,\n  cls_nm TEXT\n)", [(c, w) for c, w, _ in CLASSES])
    moves = []
    for row in rows:
        start = datetime.datetime.strptime(row[5], "%d.%m.%Y").date()
        while rng.random() < 0.25 and start.year < 2022:
            end = after(start, rng.randint(200, 900))
            moves.append((row[0], rng.choice(["WRK1", "WRK2", "WRK3", "LAG1"]), compact(start), compact(end)))
            start = after(end, 1)
        moves.append((row[0], row[3], compact(start), None))
    out.table("CREATE TABLE eq_loc_hist (\n  eq_no TEXT,\n  site_cd TEXT,\n  valid_from TEXT,\n  valid_to TEXT\n)", moves)
    return rows


def store(out, rng):
    vendors = [("V10", "Hollmann Seals", "Kiel", "DE", ""), ("V11", "Aarbrueck Bearings", "Linz", "AT", ""), ("V12", "Polarfett Lubricants", "Bergen", "NO", "X"), ("V13", "Sturmhof Electric", "Bremen", "DE", ""), ("V14", "Mistral Filters", "Graz", "AT", ""), ("V15", "Tolvan Tools", "Oslo", "NO", "X"), ("V16", "Kesselhaus Service", "Kiel", "DE", "")]
    out.table("CREATE TABLE vend (\n  vend_no TEXT,\n  vend_nm TEXT,\n  city TEXT,\n  ctry TEXT,\n  blkd TEXT\n)", vendors)
    things = "Shaft seal|Ball bearing 6205|Ball bearing 6310|V-belt|Gear oil|Grease|Oil filter|Air filter|Contactor 24V|Fuse 63A|Proximity sensor|Pressure gauge|Impeller|Coupling|Gasket set|Solenoid valve|Cable 5x2.5|Drive controller|Thermostat|Safety relay".split("|")
    out.table("CREATE TABLE mat_mst (\n  mat_no TEXT,\n  mat_dsc TEXT,\n  uom TEXT,\n  stk_qty INTEGER,\n  min_qty INTEGER,\n  vend_no TEXT,\n  prc_ct INTEGER\n)",
              [(f"M{700 + i}", t, rng.choice(["PC", "pc", "PCS"]) if t not in ("Gear oil", "Grease", "Cable 5x2.5") else {"Gear oil": "L", "Grease": "KG", "Cable 5x2.5": "M"}[t], rng.choice([0, 0, 1, 3, 5, 8, 12, 20, 40]), rng.choice([1, 2, 4, 5, 10]), rng.choice(vendors[:6])[0], rng.randint(180, 42000)) for i, t in enumerate(things)])
    contracts = []
    for i in range(16):
        start = day(rng, "2021-01-01", "2024-03-01")
        fee = rng.choice([1200, 2400, 3600, 4800, 6500, 9000, 12500])
        contracts.append((f"SC{i + 1:02}", rng.choice(vendors)[0], f"EQ-{rng.randint(1, 53):03}", dotted(start), dotted(after(start, rng.choice([364, 729, 1094]))), rng.choice([f"{fee} EUR", f"{fee} EUR", f"EUR {fee}", f"{fee} NOK", "N/A"])))
    out.table("CREATE TABLE svc_ctr (\n  ctr_no TEXT,\n  vend_no TEXT,\n  eq_no TEXT,\n  strt_dt TEXT,\n  end_dt TEXT,\n  ann_fee TEXT\n)", contracts)


def maintenance(out, rng, machines, staff):
    failures = [("F01", "Bearing damage", "MECH"), ("F02", "Leak", "MECH"), ("F03", "Overheating", "THER"), ("F04", "Motor winding", "ELEC"), ("F05", "Sensor fault", "ELEC"), ("F06", "Belt torn", "MECH"), ("F07", "Control error", "ELEC"), ("F99", "Unknown", "OTH")]
    out.table("CREATE TABLE fail_cd (\n  cd TEXT,\n  dsc TEXT,\n  grp TEXT\n)", failures)
    orders, labor, parts = [], [], []
    workers = [p[0] for p in staff[3:]]
    busy = machines[:46]
    for i, date in enumerate(sorted(day(rng, "2023-01-02", "2024-09-30") for _ in range(360))):
        number = f"{4500001 + i}"
        machine = rng.choice(busy)
        kind = rng.choices(["PM", "CM", "INS"], [40, 45, 15])[0]
        state = rng.choices(["open", "progress", "closed", "cancelled"], [8, 7, 77, 8])[0]
        finished = dotted(after(date, rng.choice([0, 0, 1, 1, 2, 3, 5, 9, 14, 30]))) if state == "closed" else rng.choice([None, "", "N/A"]) if rng.random() < 0.4 else None
        down = rng.choices([f"{rng.randint(1, 30) / 2:g}", f"{rng.randint(1, 30) / 2:g} h", "N/A", None, "0"], [45, 15, 12, 13, 15])[0] if kind == "CM" else None
        orders.append((number, machine[0], kind, rng.choice(SPELLINGS[state]), rng.choices(["1", "2", "3", None], [15, 35, 42, 8])[0], dotted(date), finished, rng.choice(failures)[0] if kind == "CM" and rng.random() < 0.9 else None, down,
                       rng.choice([p[0] for p in staff]), rng.choice(workers) if rng.random() < 0.93 else None, rng.choice(["P01", "P02", "P03"]) if rng.random() < 0.6 else None, rng.choice(["Y", "N", "N", "N", "y", "n", None])))
        if state in ("closed", "progress"):
            for person in rng.sample(workers, rng.choices([1, 2, 3], [60, 32, 8])[0]):
                labor.append((number, person, compact(after(date, rng.choice([0, 0, 1, 2]))), rng.randint(1, 20) / 2, "Y" if rng.random() < 0.12 else "N"))
            for material in rng.sample(range(18), rng.choices([0, 1, 2, 3], [35, 35, 22, 8])[0]):
                parts.append((number, f"M{700 + material}", rng.choice([1, 1, 2, 2, 4]), rng.randint(180, 39000)))
    out.table("""
CREATE TABLE wo_hdr (
  wo_no TEXT,
  eq_no TEXT,
  wo_typ TEXT, -- PM preventive, CM corrective, INS inspection
  stat TEXT,
  prio TEXT, -- 1 is the most urgent
  rpt_dt TEXT,
  fin_dt TEXT,
  fail_cd TEXT,
  dwn_hrs TEXT,
  rpt_by TEXT,
  asgn_to TEXT,
  appr_by TEXT,
  sfty_rel TEXT
)""", orders)
    out.table("CREATE TABLE wo_lbr (\n  wo_no TEXT,\n  pers_no TEXT,\n  wrk_dt TEXT,\n  hrs REAL,\n  ovt TEXT,\n  PRIMARY KEY (wo_no, pers_no)\n)", labor)
    out.table("CREATE TABLE wo_mat (\n  wo_no TEXT,\n  mat_no TEXT,\n  qty INTEGER,\n  unit_ct INTEGER,\n  PRIMARY KEY (wo_no, mat_no)\n)", parts)
    plans = []
    for i, machine in enumerate(rng.sample(machines, 38)):
        done = day(rng, "2023-06-01", "2024-08-31")
        cycle, unit = rng.choice([(30, "D"), (90, "D"), (4, "W"), (12, "W"), (6, "M"), (1, "M")])
        plans.append((f"MP{i + 1:02}", machine[0], cycle, unit, compact(done) if rng.random() < 0.9 else None, rng.choices("JN", [85, 15])[0]))
    out.table("CREATE TABLE mnt_pln (\n  pln_no TEXT,\n  eq_no TEXT,\n  cyc INTEGER,\n  cyc_un TEXT, -- D days, W weeks, M months\n  last_dt TEXT,\n  actv TEXT\n)", plans)


def energy(out, rng, machines):
    out.table("CREATE TABLE tarf (\n  media TEXT,\n  valid_from TEXT,\n  valid_to TEXT,\n  ct_unit REAL\n)", [
        ("EL", "20220101", "20221231", 31.4), ("EL", "20230101", "20231231", 27.9), ("EL", "20240101", None, 24.6), ("GAS", "20220101", "20230331", 98.0), ("GAS", "20230401", None, 71.5), ("H2O", "20220101", None, 212.0)])
    meters, readings = [], []
    for i in range(24):
        media, unit = rng.choice([("EL", "kWh"), ("EL", "MWh"), ("EL", "kWh"), ("GAS", "m3"), ("H2O", "m3")])
        meters.append((f"MT{i + 1:02}", rng.choice(machines)[0], media, unit, rng.choice(["1", "1", "1", "1", "0"])))
        value = rng.randint(2000, 90000) / (1000 if unit == "MWh" else 1)
        for year, month in [(2023, m) for m in range(1, 13)] + [(2024, m) for m in range(1, 10)]:
            value += rng.randint(300, 9000) / (1000 if unit == "MWh" else 1)
            text = f"{value:.3f}" if unit == "MWh" else f"{value:.0f}"
            if rng.random() < 0.05:
                text = rng.choice(["N/A", "", "defect"])
            readings.append((meters[-1][0], f"{year}{month:02}01", text, rng.choice("AAAME")))
    out.table("CREATE TABLE mtr (\n  mtr_id TEXT,\n  eq_no TEXT,\n  media TEXT, -- EL electricity, GAS, H2O water\n  unit TEXT,\n  actv TEXT\n)", meters)
    out.table("CREATE TABLE mtr_rdg (\n  mtr_id TEXT,\n  rdg_dt TEXT,\n  rdg_val TEXT,\n  src TEXT, -- A automatic, M manual, E estimated\n  PRIMARY KEY (mtr_id, rdg_dt)\n)", readings)
    names = {"WRK1": "Nordkai works", "WRK2": "Talgrund works", "WRK3": "Fossheim works"}
    log = []
    makers = [m for m in machines if m[2] in ("CMP", "BLR", "CHL", "CNV") and m[3] in names][:14]
    for i, date in enumerate(sorted(day(rng, "2024-01-02", "2024-06-30") for _ in range(430))):
        machine = rng.choice(makers)
        boiler = machine[2] == "BLR"
        unit = rng.choice(["t", "t", "kg"])
        made = rng.randint(20, 240) / 10
        stop = rng.choice(["0", "0", "0", "15", "30", "45", "90", "120", "N/A", None])
        operator = rng.choice(NAMES[3:12])
        log.append((i + 1, dotted(date), rng.choices(["F", "S", "N", "f"], [40, 30, 22, 8])[0], machine[3], names[machine[3]] + rng.choice(["", "", "", " "]), machine[0], machine[1], CLASS_NAME[machine[2]], operator + rng.choice(["", "", "", " "]),
                    rng.choice([None, 24]) if rng.random() < 0.02 else rng.randint(40, 2600), rng.randint(20, 900) if boiler else None, rng.randint(0, 60), f"{made:g}" if unit == "t" else f"{made * 1000:.0f}", unit,
                    24.6 if date.year == 2024 else 27.9, stop, rng.choice(["cleaning", "no material", "fault", "Fault ", "FAULT"]) if stop not in ("0", None) else None, rng.choice(["Y", "N", "N", "N", "y", "J", None]), rng.choice([None, None, None, "ok", "see log", "-"])))
    out.table("""
CREATE TABLE prod_energy_log (
  log_id INTEGER,
  log_dt TEXT,
  shft TEXT, -- F early, S late, N night
  site_cd TEXT,
  site_nm TEXT,
  eq_no TEXT,
  eq_dsc TEXT,
  cls_nm TEXT,
  oper_nm TEXT,
  el_kwh INTEGER,
  gas_m3 INTEGER,
  wtr_m3 INTEGER,
  out_qty TEXT,
  out_un TEXT,
  el_ct_kwh REAL,
  stop_min TEXT,
  stop_rsn TEXT,
  alm TEXT,
  rmk TEXT
)""", log)


CLASS_NAME = {code: word for code, word, _ in CLASSES}
