//! Words of a page that are written anew by a wish: "shorter", "friendlier", "say that parking is
//! free". The model gets what one part says and nothing else of the page, so nothing else can change;
//! what it gives back is held against the same rules as all copy, and against the facts of what it
//! replaces.

use std::sync::LazyLock;

use assistant::Attempt;
use model::{Constraint, Prompt, Role, Sampling};
use serde_json::{Map, Value, json};

use crate::copy::Lengths;
use crate::copy::checks::{Problem, say, wording};
use crate::copy::prompt::{SYSTEM, message};
use crate::edit::Edit;
use crate::ground::Brief;
use crate::language::Language;
use crate::plan::{PagePlan, Section};
use crate::render::place;

/// Most texts that one wish is about: more of them at a time, and a small model loses the thread.
const MOST_SLOTS: usize = 12;

/// A wish about the words of a part.
pub struct Reword {
    wish: String,
    slots: Vec<Slot>,
    language: Language,
    /// The page and the wish, read as a brief: numbers and names in it are not invented.
    known: Brief,
}

/// A text of the plan.
struct Slot {
    /// What the model calls it.
    key: String,
    section: String,
    field: &'static str,
    item: usize,
    old: String,
    most: usize,
}

impl Reword {
    /// What a wish is about: one text, or those of a section. Nothing where there are no words.
    pub fn of(plan: &PagePlan, about: &str, wish: &str) -> Option<Self> {
        let (id, field, item) = place(about)?;
        let section = plan.sections.iter().find(|section| section.id == id)?;
        let mut slots = slots(section, plan.language);
        if !matches!(field, "" | "picture") {
            slots.retain(|slot| slot.field == field && slot.item == item);
            for slot in &mut slots {
                slot.key = "text".to_owned();
            }
        }
        slots.truncate(MOST_SLOTS);
        if slots.is_empty() || wish.trim().is_empty() {
            return None;
        }
        Some(Self {
            wish: wish.trim().to_owned(),
            slots,
            language: plan.language,
            known: Brief::read(&format!("{}\n{wish}", told(plan)), Some(plan.language)),
        })
    }

    /// What the model is asked.
    pub fn prompt(&self, failed: &[Attempt]) -> Prompt {
        let old: Map<String, Value> = self
            .slots
            .iter()
            .map(|slot| (slot.key.clone(), slot.old.clone().into()))
            .collect();
        let properties: Map<String, Value> = self
            .slots
            .iter()
            .map(|slot| {
                let text = json!({"type": "string", "minLength": 2, "maxLength": slot.most});
                (slot.key.clone(), text)
            })
            .collect();
        let keys: Vec<&String> = properties.keys().collect();
        let schema = json!({"type": "object", "required": keys, "properties": properties, "additionalProperties": false});
        let notes: String = failed
            .iter()
            .map(|attempt| format!("\n{}", attempt.feedback))
            .collect();
        let mut messages = vec![message(Role::System, SYSTEM.to_owned())];
        for (old, wish, new) in self.examples() {
            messages.push(message(Role::User, self.ask(old, wish)));
            messages.push(message(Role::Assistant, (*new).to_owned()));
        }
        let ask = self.ask(&Value::Object(old).to_string(), &self.wish);
        messages.push(message(Role::User, ask + &notes));
        let attempt = u32::try_from(failed.len()).unwrap_or(0);
        Prompt {
            messages,
            preset: 0,
            lead: 0,
            opening: String::new(),
            max_tokens: 60 + 70 * u32::try_from(self.slots.len()).unwrap_or(1),
            sampling: Sampling {
                temperature: if attempt == 0 { 0.3 } else { 0.8 },
                top_p: 0.9,
                seed: 11 + attempt,
                repeat_penalty: 1.0,
            },
            stop: Vec::new(),
            constraint: Some(Constraint::JsonSchema(schema)),
            adapter: None,
        }
    }

    fn ask(&self, old: &str, wish: &str) -> String {
        match self.language {
            Language::English => format!(
                "Words of a web page:\n{old}\nChange them: {wish}\nAnswer with the same JSON and the new words, in English. Keep names and numbers."
            ),
            Language::Traditional => format!(
                "網頁上的文字：\n{old}\n請修改：{wish}\n用同樣的 JSON 回答新的文字，用繁體中文，保留名稱和數字。"
            ),
            Language::Simplified => format!(
                "网页上的文字：\n{old}\n请修改：{wish}\n用同样的 JSON 回答新的文字，用简体中文，保留名称和数字。"
            ),
        }
    }

    /// Two wishes that were carried out well; the places do not exist.
    fn examples(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        match self.language {
            Language::English => &[
                (
                    r#"{"text":"Most punctures are mended by our experienced team while you wait in our shop."}"#,
                    "shorter and warmer",
                    r#"{"text":"Most punctures are mended before your coffee is cold."}"#,
                ),
                (
                    r#"{"heading":"Our services","text 1":"We repair all kinds of bicycles."}"#,
                    "say that old frames are welcome",
                    r#"{"heading":"Old frames welcome","text 1":"Bring the rusty one from the attic; we make it a bicycle again."}"#,
                ),
            ],
            Language::Traditional => &[
                (
                    r#"{"text":"我們擁有經驗豐富的團隊，可以在您等候的時候為您修補破胎。"}"#,
                    "短一點，親切一點",
                    r#"{"text":"咖啡還沒涼，破胎就補好了。"}"#,
                ),
                (
                    r#"{"heading":"服務項目","text 1":"我們維修各種單車。"}"#,
                    "說說老車架也歡迎",
                    r#"{"heading":"老車也歡迎","text 1":"閣樓裡生鏽的那台帶來，讓它重新上路。"}"#,
                ),
            ],
            Language::Simplified => &[
                (
                    r#"{"text":"我们拥有经验丰富的团队，可以在您等候的时候为您修补破胎。"}"#,
                    "短一点，亲切一点",
                    r#"{"text":"咖啡还没凉，破胎就补好了。"}"#,
                ),
                (
                    r#"{"heading":"服务项目","text 1":"我们维修各种单车。"}"#,
                    "说说老车架也欢迎",
                    r#"{"heading":"老车也欢迎","text 1":"阁楼里生锈的那台带来，让它重新上路。"}"#,
                ),
            ],
        }
    }

