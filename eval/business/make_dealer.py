# SPDX-License-Identifier: GPL-3.0-or-later
"""A car dealer with a workshop: initials of pinyin for names, an area in Traditional characters,
no declared foreign keys."""

import datetime
import random

from script import Script, after, compact, day, slashed

SURNAMES = "赵钱孙周吴郑冯陈褚卫蒋沈韩杨朱秦许何吕施孔曹严华金魏陶姜谢邹喻柏窦章".replace(" ", "")
GIVEN = "安澜 柏舟 承远 德音 方晓 广陵 海若 景行 可均 乐山 明溪 南星 鹏程 清和 如璋 书瑶 思齐 天佑 望舒 小满 雪松 一诺 雨竹 云起 芷若 子衿 立夏 青禾 锦程 若谷".split()
FIRMS = "远帆物流有限公司 青杉建材有限公司 蓝岸餐饮管理公司 松涛教育咨询公司 北屿租赁有限公司 恒岭食品有限公司 晨曦园林工程公司 云栈网络科技公司".split()
MODELS = [
    ("ML-E1", "鳴嵐", "逐風", "轎車", "純電", 158800, 0), ("ML-E5", "鳴嵐", "凌霄", "SUV", "純電", 219800, 0), ("ML-H3", "鳴嵐", "行野", "SUV", "混動", 186800, 0),
    ("QH-S2", "啟衡", "雅度", "轎車", "汽油", 119900, 0), ("QH-S6", "啟衡", "尊度", "轎車", "汽油", 208900, 1), ("QH-X4", "啟衡", "探度", "SUV", "汽油", 166900, 0), ("QH-M7", "啟衡", "家度", "MPV", "混動", 239900, 0),
    ("TX-P1", "拓行", "載山", "皮卡", "柴油", 138800, 0), ("TX-X9", "拓行", "越山", "SUV", "柴油", 298800, 0), ("TX-E2", "拓行", "小山", "轎車", "純電", 89800, 1), ("TX-M5", "拓行", "遠山", "MPV", "混動", 259800, 0),
]
JOBS = [("BY01", "小保养", 0.8), ("BY02", "大保养", 2.0), ("DP01", "四轮定位", 1.0), ("ZD01", "更换刹车片", 1.5), ("KT01", "空调检修", 1.8), ("PQ01", "钣金喷漆", 6.0), ("DC01", "电瓶更换", 0.5), ("FD01", "发动机检修", 8.0), ("LT01", "更换轮胎", 0.6), ("DK01", "电控诊断", 1.2)]
PARTS = ["机油 5W-30", "机油滤清器", "空气滤清器", "空调滤清器", "前刹车片", "后刹车片", "火花塞", "蓄电池 12V", "轮胎 225/45R18", "轮胎 235/55R19", "雨刮片", "冷却液", "制动液", "前大灯总成", "后视镜", "皮带", "节气门", "氧传感器", "水泵", "减震器", "雪地胎 235/55R19", "车载充电器"]
SUPPLIERS = [("G01", "北辰汽配", "石先生", "宁川"), ("G02", "海陆轮胎行", "覃女士", "临港"), ("G03", "双桥油品", "卓先生", "宁川"), ("G04", "远川电器", "苗女士", "云桥"), ("G05", "旧港五金", None, "临港")]


def script():
    rng = random.Random(4303)
    out = Script()
    out.table("CREATE TABLE zdb ( -- 字典表\n  zdlx TEXT, -- 字典类型\n  dm TEXT, -- 代码\n  mc TEXT, -- 名称\n  PRIMARY KEY (zdlx, dm)\n)", [
        ("khlx", "1", "个人"), ("khlx", "2", "单位"), ("gdzt", "1", "待派工"), ("gdzt", "2", "维修中"), ("gdzt", "3", "已完工"), ("gdzt", "4", "已结算"), ("gdzt", "9", "作废"),
        ("gdlx", "BY", "保养"), ("gdlx", "WX", "一般维修"), ("gdlx", "SG", "事故车"), ("gdlx", "SB", "索赔"), ("clzt", "K", "在库"), ("clzt", "D", "已订"), ("clzt", "S", "已售"), ("clzt", "T", "试驾车"),
        ("rklx", "CG", "采购入库"), ("rklx", "TH", "退货出库")])
    staff = people(out, rng)
    customers = clients(out, rng)
    cars, sales = showroom(out, rng, customers)
    orders = workshop(out, rng, customers, cars)
    money(out, rng, sales, orders)
    return out.text()


