//! What a model is asked: to make a few fluent sentences of what code proved.

use model::{Message, Prompt, Role, Sampling};

use super::{Language, Level};

/// Most tokens of an answer: four sentences.
const TOKENS: u32 = 180;

/// What Qwen's models were trained to be told first.
const SYSTEM: &str = "You are Qwen, created by Alibaba Cloud. You are a helpful assistant.";

/// The prompt that makes words of facts.
#[must_use]
pub fn prompt(facts: &[String], language: Language, level: Level) -> Prompt {
    let lead = instructions(language, level);
    let answer = match language {
        Language::English => "Answer:",
        Language::Traditional | Language::Simplified => "回答：",
    };
    let notes: String = facts.iter().map(|fact| format!("- {fact}\n")).collect();
    let message = |role, text: String| Message { role, text };
    Prompt {
        messages: vec![
            message(Role::System, SYSTEM.to_owned()),
            message(Role::User, format!("{lead}{notes}\n{answer}")),
        ],
        preset: 1,
        lead: lead.len(),
        opening: String::new(),
        max_tokens: TOKENS,
        sampling: Sampling::GREEDY,
        stop: vec!["\n\n".to_owned()],
        constraint: None,
        adapter: None,
    }
}

fn instructions(language: Language, level: Level) -> String {
    let reader = match (language, level) {
        (Language::English, Level::Beginner) => "a beginner",
        (Language::English, Level::Club) => "a club player",
        (Language::English, Level::Expert) => "an expert",
        (Language::Traditional, Level::Beginner) => "初學者",
        (Language::Traditional, Level::Club) => "俱樂部棋手",
        (Language::Traditional, Level::Expert) => "高手",
        (Language::Simplified, Level::Beginner) => "初学者",
        (Language::Simplified, Level::Club) => "俱乐部棋手",
        (Language::Simplified, Level::Expert) => "高手",
    };
    match language {
        Language::English => format!(
            "The notes about a chess move are true. Say the same to {reader} in two to four fluent \
             sentences. Keep every move, square and number exactly as it is written. Add nothing \
             that the notes do not say.\n\nNotes:\n- The best move is Rd1+; White is winning \
             (+6.1).\n- Rd1+ wins a queen: Rd1+ Ke6 Rxd8.\n- White's rook on d1 skewers Black's \
             king on d5 and the queen on d8 behind it.\n\nAnswer: Rd1+ is the best move, and White \
             is winning (+6.1). The rook on d1 skewers Black's king on d5 and the queen on d8 behind \
             it, so White wins a queen: Rd1+ Ke6 Rxd8.\n\nNotes:\n"
        ),
        Language::Traditional => format!(
            "以下關於一步西洋棋的筆記都是正確的。請用二到四句流暢的繁體中文告訴{reader}同樣的內容。\
             著法、格子和數字要照寫，不要加入筆記沒有說的事。\n\n筆記：\n- 最佳著法是 Rd1+，白方勝勢\
             （+6.1）。\n- Rd1+ 得一后：Rd1+ Ke6 Rxd8。\n- 白方 d1 的車串擊黑方 d5 的王和後面 d8 \
             的后。\n\n回答：最佳著法是 Rd1+，白方勝勢（+6.1）。白方 d1 的車串擊黑方 d5 的王和後面 d8 \
             的后，因此得一后：Rd1+ Ke6 Rxd8。\n\n筆記：\n"
        ),
        Language::Simplified => format!(
            "以下关于一步国际象棋的笔记都是正确的。请用二到四句流畅的简体中文告诉{reader}同样的内容。\
             着法、格子和数字要照写，不要加入笔记没有说的事。\n\n笔记：\n- 最佳着法是 Rd1+，白方胜势\
             （+6.1）。\n- Rd1+ 得一后：Rd1+ Ke6 Rxd8。\n- 白方 d1 的车串击黑方 d5 的王和后面 d8 \
             的后。\n\n回答：最佳着法是 Rd1+，白方胜势（+6.1）。白方 d1 的车串击黑方 d5 的王和后面 d8 \
             的后，因此得一后：Rd1+ Ke6 Rxd8。\n\n笔记：\n"
        ),
    }
}
