-- The sample database: "Fern & Folio", an invented shop for stationery and things for the home,
-- with a web shop, five stores and a telephone, from January 2023 to February 2026. Amounts are pounds.
-- Every person, address and figure is made up; the e-mail domains are the ones reserved for examples.
--
-- What it is: one SQL script that builds the same rows on every machine. All chance comes from one tape
-- of numbers (the generator of Park and Miller) that starts from the seed below; no random(), no clock.
-- Money is reckoned in whole pence and divided by 100.0 at the very end, so sums agree to the penny.
--
-- Seed: 20250134
-- Rebuild (from the root of the project):
--   rm -f assets/samples/shop.sqlite && sqlite3 assets/samples/shop.sqlite < assets/samples/shop.sql
-- The test in eval/tests/sample.rs runs this script and compares every row with the committed file.

PRAGMA foreign_keys = ON;
PRAGMA temp_store = MEMORY;
BEGIN;

CREATE TABLE categories (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  department TEXT NOT NULL CHECK (department IN ('Stationery', 'Home'))
);
CREATE TABLE products (
  id INTEGER PRIMARY KEY,
  category_id INTEGER NOT NULL REFERENCES categories (id),
  name TEXT NOT NULL UNIQUE,
  sku TEXT NOT NULL UNIQUE,
  price REAL NOT NULL,                 -- today's list price
  cost REAL NOT NULL,                  -- what the shop pays for one
  active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1))  -- 0 = discontinued
);
CREATE TABLE customers (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  city TEXT NOT NULL,
  country TEXT NOT NULL,
  joined DATE NOT NULL,
  segment TEXT NOT NULL CHECK (segment IN ('consumer', 'business', 'education'))
);
CREATE TABLE orders (
  id INTEGER PRIMARY KEY,
  customer_id INTEGER NOT NULL REFERENCES customers (id),
  order_date DATE NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('completed', 'shipped', 'processing', 'cancelled')),
  channel TEXT NOT NULL CHECK (channel IN ('online', 'store', 'phone')),
  shipping REAL NOT NULL,              -- charged for delivery
  discount REAL NOT NULL,              -- amount taken off the goods
  total REAL NOT NULL                  -- goods - discount + shipping
);
CREATE TABLE order_lines (
  id INTEGER PRIMARY KEY,
  order_id INTEGER NOT NULL REFERENCES orders (id),
  product_id INTEGER NOT NULL REFERENCES products (id),
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  unit_price REAL NOT NULL,            -- the price on the day; lower in earlier years
  UNIQUE (order_id, product_id)
);
CREATE TABLE returns (
  id INTEGER PRIMARY KEY,
  order_line_id INTEGER NOT NULL UNIQUE REFERENCES order_lines (id),
  return_date DATE NOT NULL,
  quantity INTEGER NOT NULL CHECK (quantity > 0),
  reason TEXT NOT NULL,
  refund REAL NOT NULL
);

-- The tape. Who reads where:     0 people      5000 products    10000 orders by month
--   25000 orders of the regulars     30000 orders     70000 lines     140000 returns
CREATE TEMP TABLE tape (n INTEGER PRIMARY KEY, r INTEGER NOT NULL);
INSERT INTO tape
  WITH RECURSIVE roll (n, r) AS (
    SELECT 1, 20250134
    UNION ALL
    SELECT n + 1, r * 48271 % 2147483647 FROM roll WHERE n < 170000
  )
  SELECT n, r FROM roll;
CREATE TEMP TABLE upto (value INTEGER PRIMARY KEY);
INSERT INTO upto SELECT n FROM tape WHERE n <= 200;

-- ── Categories and products ───────────────────────────────────────────────────────────────────────

INSERT INTO categories (id, name, department) VALUES
  (1, 'Notebooks', 'Stationery'), (2, 'Pens & Pencils', 'Stationery'), (3, 'Paper & Envelopes', 'Stationery'),
  (4, 'Desk Accessories', 'Stationery'), (5, 'Art Supplies', 'Stationery'), (6, 'Cards & Gift Wrap', 'Stationery'),
  (7, 'Kitchen & Table', 'Home'), (8, 'Candles & Scents', 'Home'), (9, 'Textiles', 'Home'),
  (10, 'Storage', 'Home'), (11, 'Lighting', 'Home'), (12, 'Plants & Pots', 'Home');