def name(rng):
    return rng.choice(SURNAMES) + rng.choice(GIVEN)


def people(out, rng):
    departments = [("01", "销售部"), ("02", "售后服务部"), ("03", "配件部"), ("04", "财务部"), ("05", "客户关系部")]
    out.table("CREATE TABLE bmxx (\n  bmbh TEXT PRIMARY KEY,\n  bmmc TEXT,\n  fzr TEXT -- 负责人的员工编号\n)", [(c, n, f"Y{i + 1:03}") for i, (c, n) in enumerate(departments)])
    places = [("01", "销售经理"), ("02", "服务经理"), ("03", "配件主管"), ("04", "财务主管"), ("05", "客服主管")] + [("01", "销售顾问")] * 8 + [("02", "服务顾问")] * 4 + [("02", "技师")] * 8 + [("03", "库管员"), ("04", "出纳"), ("05", "客服专员")]
    rows, seen = [], set()
    for i, (dept, job) in enumerate(places):
        person = name(rng)
        while person in seen:
            person = name(rng)
        seen.add(person)
        left = str(day(rng, "2023-09-01", "2024-06-30")) if i in (9, 19) else None
        rows.append((f"Y{i + 1:03}", person, dept, job, str(day(rng, "2012-03-01", "2023-05-31")), left, None if i < 5 else f"Y{int(dept):03}"))
    out.table("CREATE TABLE ygxx (\n  ygbh TEXT PRIMARY KEY,\n  ygxm TEXT,\n  bmbh TEXT,\n  zw TEXT, -- 职务\n  rzrq TEXT,\n  lzrq TEXT,\n  sjbh TEXT -- 上级\n)", rows)
    return rows


