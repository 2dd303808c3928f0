//! Words of the trade in English and Chinese, and what each claims.

/// Words that deny something.
pub const DENIALS: [&str; 14] = [
    " no ",
    " not ",
    " nothing ",
    " never ",
    " cannot ",
    "n t ",
    " without ",
    " neither ",
    "不",
    "沒",
    "没",
    "無",
    "无",
    "未",
];

/// Names of pieces.
pub const PIECES: [(&str, &[&str]); 6] = [
    ("king", &["king", "王"]),
    ("queen", &["queen", "后"]),
    ("rook", &["rook", "車", "车"]),
    ("bishop", &["bishop", "象"]),
    ("knight", &["knight", "馬", "马"]),
    ("pawn", &["pawn", "兵"]),
];

/// Words of the trade and what they claim. English ones begin at a word, so that `pin` is not found
/// in `opinion`. The last three are what no fact says, or few do: talk that cannot be checked.
pub const VOCABULARY: [(&str, &[&str]); 33] = [
    ("king", &[" king", "王"]),
    ("queen", &[" queen", "皇后"]),
    ("rook", &[" rook", "車", "车"]),
    ("bishop", &[" bishop", "象"]),
    ("knight", &[" knight", "馬", "马"]),
    ("pawn", &[" pawn", "兵"]),
    ("white", &[" white", "白"]),
    ("black", &[" black", "黑"]),
    (
        "mate",
        &[" mate", " checkmate", "將殺", "将杀", "將死", "将死"],
    ),
    (
        "check",
        &[" check ", " checks ", " checking ", "將軍", "将军"],
    ),
    ("fork", &[" fork", "捉雙", "捉双", "叉"]),
    ("pin", &[" pin", "牽制", "牵制"]),
    ("skewer", &[" skewer", "串擊", "串击"]),
    ("discovered", &[" discover", "閃擊", "闪击", "閃將", "闪将"]),
    ("double", &[" double", "疊兵", "叠兵"]),
    ("threat", &[" threat", "威脅", "威胁"]),
    (
        "safe",
        &[
            " safe", " save", " protect", " danger", "安全", "危險", "危险", "救",
        ],
    ),
    (
        "guard",
        &[
            " guard", " defend", " defens", " defenc", "保護", "保护", "防守",
        ],
    ),
    ("take", &[" take", " taking", " captur", "吃"]),
    ("win", &[" win ", " wins ", " gain", "得"]),
    (
        "lose",
        &[" lose", " losing", " lost ", " loss ", "丟", "丢", "失"],
    ),
    (
        "sacrifice",
        &[" sacrific", " gives up", " give up", "棄", "弃"],
    ),
    (
        "exchange",
        &[" exchang", " trade", "交換", "交换", "換", "换"],
    ),
    ("back rank", &[" back rank", " back-rank", "底線", "底线"]),
    ("promote", &[" promot", " becomes a ", "升變", "升变"]),
    ("passed", &[" passed", "通路兵"]),
    ("castle", &[" castl", "易位"]),
    ("develop", &[" develop", "出動", "出动"]),
    ("centre", &[" centre", " center", "中心"]),
    (
        "better",
        &[
            " better",
            " winning ",
            " advantage",
            " equal",
            " worse",
            " decisive",
            "優",
            "优",
            "勝",
            "胜",
            "均勢",
            "均势",
            "較好",
            "较好",
            "稍好",
        ],
    ),
    (
        "control",
        &[
            " control",
            " pressure",
            " initiative",
            " dominat",
            "控制",
            "壓力",
            "压力",
            "主動",
            "主动",
        ],
    ),
    (
        "talk",
        &[
            " strong",
            " powerful",
            " weak",
            " attack",
            " crush",
            " active",
            " activity",
            " structure",
            " strateg",
            "攻擊",
            "攻击",
            "弱點",
            "弱点",
            "強大",
            "强大",
            "策略",
        ],
    ),
    (
        "force",
        &[
            " force", " must ", " only ", "強制", "强制", "必須", "必须", "只能", "唯一",
        ],
    ),
];