-- pull: how readily it sells (0 = never yet). fuss: how many lines in a thousand come back.
-- gone: discontinued at the end of 2024.
CREATE TEMP TABLE shelf (id INTEGER PRIMARY KEY, category INTEGER, name TEXT, pence INTEGER, pull INTEGER, fuss INTEGER, gone INTEGER);
INSERT INTO shelf (category, name, pence, pull, fuss, gone) VALUES
  (1, 'Linen Hardcover Notebook A5', 1450, 66, 25, 0),
  (1, 'Dotted Journal A5', 1295, 27, 25, 0),
  (1, 'Pocket Notebook Set of 3', 850, 20, 18, 0),
  (1, 'Spiral Sketch Notebook A4', 1150, 15, 25, 0),
  (1, 'Leather Traveller Journal', 3450, 11, 75, 0),
  (1, 'Weekly Planner 2-Year', 1895, 14, 50, 0),
  (1, 'Recycled Exercise Books Set of 5', 795, 19, 18, 0),
  (1, 'Reporter Pad A6', 495, 9, 12, 0),
  (1, 'Music Manuscript Book', 990, 3, 25, 0),
  (1, 'Marbled Guest Book', 2250, 4, 43, 1),
  (2, 'Brass Ballpoint Pen', 1850, 22, 50, 0),
  (2, 'Fountain Pen Fine Nib', 3200, 19, 190, 0),
  (2, 'Gel Pens Set of 6', 960, 52, 18, 0),
  (2, 'Cedar Pencils Box of 12', 725, 22, 12, 0),
  (2, 'Mechanical Pencil 0.5', 1150, 17, 31, 0),
  (2, 'Fineliner Set of 10', 1495, 21, 25, 0),
  (2, 'Bottled Ink Midnight Blue', 1250, 10, 60, 0),
  (2, 'Calligraphy Dip Pen Set', 2650, 7, 62, 0),
  (2, 'Highlighter Pastel Set of 5', 675, 24, 12, 0),
  (2, 'Rollerball Pen Walnut', 4200, 5, 50, 1),
  (3, 'Copy Paper 500 Sheets', 690, 20, 12, 0),
  (3, 'Cotton Writing Paper 50 Sheets', 1350, 12, 18, 0),
  (3, 'Kraft Envelopes Pack of 25', 595, 16, 12, 0),
  (3, 'C5 White Envelopes Pack of 50', 650, 13, 12, 0),
  (3, 'Sticky Notes Cube', 425, 23, 6, 0),
  (3, 'Tracing Paper Pad A3', 875, 6, 25, 0),
  (3, 'Airmail Letter Set', 1100, 8, 18, 0),
  (3, 'Index Cards Box of 200', 550, 10, 6, 0),
  (3, 'Handmade Mulberry Paper Roll', 2400, 4, 87, 0),
  (3, 'Wax Seal Kit', 1950, 9, 68, 0),
  (4, 'Oak Desk Tray', 3850, 16, 56, 0),
  (4, 'Steel Stapler', 1675, 12, 75, 0),
  (4, 'Cork Pinboard Large', 2950, 9, 100, 0),
  (4, 'Felt Desk Mat', 2795, 20, 37, 0),
  (4, 'Brass Paper Clips Tin', 625, 19, 6, 0),
  (4, 'Pen Cup Terrazzo', 1595, 15, 81, 0),
  (4, 'Magazine File Pair', 1425, 10, 25, 0),
  (4, 'Tape Dispenser Cast Iron', 2250, 7, 37, 0),
  (4, 'Monitor Shelf Walnut', 6900, 6, 87, 0),
  (4, 'Rotary Card File', 3300, 0, 0, 1),
  (5, 'Watercolour Set 24 Pans', 3650, 22, 37, 0),
  (5, 'Round Brushes Set of 8', 1875, 13, 31, 0),
  (5, 'Acrylic Paint Starter Set', 2495, 12, 56, 0),
  (5, 'Oil Pastels Box of 36', 1690, 9, 50, 0),
  (5, 'Sketching Charcoal Set', 1175, 7, 43, 0),
  (5, 'Cotton Canvas 30 x 40', 925, 14, 62, 0),
  (5, 'Lino Cutting Kit', 2850, 6, 50, 0),
  (5, 'Table Easel Beech', 4450, 5, 112, 0),
  (5, 'Brush Pens Set of 12', 2195, 18, 25, 0),
  (5, 'Gouache Primary Set', 2750, 0, 0, 0),
  (6, 'Letterpress Birthday Card', 450, 22, 6, 0),
  (6, 'Thank You Cards Box of 10', 1195, 22, 12, 0),
  (6, 'Christmas Cards Box of 20', 1450, 12, 12, 0),
  (6, 'Botanical Wrapping Paper Roll', 695, 25, 12, 0),
  (6, 'Satin Ribbon Reel', 525, 14, 6, 0),
  (6, 'Gift Tags Pack of 30', 395, 16, 6, 0),
  (6, 'Gift Boxes Nesting Set', 1725, 10, 56, 0),
  (6, 'New Baby Card', 375, 8, 6, 0),
  (6, 'Advent Calendar Village', 2150, 7, 50, 0),
  (6, 'Wedding Card Gold Foil', 525, 5, 12, 0),
  (7, 'Stoneware Mug', 1450, 34, 240, 0),
  (7, 'Enamel Teapot', 3495, 11, 106, 0),
  (7, 'Ash Chopping Board', 2875, 12, 37, 0),
  (7, 'Dinner Plates Set of 4', 4800, 9, 330, 0),
  (7, 'Linen Napkins Set of 4', 2600, 13, 25, 0),
  (7, 'Pour-Over Coffee Dripper', 2350, 14, 93, 0),
  (7, 'Salt Cellar Acacia', 1650, 7, 25, 0),
  (7, 'Bamboo Steamer', 2125, 6, 31, 0),
  (7, 'Tea Towel Pair', 1250, 21, 12, 0),
  (7, 'Cast Iron Trivet', 1825, 0, 0, 0),
  (8, 'Beeswax Candle Pair', 1150, 18, 37, 0),
  (8, 'Soy Candle Fig & Cedar', 2250, 43, 43, 0),
  (8, 'Soy Candle Sea Salt', 2225, 15, 43, 0),
  (8, 'Reed Diffuser Bergamot', 2995, 11, 125, 0),
  (8, 'Incense Sticks Sandalwood', 875, 13, 25, 0),
  (8, 'Tealights Box of 40', 795, 16, 12, 0),
  (8, 'Brass Candle Holder', 1975, 9, 31, 0),
  (8, 'Room Spray Lavender', 1525, 7, 68, 0),
  (8, 'Oil Burner Ceramic', 1750, 4, 100, 1),
  (8, 'Candle Snuffer', 1100, 3, 12, 0),
  (9, 'Wool Throw Herringbone', 7950, 9, 68, 0),
  (9, 'Cushion Cover Linen', 2650, 16, 87, 0),
  (9, 'Waffle Bath Towel', 2375, 14, 37, 0),
  (9, 'Cotton Table Runner', 2490, 8, 31, 0),
  (9, 'Quilted Oven Gloves', 1795, 10, 25, 0),
  (9, 'Bath Mat Bamboo', 3250, 7, 56, 0),
  (9, 'Canvas Apron', 2950, 12, 50, 0),
  (9, 'Knitted Blanket Moss', 6800, 5, 62, 0),
  (9, 'Duvet Set Double', 9400, 4, 150, 0),
  (9, 'Tufted Rug Small', 11500, 0, 0, 0),
  (10, 'Seagrass Basket', 2995, 17, 43, 0),
  (10, 'Stackable Crate', 1850, 13, 31, 0),
  (10, 'Document Box A4', 2250, 11, 25, 0),
  (10, 'Glass Jar with Cork Lid', 1295, 19, 112, 0),
  (10, 'Wall Hook Rail Oak', 3400, 8, 50, 0),
  (10, 'Drawer Dividers Set', 1675, 7, 75, 0),
  (10, 'Laundry Hamper', 4650, 5, 56, 0),
  (10, 'Tin Storage Trio', 1990, 9, 25, 0),
  (10, 'Jewellery Box Velvet', 3850, 4, 50, 1),
  (10, 'Cable Tidy Box', 1575, 10, 43, 0),
  (11, 'Brass Desk Lamp', 8900, 15, 400, 0),
  (11, 'Clip-On Reading Light', 2450, 12, 112, 0),
  (11, 'Paper Lantern Shade', 1895, 9, 137, 0),
  (11, 'Fairy Lights Warm White', 1395, 18, 170, 0),
  (11, 'Rechargeable Table Lamp', 5950, 8, 187, 0),
  (11, 'Concrete Pendant Light', 7650, 3, 100, 0),
  (11, 'Night Light Moon', 2250, 6, 75, 0),
  (11, 'Edison Bulb Pack of 3', 1650, 10, 143, 0),
  (11, 'Floor Lamp Tripod', 14900, 2, 75, 1),
  (11, 'Solar Garden Lantern', 3150, 0, 0, 0),
  (12, 'Terracotta Pot Medium', 1195, 20, 60, 0),
  (12, 'Hanging Planter Macrame', 2350, 10, 43, 0),
  (12, 'Copper Watering Can', 3600, 9, 50, 0),
  (12, 'Herb Growing Kit', 1850, 15, 56, 0),
  (12, 'Succulent Trio', 2195, 13, 106, 0),
  (12, 'Glazed Pot Large', 4250, 6, 175, 0),
  (12, 'Plant Mister Glass', 1625, 8, 87, 0),
  (12, 'Bulb Vase Hyacinth', 1450, 7, 81, 0),
  (12, 'Garden Twine on Spool', 695, 11, 6, 0),
  (12, 'Bonsai Starter Tree', 4950, 0, 0, 1);

