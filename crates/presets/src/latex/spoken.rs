//! How an equation is read aloud, in English and in Chinese, from its MathML.

use roxmltree::Node;

use super::mathml::is_silent;
use crate::tongue::Tongue;

/// The words.
pub(super) fn say(root: Node<'_, '_>, tongue: Tongue) -> String {
    let speaker = match tongue {
        Tongue::Simplified => Speaker::Simplified,
        Tongue::Traditional | Tongue::Chinese => Speaker::Traditional,
        Tongue::English | Tongue::Other => Speaker::English,
    };
    let words = speaker.row(&elements(root));
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq)]
enum Speaker {
    English,
    Traditional,
    Simplified,
}

/// What signs are called: in English, traditional and simplified Chinese.
const SIGNS: &[(&str, &str, &str, &str)] = &[
    ("+", "plus", "加", "加"),
    ("-", "minus", "減", "减"),
    ("−", "minus", "減", "减"),
    ("±", "plus or minus", "加減", "加减"),
    ("×", "times", "乘以", "乘以"),
    ("·", "times", "乘以", "乘以"),
    ("⋅", "times", "乘以", "乘以"),
    ("*", "times", "乘以", "乘以"),
    ("÷", "divided by", "除以", "除以"),
    ("/", "over", "除以", "除以"),
    ("=", "equals", "等於", "等于"),
    ("≠", "is not equal to", "不等於", "不等于"),
    ("<", "is less than", "小於", "小于"),
    (">", "is greater than", "大於", "大于"),
    ("≤", "is at most", "小於等於", "小于等于"),
    ("≥", "is at least", "大於等於", "大于等于"),
    ("≈", "is about", "約等於", "约等于"),
    ("≡", "is equivalent to", "恆等於", "恒等于"),
    ("→", "approaches", "趨近於", "趋近于"),
    ("⇒", "implies", "推得", "推得"),
    ("∈", "in", "屬於", "属于"),
    ("∞", "infinity", "無窮大", "无穷大"),
    ("∂", "partial", "偏", "偏"),
    ("∇", "nabla", "梯度", "梯度"),
    ("∫", "the integral", "積分", "积分"),
    ("∬", "the double integral", "二重積分", "二重积分"),
    ("∮", "the contour integral", "環路積分", "环路积分"),
    ("∑", "the sum", "總和", "总和"),
    ("∏", "the product", "連乘積", "连乘积"),
    ("!", "factorial", "的階乘", "的阶乘"),
    ("′", "prime", "撇", "撇"),
    ("(", "open bracket", "括號", "括号"),
    (")", "close bracket", "右括號", "右括号"),
    ("∪", "union", "聯集", "并"),
    ("∩", "intersection", "交集", "交"),
    ("∀", "for all", "對所有", "对所有"),
    ("∃", "there is", "存在", "存在"),
    ("α", "alpha", "阿爾法", "阿尔法"),
    ("β", "beta", "貝塔", "贝塔"),
    ("γ", "gamma", "伽馬", "伽马"),
    ("δ", "delta", "德爾塔", "德尔塔"),
    ("Δ", "delta", "德爾塔", "德尔塔"),
    ("ε", "epsilon", "伊普西隆", "伊普西隆"),
    ("ϵ", "epsilon", "伊普西隆", "伊普西隆"),
    ("θ", "theta", "西塔", "西塔"),
    ("λ", "lambda", "拉姆達", "拉姆达"),
    ("μ", "mu", "謬", "谬"),
    ("π", "pi", "派", "派"),
    ("ρ", "rho", "柔", "柔"),
    ("σ", "sigma", "西格瑪", "西格玛"),
    ("φ", "phi", "斐", "斐"),
    ("ϕ", "phi", "斐", "斐"),
    ("ω", "omega", "歐米伽", "欧米伽"),
    ("sin", "sine", "正弦", "正弦"),
    ("cos", "cosine", "餘弦", "余弦"),
    ("tan", "tangent", "正切", "正切"),
    ("log", "log", "對數", "对数"),
    ("ln", "natural log", "自然對數", "自然对数"),
    ("lim", "the limit", "極限", "极限"),
    ("max", "the maximum", "最大值", "最大值"),
    ("min", "the minimum", "最小值", "最小值"),
];

fn elements<'a, 'input>(node: Node<'a, 'input>) -> Vec<Node<'a, 'input>> {
    node.children().filter(Node::is_element).collect()
}