def clients(out, rng):
    rows, seen = [], set()
    for i in range(140):
        firm = i % 17 == 9
        who = FIRMS[i // 17] if firm else name(rng)
        while who in seen:
            who = name(rng)
        seen.add(who)
        rows.append((f"KH{i + 1:04}", who, "2" if firm else "1", None if firm else rng.choice("男女"), None if rng.random() < 0.07 else f"1550000{rng.randrange(10**4):04}",
                     rng.choices(["宁川", "临港", "云桥", "柏城"], [45, 25, 18, 12])[0], rng.choices(["A", "B", "C", None], [15, 35, 40, 10])[0],
                     compact(day(rng, "2020-02-01", "2024-08-31")), f"KH{rng.randrange(i) + 1:04}" if i > 8 and rng.random() < 0.22 else None, 1 if rng.random() < 0.06 else 0))
    out.table("""
CREATE TABLE khxx (
  khbh TEXT PRIMARY KEY,
  khxm TEXT,
  khlx TEXT,
  xb TEXT,
  sjh TEXT,
  cs TEXT, -- 城市
  khjb TEXT, -- 客户级别
  djrq TEXT, -- 登记日期
  tjr_khbh TEXT, -- 推荐人
  scbz INTEGER -- 删除标志
)""", rows)
    return rows


def showroom(out, rng, customers):
    out.table("CREATE TABLE 車型 (\n  車型代碼 TEXT PRIMARY KEY,\n  品牌 TEXT,\n  車型名稱 TEXT,\n  級別 TEXT,\n  動力 TEXT,\n  指導價 INTEGER,\n  停產 INTEGER\n)", MODELS)
    history = []
    for code, _, _, _, _, price, _ in MODELS:
        start = datetime.date(2022, 1, 1)
        for step in range(rng.randint(0, 2), 0, -1):
            end = after(start, rng.randint(150, 420))
            history.append((code, price + step * rng.choice([3000, 5000, 8000]), compact(start), compact(end)))
            start = after(end, 1)
        history.append((code, price, compact(start), "99991231"))
    out.table("CREATE TABLE 指導價歷史 (\n  車型代碼 TEXT,\n  價格 INTEGER,\n  生效日 TEXT,\n  失效日 TEXT, -- 99991231 表示現行\n  PRIMARY KEY (車型代碼, 生效日)\n)", history)
    cars, sales, policies, loans = [], [], [], []
    for i in range(260):
        model = rng.choices(MODELS, [8, 9, 8, 10, 4, 9, 5, 5, 3, 4, 4])[0]
        made = day(rng, "2022-08-01", "2024-05-31")
        stocked = after(made, rng.randint(12, 70))
        vin = f"LZX{model[0].replace('-', '')}{rng.randrange(10**6):06}{i:03}"
        state = rng.choices("SKDT", [70, 20, 7, 3])[0]
        cars.append([vin, model[0], rng.choice(["珍珠白", "曜石黑", "星际灰", "海湾蓝", "朱砂红"]), compact(made), compact(stocked), state, round(model[5] * rng.uniform(0.86, 0.93), -2), None])
    number = 0
    for car in cars:
        tries = rng.choices([1, 2], [88, 12])[0] if car[5] in "SD" else (1 if rng.random() < 0.1 and car[5] == "K" else 0)
        for turn in range(tries):
            final = turn == tries - 1 and car[5] in "SD"
            stocked = datetime.datetime.strptime(car[4], "%Y%m%d").date()
            sold = after(stocked, rng.randint(5, 60) + 45 * turn)
            client = rng.choice(customers[:118])
            price = next(m[5] for m in MODELS if m[0] == car[1])
            state = ("已交車" if car[5] == "S" else "待交車") if final else "已取消"
            number += 1
            approver = rng.choice(["Y001", "Y001", "Y004", "Y006"]) if rng.random() < 0.85 else None
            sales.append([f"XS{sold.year}{number:04}", client[0], car[0], rng.choice([f"Y{n:03}" for n in range(6, 14)]), approver, sold,
                          round(price * rng.uniform(0.9, 1.0), -2), rng.choice([5000, 10000, 20000]), rng.choices(["全款", "貸款", "置換"], [40, 42, 18])[0], state])
            if state == "已交車":
                car[7] = client[0]
    sales.sort(key=lambda s: (s[5], s[0]))
    for sale in sales:
        if sale[9] == "已取消":
            continue
        if rng.random() < 0.72:
            policies.append((f"BD{rng.randrange(10**8):08}", sale[0], rng.choice(["安泊保險", "海岳財險", "長橋保險"]), rng.randint(3200, 11800), slashed(sale[5]), slashed(after(sale[5], 364))))
        if sale[8] == "貸款":
            months = rng.choice([12, 24, 36, 60])
            loans.append((f"DK{rng.randrange(10**6):06}", sale[0], rng.choice(["寧川銀行", "臨港商業銀行", "鳴嵐汽車金融"]), round(sale[6] * rng.choice([0.5, 0.6, 0.7]), -3), months, rng.choice([3.2, 3.65, 4.1, 4.9])))
    out.table("""
CREATE TABLE clxx (
  vin TEXT PRIMARY KEY,
  cxdm TEXT,
  ys TEXT,
  ccrq TEXT, -- 出厂日期
  rkrq TEXT, -- 入库日期
  zt TEXT,
  jhj INTEGER, -- 进货价(元)
  cz_khbh TEXT -- 车主
)""", [(c[0], c[1], c[2], c[3], c[4], c[5], int(c[6]), c[7]) for c in cars])
    out.table("""
CREATE TABLE 銷售單 (
  單號 TEXT PRIMARY KEY,
  客戶編號 TEXT,
  車架號 TEXT,
  銷售顧問 TEXT,
  審批人 TEXT,
  成交日期 TEXT,
  成交價 INTEGER,
  定金 INTEGER,
  付款方式 TEXT,
  狀態 TEXT
)""", [(s[0], s[1], s[2], s[3], s[4], slashed(s[5]), int(s[6]), s[7], s[8], s[9]) for s in sales])
    out.table("CREATE TABLE 保險單 (\n  保單號 TEXT PRIMARY KEY,\n  銷售單號 TEXT,\n  保險公司 TEXT,\n  保費 INTEGER,\n  起保日 TEXT,\n  到期日 TEXT\n)", policies)
    out.table("CREATE TABLE 貸款合同 (\n  合同號 TEXT PRIMARY KEY,\n  銷售單號 TEXT,\n  銀行 TEXT,\n  貸款金額 INTEGER,\n  期數 INTEGER,\n  年利率 REAL\n)", [(a, b, c, int(d), e, f) for a, b, c, d, e, f in loans])
    return cars, sales


def workshop(out, rng, customers, cars):
    owned = [c for c in cars if c[7]]
    visiting = rng.sample(owned, 110)
    orders, jobs, used = [], [], []
    parts = [(f"P{i + 1:03}", p, "条" if "胎" in p else ("升" if p.startswith("机油 ") or p.endswith("液") else "个"), round(rng.uniform(18, 620), 2), rng.choice([0, 2, 4, 8, 15, 30, 60]), rng.choice([2, 5, 10, 20]), rng.choice(SUPPLIERS[:4])[0]) for i, p in enumerate(PARTS)]
    moments = sorted((datetime.datetime.combine(day(rng, "2023-06-01", "2024-11-29"), datetime.time(rng.randint(8, 17), rng.choice([0, 10, 20, 30, 40, 50]))), i) for i in range(330))
    for i, (moment, _) in enumerate(moments):
        car = rng.choice(visiting)
        state = rng.choices("12349", [2, 4, 8, 80, 6])[0] if moment.year == 2024 and moment.month > 10 else rng.choices("349", [6, 88, 6])[0]
        left = moment + datetime.timedelta(minutes=rng.randint(4, 500) * 10) if state in "34" else None
        number = f"GD{moment:%y%m}{i + 1:04}"
        bringer = car[7] if rng.random() < 0.88 else rng.choice(customers)[0]
        orders.append((number, bringer, car[0], rng.choice(["Y014", "Y015", "Y016", "Y017"]), None if state == "1" else rng.choice([f"Y{n:03}" for n in range(18, 26)]),
                       f"{moment:%Y-%m-%d %H:%M}", left and f"{left:%Y-%m-%d %H:%M}", rng.randint(800, 96000), rng.choices(["BY", "WX", "SG", "SB"], [48, 32, 12, 8])[0], state))
        for seq, job in enumerate(rng.sample(JOBS, rng.choices([1, 2, 3], [52, 34, 14])[0])):
            hours = round(job[2] * rng.choice([1, 1, 1, 1.2, 1.5]), 1)
            jobs.append((number, seq + 1, job[0], hours, int(hours * rng.choice([16000, 18000]))))
        if state != "1":
            for part in rng.sample(parts[:20], rng.choices([0, 1, 2, 3], [25, 35, 28, 12])[0]):
                used.append((number, part[0], rng.choice([1, 1, 1, 2, 4]), round(part[3] * 1.35, 2)))
    out.table("""
CREATE TABLE wxgd (
  gdh TEXT PRIMARY KEY, -- 工单号
  khbh TEXT, -- 送修客户
  vin TEXT,
  jdry TEXT, -- 接待人员
  zxjs TEXT, -- 主修技师
  jcsj TEXT, -- 进厂时间
  ccsj TEXT, -- 出厂时间
  lcs INTEGER, -- 里程数
  gdlx TEXT,
  gdzt TEXT
)""", orders)
    out.table("CREATE TABLE xmzd (\n  xmdm TEXT PRIMARY KEY,\n  xmmc TEXT,\n  bzgs REAL -- 标准工时\n)", JOBS)
    out.table("CREATE TABLE wxxm (\n  gdh TEXT,\n  xh INTEGER,\n  xmdm TEXT,\n  gs REAL, -- 工时\n  gsf_fen INTEGER, -- 工时费\n  PRIMARY KEY (gdh, xh)\n)", jobs)
    out.table("CREATE TABLE gysxx (\n  gysbh TEXT PRIMARY KEY,\n  gysmc TEXT,\n  lxr TEXT,\n  cs TEXT\n)", SUPPLIERS)
    out.table("CREATE TABLE pjxx (\n  pjbh TEXT PRIMARY KEY,\n  pjmc TEXT,\n  dw TEXT, -- 单位\n  jj REAL, -- 进价\n  kcsl INTEGER, -- 库存数量\n  zdkc INTEGER, -- 最低库存\n  gysbh TEXT\n)", parts)
    out.table("CREATE TABLE pjck (\n  gdh TEXT,\n  pjbh TEXT,\n  sl INTEGER,\n  dj REAL, -- 单价(元)\n  PRIMARY KEY (gdh, pjbh)\n)", used)
    stock = []
    for i in range(150):
        part = rng.choice(parts)
        stock.append((f"RK{i + 1:04}", part[0], rng.choice(["CG"] * 7 + ["TH"]), rng.choice([1, 2, 4, 5, 10, 20]), round(part[3] * rng.uniform(0.95, 1.05), 2), compact(day(rng, "2023-05-01", "2024-11-28"))))
    out.table("CREATE TABLE pjrk (\n  rkdh TEXT PRIMARY KEY,\n  pjbh TEXT,\n  rklx TEXT,\n  sl INTEGER, -- 数量，恒为正\n  dj REAL,\n  rkrq TEXT\n)", stock)
    totals = {}
    for number, _, _, _, cents in jobs:
        totals[number] = totals.get(number, 0) + cents / 100
    for number, _, count, price in used:
        totals[number] += count * price
    return [(o, round(totals[o[0]], 2)) for o in orders]


def money(out, rng, sales, orders):
    rows = []
    for sale in sales:
        rows.append(("XS", sale[0], sale[7], compact(sale[5]), 0))
        if sale[9] == "已交車":
            rows.append(("XS", sale[0], int(sale[6]) - sale[7], compact(after(sale[5], rng.randint(1, 12))), 0))
        elif sale[9] == "已取消" and rng.random() < 0.8:
            rows.append(("XS", sale[0], sale[7], compact(after(sale[5], rng.randint(3, 20))), 1))
    for order, total in orders:
        if order[9] == "4" and rng.random() < 0.96:
            rows.append(("WX", order[0], total, order[6][:10].replace("-", ""), 0))
            if rng.random() < 0.03:
                rows.append(("WX", order[0], 100, order[6][:10].replace("-", ""), 1))
    ways = {"XS": ["转账", "刷卡", "微信"], "WX": ["微信", "支付宝", "现金", "刷卡"]}
    out.table("""
CREATE TABLE skjl (
  skdh TEXT PRIMARY KEY,
  ywlx TEXT, -- XS 销售, WX 维修
  ywdh TEXT, -- 销售单号或工单号
  je REAL, -- 金额(元)，恒为正
  skrq TEXT,
  skfs TEXT, -- 收款方式
  tkbz INTEGER -- 1 退款
)""", [(f"SK{i + 1:05}", k, n, a, d, rng.choice(ways[k]), b) for i, (k, n, a, d, b) in enumerate(sorted(rows, key=lambda r: (r[3], r[1], r[4])))])