INSERT INTO products (id, category_id, name, sku, price, cost, active)
  SELECT s.id, category, name,
    substr('NTBPENPAPDSKARTGFTKITCNDTEXSTOLGTPLT', category * 3 - 2, 3) || '-' || printf('%03d', 100 + (s.id - 1) % 10 * 7),
    pence / 100.0,
    (pence * (360 + t.r % 250) / 1000) / 100.0,
    1 - gone
  FROM shelf AS s JOIN tape AS t ON t.n = 5000 + s.id
  ORDER BY s.id;

-- ── Customers ─────────────────────────────────────────────────────────────────────────────────────

-- How many live where; `tongue` picks the list of names.
CREATE TEMP TABLE places (city TEXT, country TEXT, tongue TEXT, people INTEGER);
INSERT INTO places VALUES
  ('London', 'United Kingdom', 'en', 40), ('Manchester', 'United Kingdom', 'en', 17), ('Bristol', 'United Kingdom', 'en', 13),
  ('Edinburgh', 'United Kingdom', 'en', 11), ('Leeds', 'United Kingdom', 'en', 5),
  ('New York', 'United States', 'en', 29), ('Chicago', 'United States', 'en', 15), ('Portland', 'United States', 'en', 12),
  ('Austin', 'United States', 'en', 7), ('Seattle', 'United States', 'en', 6),
  ('Toronto', 'Canada', 'en', 14), ('Vancouver', 'Canada', 'en', 6),
  ('Melbourne', 'Australia', 'en', 12), ('Sydney', 'Australia', 'en', 7), ('Dublin', 'Ireland', 'en', 14),
  ('Berlin', 'Germany', 'de', 24), ('Hamburg', 'Germany', 'de', 10), ('Munich', 'Germany', 'de', 6),
  ('Amsterdam', 'Netherlands', 'nl', 11), ('Utrecht', 'Netherlands', 'nl', 4),
  ('Paris', 'France', 'fr', 19), ('Lyon', 'France', 'fr', 7),
  ('Madrid', 'Spain', 'es', 11), ('Barcelona', 'Spain', 'es', 6),
  ('台北', 'Taiwan', 'hant', 22), ('台中', 'Taiwan', 'hant', 7), ('高雄', 'Taiwan', 'hant', 6), ('香港', 'Hong Kong', 'hant', 12),
  ('上海', 'China', 'hans', 16), ('北京', 'China', 'hans', 8), ('深圳', 'China', 'hans', 6), ('成都', 'China', 'hans', 5), ('杭州', 'China', 'hans', 3);