fn written(node: Node<'_, '_>) -> String {
    let text = node.descendants().filter(Node::is_text);
    let text = text.filter_map(|node| node.text()).collect::<String>();
    text.chars().filter(|letter| !is_silent(*letter)).collect()
}

/// A number, a letter or a sign: what needs no "the whole of".
fn is_short(node: Node<'_, '_>) -> bool {
    let parts = elements(node);
    match parts.as_slice() {
        [] => true,
        [only] => is_short(*only),
        _ => false,
    }
}

impl Speaker {
    fn pick<'a>(self, english: &'a str, traditional: &'a str, simplified: &'a str) -> &'a str {
        match self {
            Self::English => english,
            Self::Traditional => traditional,
            Self::Simplified => simplified,
        }
    }

    fn row(self, nodes: &[Node<'_, '_>]) -> String {
        let mut words: Vec<String> = Vec::new();
        for (index, node) in nodes.iter().enumerate() {
            let mut said = self.one(*node);
            // A sign with bounds is said of what follows.
            if self == Self::English && index + 1 < nodes.len() && bounded(*node) {
                said.push_str(" of");
            }
            words.push(said);
        }
        words.join(" ")
    }

    fn one(self, node: Node<'_, '_>) -> String {
        let parts = elements(node);
        let part = |index: usize| {
            parts
                .get(index)
                .map(|part| self.one(*part))
                .unwrap_or_default()
        };
        match (node.tag_name().name(), parts.len()) {
            ("mi" | "mn" | "mo" | "mtext" | "ms", _) => self.sign(&written(node)),
            ("mspace" | "annotation", _) => String::new(),
            ("mfrac", 2) => self.fraction(&parts),
            ("msqrt", _) => {
                let root = self.pick("the square root of", "根號", "根号");
                format!(
                    "{root} {}",
                    self.grouped(
                        &self.row(&parts),
                        parts.iter().all(|part| is_short(*part)) && parts.len() == 1
                    )
                )
            }
            ("mroot", 2) => match self {
                Self::English => format!("the {} root of {}", self.ordinal(parts[1]), part(0)),
                _ => format!(
                    "{} 次{} {}",
                    part(1),
                    self.pick("", "根號", "根号"),
                    part(0)
                ),
            },
            ("msup", 2) => self.power(&parts),
            ("msub", 2) if bounded(node) => self.bounds(parts[0], Some(parts[1]), None),
            ("msub", 2) => format!(
                "{} {} {}",
                part(0),
                self.pick("sub", "下標", "下标"),
                part(1)
            ),
            ("msubsup" | "munderover", 3) if bounded(node) => {
                self.bounds(parts[0], Some(parts[1]), Some(parts[2]))
            }
            ("munder", 2) if bounded(node) => self.bounds(parts[0], Some(parts[1]), None),
            ("msubsup", 3) => format!(
                "{} {} {} {}",
                part(0),
                self.pick("sub", "下標", "下标"),
                part(1),
                self.exponent(parts[2])
            ),
            ("mover", 2) => format!("{} {}", part(0), self.accent(&written(parts[1]))),
            ("munder", 2) => format!(
                "{} {} {}",
                part(0),
                self.pick("under", "下方", "下方"),
                part(1)
            ),
            ("mtable", _) => self.table(&parts),
            ("semantics", _) => part(0),
            _ => self.row(&parts),
        }
    }

    fn sign(self, text: &str) -> String {
        let known = SIGNS.iter().find(|(sign, ..)| *sign == text);
        match known {
            Some((_, english, traditional, simplified)) => {
                self.pick(english, traditional, simplified).to_owned()
            }
            None => text.to_owned(),
        }
    }

    fn grouped(self, said: &str, is_short: bool) -> String {
        match (is_short, self) {
            (true, _) => said.to_owned(),
            (false, Self::English) => format!("{said}, end root,"),
            (false, _) => format!("{said}，{}，", self.pick("", "根號結束", "根号结束")),
        }
    }

    fn fraction(self, parts: &[Node<'_, '_>]) -> String {
        let (above, below) = (self.one(parts[0]), self.one(parts[1]));
        let is_short = is_short(parts[0]) && is_short(parts[1]);
        match (self, is_short) {
            (Self::English, true) => format!("{above} over {below}"),
            (Self::English, false) => format!("the fraction {above}, over {below}, end fraction,"),
            (_, true) => format!("{below} 分之 {above}"),
            (_, false) => format!(
                "{}，{below}，分之，{above}，{}",
                self.pick("", "分數", "分数"),
                self.pick("", "分數結束", "分数结束")
            ),
        }
    }

    fn power(self, parts: &[Node<'_, '_>]) -> String {
        let base = self.one(parts[0]);
        let base = match (is_short(parts[0]), self) {
            (true, _) | (_, Self::English) => base,
            _ => format!("{base}，{}", self.pick("", "整體", "整体")),
        };
        format!("{base} {}", self.exponent(parts[1]))
    }

    fn exponent(self, node: Node<'_, '_>) -> String {
        let sign = written(node);
        match (self, sign.as_str()) {
            (_, "′" | "!") => self.sign(&sign),
            (Self::English, "2") => "squared".to_owned(),
            (Self::English, "3") => "cubed".to_owned(),
            (Self::English, _) => format!("to the power of {}", self.one(node)),
            (_, "2") => "的平方".to_owned(),
            (_, "3") => "的立方".to_owned(),
            _ => format!("的 {} 次方", self.one(node)),
        }
    }

    fn ordinal(self, node: Node<'_, '_>) -> String {
        match written(node).as_str() {
            "3" => "cube".to_owned(),
            "4" => "fourth".to_owned(),
            "5" => "fifth".to_owned(),
            _ => format!("{}-th", self.one(node)),
        }
    }

    fn bounds(
        self,
        base: Node<'_, '_>,
        below: Option<Node<'_, '_>>,
        above: Option<Node<'_, '_>>,
    ) -> String {
        let name = self.one(base);
        let below = below.map(|node| self.one(node));
        let above = above.map(|node| self.one(node));
        match (self, below, above) {
            (Self::English, Some(below), Some(above)) => format!("{name} from {below} to {above}"),
            (Self::English, Some(below), None) if written(base) == "lim" => {
                format!("{name} as {below}")
            }
            (Self::English, Some(below), None) => format!("{name} over {below}"),
            (Self::English, None, _) => name,
            (_, Some(below), Some(above)) => {
                format!("{} {below} 到 {above} 的{name}", self.pick("", "從", "从"))
            }
            (_, Some(below), None) if written(base) == "lim" => format!(
                "{} {below} {} {name}",
                self.pick("", "當", "当"),
                self.pick("", "時的", "时的")
            ),
            (_, Some(below), None) => format!("{} {below} 的{name}", self.pick("", "對", "对")),
            (_, None, _) => name,
        }
    }

    fn accent(self, sign: &str) -> String {
        match sign {
            "^" | "ˆ" => self.pick("hat", "帽", "帽").to_owned(),
            "¯" | "‾" | "_" => self.pick("bar", "橫線", "横线").to_owned(),
            "→" => self.pick("vector", "向量", "向量").to_owned(),
            "~" | "˜" => self.pick("tilde", "波浪號", "波浪号").to_owned(),
            "˙" => self.pick("dot", "點", "点").to_owned(),
            other => self.sign(other),
        }
    }

    fn table(self, rows: &[Node<'_, '_>]) -> String {
        let columns = rows.first().map_or(0, |row| elements(*row).len());
        let mut words = match self {
            Self::English => format!("the {} by {columns} matrix", rows.len()),
            _ => format!(
                "{} 列 {columns} 行的{}",
                rows.len(),
                self.pick("", "矩陣", "矩阵")
            ),
        };
        if self == Self::Simplified {
            words = format!("{} 行 {columns} 列的矩阵", rows.len());
        }
        for row in rows {
            let cells: Vec<String> = elements(*row)
                .iter()
                .map(|cell| self.row(&elements(*cell)))
                .collect();
            words.push_str(&format!("; {}", cells.join(", ")));
        }
        words
    }
}

/// Whether a thing is a sign with bounds, or the word for one.
fn bounded(node: Node<'_, '_>) -> bool {
    let parts = elements(node);
    let base = parts.first().copied().map(written).unwrap_or_default();
    parts.len() > 1
        && (matches!(base.as_str(), "lim" | "max" | "min" | "sup" | "inf")
            || base.chars().count() == 1 && "∑∏∫∬∭∮".contains(&base))
}