    /// An answer as changes of the plan; a text that is worth nothing stays as it was.
    pub fn edits(&self, draft: &str) -> Result<Vec<Edit>, Problem> {
        let chinese = self.language.is_chinese();
        let unreadable = || {
            say(
                chinese,
                "Answer with the whole JSON object.",
                "請回答完整的 JSON。",
            )
        };
        let answer: Map<String, Value> = serde_json::from_str(draft).map_err(|_| unreadable())?;
        let mut edits = Vec::new();
        let mut problem = say(chinese, "Change the words.", "請改寫文字。");
        for slot in &self.slots {
            let text = answer.get(&slot.key).and_then(Value::as_str).unwrap_or("");
            match self.text(slot, text) {
                Ok(text) if text == slot.old => {}
                Ok(text) => edits.push(Edit::Text {
                    section: slot.section.clone(),
                    field: slot.field.to_owned(),
                    item: slot.item,
                    text,
                }),
                Err(found) => problem = found,
            }
        }
        if edits.is_empty() {
            Err(problem)
        } else {
            Ok(edits)
        }
    }

    /// One text, in the page's script and without quotes around it.
    fn text(&self, slot: &Slot, text: &str) -> Result<String, Problem> {
        let chinese = self.language.is_chinese();
        let quotes = ['"', '“', '”', '「', '」'];
        let text = self
            .language
            .in_script(text.trim().trim_matches(quotes), &self.known.exempt());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if text.is_empty() {
            return Err(say(chinese, "Fill in every field.", "每個欄位都要填。"));
        }
        if text.chars().count() >= slot.most {
            return Err(say(chinese, "Shorter, please.", "請寫短一點。"));
        }
        wording(&text, &self.known)?;
        if let Some(lost) = lost(&slot.old, &text, &self.wish) {
            let (en, zh) = (format!("Keep {lost}."), format!("請保留「{lost}」。"));
            return Err(say(chinese, &en, &zh));
        }
        Ok(text)
    }
}

/// The texts of a section that are words and no facts, in the order in which they are read.
fn slots(section: &Section, language: Language) -> Vec<Slot> {
    let most = Lengths::of(language);
    let mut slots = Vec::new();
    let mut add = |key: String, field: &'static str, item: usize, old: &str, most: usize| {
        if !old.is_empty() {
            slots.push(Slot {
                key,
                section: section.id.clone(),
                field,
                item,
                old: old.to_owned(),
                // What a person wrote may be longer than what the model would be asked for.
                most: most.max(old.chars().count() * 3 / 2),
            });
        }
    };
    add("label".to_owned(), "label", 0, &section.label, most.title);
    add(
        "heading".to_owned(),
        "heading",
        0,
        &section.heading,
        most.heading,
    );
    add("lead".to_owned(), "lead", 0, &section.lead, most.lead * 2);
    for (place, item) in section.items.iter().enumerate() {
        let number = place + 1;
        add(
            format!("title {number}"),
            "title",
            place,
            &item.title,
            most.title,
        );
        add(
            format!("text {number}"),
            "text",
            place,
            &item.text,
            most.text * 3 / 2,
        );
        add(
            format!("value {number}"),
            "value",
            place,
            &item.value,
            most.title,
        );
    }
    for (place, action) in section.actions.iter().enumerate() {
        let key = format!("button {}", place + 1);
        add(key, "action", place, &action.label, most.title);
    }
    slots
}

/// Everything that the page says already.
fn told(plan: &PagePlan) -> String {
    let mut told = vec![plan.name.clone(), plan.description.clone()];
    for section in &plan.sections {
        for slot in slots(section, plan.language) {
            told.push(slot.old);
        }
        for item in &section.items {
            told.extend(item.points.iter().cloned());
        }
    }
    told.join("\n")
}

static NUMBER: LazyLock<regex::Regex> = LazyLock::new(|| {
    regex::Regex::new(r"\d+(?:[.,:]\d+)*").expect("a test compiles every pattern")
});

/// A number that the new text no longer has and that the wish does not speak of.
fn lost(old: &str, new: &str, wish: &str) -> Option<String> {
    let all = |text: &str| -> Vec<String> {
        NUMBER
            .find_iter(text)
            .map(|found| found.as_str().to_owned())
            .collect()
    };
    let kept = all(new);
    // A wish with a number of its own replaces one.
    let wished = all(wish).len();
    let lost: Vec<String> = all(old)
        .into_iter()
        .filter(|number| !kept.contains(number) && !wish.contains(number.as_str()))
        .collect();
    (lost.len() > wished).then(|| lost[0].clone())
}

#[cfg(test)]
mod tests;