-- Given (0) and family (1) names. After the bar: the spelling for the e-mail address.
CREATE TEMP TABLE names (tongue TEXT, family INTEGER, lot TEXT);
INSERT INTO names VALUES
  ('en', 0, '["Amelia","Oliver","Grace","Marcus","Hannah","Theo","Nadia","Callum","Ruby","Samuel","Isla","Patrick","Joanna","Victor","Leah","Dominic","Freya","Aaron","Imogen","Felix","Naomi","Gareth","Alice","Rohan","Beatrice","Desmond","Kezia","Hugh","Matilda","Ibrahim","Eleanor","Tobias","Sian","Walter","Phoebe","Kwame","Rosalind"]'),
  ('en', 1, '["Bennett","Okoro","Whitfield","Sharma","Doyle","Castellano","Hargreaves","Lindqvist","Mbeki","Fairchild","Nolan","Petrov","Ashworth","Delgado","Kapoor","Thornbury","McAllister","Weiss","Adeyemi","Prescott","Hollis","Rahman","Sinclair","Barlow","Osei","Trent","Vaughan","Yates","Kirkland","Moreau","Pemberton","Stavros","Langley","Bright","Carver","Underhill","Quigley","Foss","Radcliffe","Winslow","Tanaka"]'),
  ('de', 0, '["Anna","Lukas","Katharina","Felix","Greta","Moritz","Ines","Jürgen","Lena","Stefan","Frieda"]'),
  ('de', 1, '["Becker","Hoffmann","Krüger","Neumann","Vogel","Schröder","Brandt","Lehmann","Winkler","Sommer","Yilmaz","Kaiser","Busch"]'),
  ('nl', 0, '["Sanne","Daan","Fleur","Bram","Lotte"]'),
  ('nl', 1, '["de Vries","Bakker","Visser","van Dijk","Smit","Mulder","Postma"]'),
  ('fr', 0, '["Camille","Julien","Hélène","Mathieu","Chloé","Antoine","Margaux"]'),
  ('fr', 1, '["Dubois","Lefèvre","Garnier","Rousseau","Benali","Chevalier","Perrin","Marchand"]'),
  ('es', 0, '["Lucía","Javier","Carmen","Andrés","Marta"]'),
  ('es', 1, '["García","Navarro","Ibáñez","Romero","Castro","Vidal","Serrano"]'),
  ('hant', 0, '["怡君|yijun","志豪|zhihao","淑芬|shufen","俊傑|junjie","雅婷|yating","家豪|jiahao","佩珊|peishan","冠宇|guanyu","詩涵|shihan","柏翰|bohan","曉彤|xiaotong"]'),
  ('hant', 1, '["林|lin","黃|huang","張|chang","李|lee","吳|wu","蔡|tsai","楊|yang","許|hsu","鄭|cheng","謝|hsieh","郭|kuo","賴|lai","葉|yeh"]'),
  ('hans', 0, '["伟|wei","芳|fang","静怡|jingyi","浩然|haoran","晓燕|xiaoyan","子涵|zihan","建华|jianhua","雪梅|xuemei","宇轩|yuxuan"]'),
  ('hans', 1, '["王|wang","刘|liu","陈|chen","赵|zhao","孙|sun","马|ma","朱|zhu","胡|hu","高|gao","罗|luo","梁|liang"]');

