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
    let notes: String = facts.iter().map(|fact| format!("- {fact}\n")).collect();
    let message = |role, text: String| Message { role, text };
    Prompt {
        messages: vec![
            message(Role::System, SYSTEM.to_owned()),
            message(Role::User, format!("{lead}{notes}")),
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
            "These notes about a chess move are true. Say the same to {reader} in two to four \
             fluent sentences. Keep every move, square and number exactly as it is written. Add \
             nothing that the notes do not say.\n\nNotes:\n"
        ),
        Language::Traditional => format!(
            "以下關於一步西洋棋的筆記都是正確的。請用二到四句流暢的繁體中文告訴{reader}同樣的內容。\
             著法、格子和數字要照寫，不要加入筆記沒有說的事。\n\n筆記：\n"
        ),
        Language::Simplified => format!(
            "以下关于一步国际象棋的笔记都是正确的。请用二到四句流畅的简体中文告诉{reader}同样的内容。\
             着法、格子和数字要照写，不要加入笔记没有说的事。\n\n笔记：\n"
        ),
    }
}
