//! Our own Traditional sentences in Simplified letters. The table holds the letters that occur in
//! them and no others; a test sees to it that none is forgotten.

const LETTERS: [(char, char); 72] = [
    ('應', '应'),
    ('將', '将'),
    ('殺', '杀'),
    ('堅', '坚'),
    ('勝', '胜'),
    ('勢', '势'),
    ('顯', '显'),
    ('較', '较'),
    ('雙', '双'),
    ('敗', '败'),
    ('無', '无'),
    ('論', '论'),
    ('麼', '么'),
    ('會', '会'),
    ('內', '内'),
    ('裡', '里'),
    ('這', '这'),
    ('時', '时'),
    ('擊', '击'),
    ('牽', '牵'),
    ('後', '后'),
    ('閃', '闪'),
    ('線', '线'),
    ('軍', '军'),
    ('動', '动'),
    ('護', '护'),
    ('脅', '胁'),
    ('對', '对'),
    ('險', '险'),
    ('為', '为'),
    ('攔', '拦'),
    ('沒', '没'),
    ('別', '别'),
    ('疊', '叠'),
    ('車', '车'),
    ('讓', '让'),
    ('離', '离'),
    ('開', '开'),
    ('並', '并'),
    ('個', '个'),
    ('馬', '马'),
    ('還', '还'),
    ('據', '据'),
    ('佔', '占'),
    ('們', '们'),
    ('錯', '错'),
    ('過', '过'),
    ('換', '换'),
    ('丟', '丢'),
    ('樣', '样'),
    ('遠', '远'),
    ('問', '问'),
    ('長', '长'),
    ('強', '强'),
    ('續', '续'),
    ('變', '变'),
    ('讀', '读'),
    ('來', '来'),
    ('邊', '边'),
    ('幾', '几'),
    ('棄', '弃'),
    ('當', '当'),
    ('著', '着'),
    ('兩', '两'),
    ('選', '选'),
    ('擇', '择'),
    ('現', '现'),
    ('盤', '盘'),
    ('誤', '误'),
    ('複', '复'),
    ('殘', '残'),
    ('虧', '亏'),
];

/// Letters that only Simplified Chinese has, among those of the table.
pub fn is_simplified_only(letter: char) -> bool {
    let is_in_both = matches!(
        letter,
        '后' | '里' | '几' | '并' | '占' | '别' | '当' | '胜'
    );
    !is_in_both && LETTERS.iter().any(|(_, to)| *to == letter)
}

/// The same in Simplified letters.
pub fn simplify(text: &str) -> String {
    text.chars()
        .map(|letter| {
            LETTERS
                .iter()
                .find_map(|(from, to)| (*from == letter).then_some(*to))
                .unwrap_or(letter)
        })
        .collect()
}