-- Nine regulars, who order for a firm or a school: how many orders in each year, and how much of each thing.
CREATE TEMP TABLE regulars (
  name TEXT, email TEXT, city TEXT, country TEXT, joined TEXT, segment TEXT,
  in2023 INTEGER, in2024 INTEGER, in2025 INTEGER, in2026 INTEGER, least INTEGER, most INTEGER
);
INSERT INTO regulars VALUES
  ('Margaret Holloway', 'margaret.holloway@example.org', 'London', 'United Kingdom', '2021-03-09', 'education', 14, 20, 27, 4, 8, 22),
  ('陳美玲', 'meiling.chen@example.com', '台北', 'Taiwan', '2021-09-14', 'business', 9, 21, 33, 5, 5, 15),
  ('Jonas Richter', 'jonas.richter@example.net', 'Berlin', 'Germany', '2021-06-02', 'business', 11, 13, 16, 2, 8, 20),
  ('Priya Raman', 'priya.raman@example.org', 'Manchester', 'United Kingdom', '2022-01-18', 'education', 13, 17, 20, 3, 3, 10),
  ('周建国', 'jianguo.zhou@example.com', '上海', 'China', '2022-04-27', 'business', 2, 6, 14, 1, 6, 17),
  ('Daniel Okafor', 'daniel.okafor@example.net', 'New York', 'United States', '2021-11-30', 'business', 9, 13, 10, 1, 3, 9),
  ('Claire Fontaine', 'claire.fontaine@example.com', 'Paris', 'France', '2021-05-20', 'business', 16, 2, 0, 0, 6, 15),
  ('Sofia Marchetti', 'sofia.marchetti@example.net', 'Bristol', 'United Kingdom', '2022-08-11', 'business', 4, 5, 7, 1, 4, 8),
  ('Henrik Aalto', 'henrik.aalto@example.com', 'Edinburgh', 'United Kingdom', '2024-10-03', 'business', 0, 3, 9, 2, 2, 7);

-- Number the others within their tongue, so that given and family names pair off without repeating.
CREATE TEMP TABLE folk AS
  WITH RECURSIVE heads (city, country, tongue, people, head) AS (
    SELECT city, country, tongue, people, 1 FROM places
    UNION ALL
    SELECT city, country, tongue, people, head + 1 FROM heads WHERE head < people
  ), counted AS (
    SELECT city, country, tongue, row_number() OVER (ORDER BY country, city, head) AS k FROM heads
  ), shuffled AS (
    SELECT c.*, t.r AS luck FROM counted AS c JOIN tape AS t ON t.n = c.k * 10
  )
  SELECT city, country, tongue,
    row_number() OVER (PARTITION BY tongue ORDER BY luck) - 1 AS n,
    row_number() OVER (ORDER BY luck % 1000003, k) AS k
  FROM shuffled;

CREATE TEMP TABLE people AS
  WITH paired AS (
    SELECT f.*,
      (SELECT json_extract(lot, '$[' || (n % json_array_length(lot)) || ']') FROM names AS x WHERE x.tongue = f.tongue AND family = 0) AS given,
      (SELECT json_extract(y.lot, '$[' || ((n * 2 + n / json_array_length(x.lot)) % json_array_length(y.lot)) || ']')
        FROM names AS x JOIN names AS y ON y.tongue = x.tongue AND y.family = 1 WHERE x.tongue = f.tongue AND x.family = 0) AS surname
    FROM folk AS f
  ), spelt AS (
    SELECT paired.*,
      substr(given, instr(given, '|') + 1) || '.' || substr(surname, instr(surname, '|') + 1) AS address,
      CASE WHEN tongue IN ('hant', 'hans')
        THEN substr(surname, 1, instr(surname, '|') - 1) || substr(given, 1, instr(given, '|') - 1)
        ELSE given || ' ' || surname END AS name
    FROM paired
  )
  SELECT name, city, country,
    lower(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(address,
      ' ', ''), 'é', 'e'), 'è', 'e'), 'ü', 'ue'), 'ö', 'oe'), 'í', 'i'), 'á', 'a'), 'ñ', 'n'), 'ó', 'o'), 'ç', 'c'))
      || CASE d.r % 3 WHEN 0 THEN '@example.com' WHEN 1 THEN '@example.net' ELSE '@example.org' END AS email,
    date('2021-03-02', '+' || (k * 1805 / 392 + d.r / 7 % 9) || ' days') AS joined,
    CASE WHEN s.r % 100 < 78 THEN 'consumer' WHEN s.r % 100 < 92 THEN 'business' ELSE 'education' END AS segment,
    CASE WHEN w.r % 100 < 6 THEN 0 WHEN w.r % 100 < 56 THEN 2 WHEN w.r % 100 < 86 THEN 3 ELSE 5 END AS zeal  -- 0 = never orders
  FROM spelt
  JOIN tape AS d ON d.n = k * 10 + 1 JOIN tape AS s ON s.n = k * 10 + 2 JOIN tape AS w ON w.n = k * 10 + 3;

INSERT INTO customers (name, email, city, country, joined, segment)
  SELECT name, email, city, country, joined, segment FROM (
    SELECT name, email, city, country, joined, segment FROM people
    UNION ALL
    SELECT name, email, city, country, joined, segment FROM regulars
  ) ORDER BY joined, email;

-- ── Orders: who and when ──────────────────────────────────────────────────────────────────────────

-- One ticket for each point of zeal, in the order of joining: on any day, draw among those who have joined.
CREATE TEMP TABLE tickets (ticket INTEGER PRIMARY KEY, customer INTEGER, joined TEXT);
INSERT INTO tickets (customer, joined)
  SELECT c.id, c.joined
  FROM customers AS c JOIN people AS p USING (email) JOIN upto AS u ON u.value <= p.zeal
  ORDER BY c.id;


CREATE TEMP TABLE calls (customer INTEGER, day TEXT, luck INTEGER);
-- Everybody else: a number of orders for each month, growing, with the shape of a gift shop's year.
INSERT INTO calls
  WITH months AS (
    SELECT date('2023-01-01', '+' || (value - 1) || ' months') AS first, value - 1 AS m FROM upto WHERE value <= 38
  ), targets AS (
    SELECT first, m,
      (450 + m * 13) * CAST(substr('080078090092098094084108114100128178', m % 12 * 3 + 1, 3) AS INTEGER) / 1000 + t.r % 7 - 3 AS orders
    FROM months JOIN tape AS t ON t.n = 10000 + m
  ), dated AS (
    SELECT row_number() OVER (ORDER BY m, u.value) AS o, first, m
    FROM targets JOIN upto AS u ON u.value <= orders
  ), placed AS (
    SELECT o, w.r AS luck, date(first, '+' || (d.r % CASE WHEN m % 12 = 11 THEN 29 ELSE CAST(strftime('%d', first, '+1 month', '-1 day') AS INTEGER) END) || ' days') AS day
    FROM dated JOIN tape AS d ON d.n = 10100 + o * 4 JOIN tape AS w ON w.n = 10101 + o * 4
  )
  SELECT (SELECT customer FROM tickets WHERE ticket = 1 + luck % (SELECT max(ticket) FROM tickets WHERE joined < day)), day, luck
  FROM placed;
-- The regulars: as many as agreed, spread over the year.
INSERT INTO calls
  WITH agreed AS (
    SELECT email, joined, 2023 AS year, in2023 AS orders FROM regulars
    UNION ALL SELECT email, joined, 2024, in2024 FROM regulars
    UNION ALL SELECT email, joined, 2025, in2025 FROM regulars
    UNION ALL SELECT email, joined, 2026, in2026 FROM regulars
  ), spans AS (
    SELECT email, orders, max(joined, year || '-01-01') AS first, min('2026-02-26', year || '-12-31') AS last, year FROM agreed
  ), numbered AS (
    SELECT *, row_number() OVER (ORDER BY email, year, value) AS o FROM spans JOIN upto ON value <= orders
  )
  SELECT (SELECT id FROM customers AS c WHERE c.email = numbered.email),
    date(first, '+' || (1 + t.r % CAST(julianday(last) - julianday(first) AS INTEGER)) || ' days'), t.r
  FROM numbered JOIN tape AS t ON t.n = 25000 + o;

-- ── Baskets: what and how much ────────────────────────────────────────────────────────────────────

-- One peg for each point of pull. Autumn pulls towards the school things, November and December towards
-- presents, and from 2025 on the discontinued products have left the shelf.
CREATE TEMP TABLE pegs (season TEXT, peg INTEGER, product INTEGER, PRIMARY KEY (season, peg));
INSERT INTO pegs
  WITH seasons (season, modern) AS (VALUES ('plain', 0), ('school', 0), ('gift', 0), ('plain+', 1), ('school+', 1), ('gift+', 1)),
  pulls AS (
    SELECT season, s.id AS product,
      CASE WHEN gone AND modern THEN 0
        WHEN name LIKE 'Christmas%' OR name LIKE 'Advent%' THEN CASE WHEN season LIKE 'gift%' THEN pull * 4 ELSE 1 END
        WHEN season LIKE 'school%' AND category IN (1, 2, 3) THEN pull * 2
        WHEN season LIKE 'gift%' AND category IN (6, 8) THEN pull * 2
        ELSE pull END AS pull
    FROM seasons JOIN shelf AS s
  )
  SELECT season, row_number() OVER (PARTITION BY season ORDER BY product, u.value), product
  FROM pulls JOIN upto AS u ON u.value <= pull;

CREATE TEMP TABLE baskets AS
  SELECT row_number() OVER (ORDER BY day, luck, customer) AS id, customer, day,
    CASE substr(day, 6, 2) WHEN '08' THEN 'school' WHEN '09' THEN 'school' WHEN '11' THEN 'gift' WHEN '12' THEN 'gift' ELSE 'plain' END
      || CASE WHEN day >= '2025' THEN '+' ELSE '' END AS season
  FROM calls;
CREATE UNIQUE INDEX temp.baskets_id ON baskets (id);

CREATE TEMP TABLE contents AS
  WITH sized AS (
    SELECT b.id, season, day, c.segment, r.least, r.most,
      CASE WHEN r.email IS NOT NULL THEN 2 + t.r % 4
        WHEN t.r % 100 < 26 THEN 1 WHEN t.r % 100 < 55 THEN 2 WHEN t.r % 100 < 77 THEN 3
        WHEN t.r % 100 < 90 THEN 4 WHEN t.r % 100 < 96 THEN 5 ELSE 6 END AS size
    FROM baskets AS b JOIN customers AS c ON c.id = b.customer LEFT JOIN regulars AS r USING (email)
    JOIN tape AS t ON t.n = 30000 + b.id * 10
  ), drawn AS (
    SELECT s.*, u.value AS line, p.product, q.r AS luck
    FROM sized AS s JOIN upto AS u ON u.value <= size
    JOIN tape AS t ON t.n = 70000 + s.id * 20 + u.value * 3 JOIN tape AS q ON q.n = 70001 + s.id * 20 + u.value * 3
    JOIN pegs AS p ON p.season = s.season AND p.peg = 1 + t.r % (SELECT max(peg) FROM pegs AS m WHERE m.season = s.season)
  ), wanted AS (
    SELECT id, day, line, product,
      CASE WHEN least IS NOT NULL THEN least + luck % (most - least + 1)
        WHEN segment <> 'consumer' THEN 2 + luck % 5
        WHEN luck % 100 < 62 THEN 1 WHEN luck % 100 < 87 THEN 2 WHEN luck % 100 < 95 THEN 3 WHEN luck % 100 < 98 THEN 4 ELSE 6 END AS quantity
    FROM drawn
  )
  SELECT w.id AS basket, min(line) AS line, product,
    -- Nobody buys a dozen rugs.
    CASE WHEN pence > 4000 THEN 1 + quantity / 5 ELSE quantity END AS quantity,
    CASE WHEN day < '2024' THEN (pence * 92 / 100 + 4) / 5 * 5 WHEN day < '2025' THEN (pence * 96 / 100 + 4) / 5 * 5 ELSE pence END AS pence
  FROM wanted AS w JOIN shelf AS s ON s.id = product
  GROUP BY w.id, product;  -- the same thing drawn twice is one line

-- ── Orders: how, and for how much ─────────────────────────────────────────────────────────────────

INSERT INTO orders (id, customer_id, order_date, status, channel, shipping, discount, total)
  WITH goods AS (
    SELECT basket, sum(quantity * pence) AS pence FROM contents GROUP BY basket
  ), sold AS (
    SELECT b.id, b.customer, b.day, g.pence, c.country, h.r AS fate,
      CASE WHEN c.city IN ('London', 'Manchester', 'New York', 'Berlin', '台北') AND h.r % 1000 < 560 THEN 'store'
        WHEN h.r % 1000 > (CASE WHEN r.email IS NULL THEN 940 ELSE 760 END) THEN 'phone' ELSE 'online' END AS channel,
      CASE WHEN substr(b.day, 6) BETWEEN '11-22' AND '11-30' AND d.r % 100 < 60 THEN 15
        WHEN r.email IS NOT NULL AND d.r % 100 < 40 THEN 10
        WHEN d.r % 100 < 11 THEN 10 ELSE 0 END AS off
    FROM baskets AS b JOIN goods AS g ON g.basket = b.id JOIN customers AS c ON c.id = b.customer LEFT JOIN regulars AS r USING (email)
    JOIN tape AS h ON h.n = 30001 + b.id * 10 JOIN tape AS d ON d.n = 30002 + b.id * 10
  ), reckoned AS (
    SELECT sold.*, (pence * off + 50) / 100 AS discount,
      CASE WHEN channel = 'store' OR pence - (pence * off + 50) / 100 >= 6000 THEN 0 WHEN country = 'United Kingdom' THEN 395 ELSE 895 END AS shipping
    FROM sold
  )
  SELECT k.id, customer, day,
    CASE WHEN channel <> 'store' AND t.r % 1000 < 68 THEN 'cancelled'
      WHEN channel <> 'store' AND day >= '2026-02-22' THEN 'processing'
      WHEN channel <> 'store' AND day >= '2026-02-12' THEN 'shipped' ELSE 'completed' END,
    channel, shipping / 100.0, discount / 100.0, (pence - discount + shipping) / 100.0
  FROM reckoned AS k JOIN tape AS t ON t.n = 30003 + k.id * 10
  ORDER BY k.id;

INSERT INTO order_lines (order_id, product_id, quantity, unit_price)
  SELECT basket, product, quantity, pence / 100.0 FROM contents ORDER BY basket, line;

-- ── Returns ───────────────────────────────────────────────────────────────────────────────────────

INSERT INTO returns (order_line_id, return_date, quantity, reason, refund)
  WITH back AS (
    SELECT l.id, l.quantity AS bought, CAST(round(l.unit_price * 100) AS INTEGER) AS pence, p.category_id AS category,
      date(o.order_date, '+' || (3 + d.r % 26) || ' days') AS day, w.r AS luck, d.r / 31 % 3 AS some
    FROM order_lines AS l JOIN orders AS o ON o.id = l.order_id AND o.status = 'completed'
    JOIN products AS p ON p.id = l.product_id JOIN shelf AS s ON s.id = p.id
    JOIN tape AS t ON t.n = 140000 + l.id * 3 AND t.r % 1000 < s.fuss
    JOIN tape AS d ON d.n = 140001 + l.id * 3 JOIN tape AS w ON w.n = 140002 + l.id * 3
  ), counted AS (
    SELECT *, CASE WHEN some = 0 THEN min(bought, 3) ELSE 1 + luck % min(bought, 2) END AS quantity FROM back WHERE day <= '2026-02-28'
  )
  SELECT id, day, quantity,
    CASE WHEN category = 11 AND luck % 10 < 6 THEN 'faulty'
      WHEN category IN (7, 8, 12) AND luck % 10 < 6 THEN 'damaged in transit'
      WHEN luck % 100 < 38 THEN 'changed my mind' WHEN luck % 100 < 60 THEN 'not as described'
      WHEN luck % 100 < 76 THEN 'damaged in transit' WHEN luck % 100 < 88 THEN 'wrong item' WHEN luck % 100 < 95 THEN 'arrived late' ELSE 'faulty' END,
    quantity * pence / 100.0
  FROM counted
  ORDER BY day, id;

CREATE INDEX products_category ON products (category_id);
CREATE INDEX orders_customer ON orders (customer_id);
CREATE INDEX orders_date ON orders (order_date);
CREATE INDEX order_lines_product ON order_lines (product_id);

COMMIT;
VACUUM;
