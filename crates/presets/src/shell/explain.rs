//! What every part of a command does, from the table alone. What is not in it stays without
//! words: an explanation that is guessed is worse than none.

use assistant::artifact::CommandPart;

use super::line::{Lexeme, Shell, is_redirect, unquoted};
use super::table::{self, Kind, Speech};

/// The parts from left to right.
pub(super) fn parts(shell: Shell, lexemes: &[Lexeme], speech: Speech) -> Vec<CommandPart> {
    let mut guide = Guide {
        shell,
        speech,
        tool: None,
        operands: 0,
        value_of: None,
    };
    let mut parts: Vec<CommandPart> = Vec::new();
    let mut rest = lexemes.iter().peekable();
    while let Some(lexeme) = rest.next() {
        match lexeme {
            Lexeme::Operator(operator) if is_redirect(operator) => {
                let target = rest.next().map(Lexeme::text).unwrap_or_default();
                parts.push(part(
                    format!("{operator} {target}").trim_end().to_owned(),
                    redirect(operator, target, speech),
                ));
            }
            Lexeme::Operator(operator) => {
                guide.tool = None;
                guide.value_of = None;
                parts.push(part(operator.clone(), joint(operator, speech)));
            }
            Lexeme::Word(word) => {
                let next = match rest.peek() {
                    Some(Lexeme::Word(next)) => Some(next.as_str()),
                    _ => None,
                };
                let (took_next, explanation) = guide.word(word, next);
                let mut text = word.clone();
                if took_next && let Some(next) = rest.next() {
                    text = format!("{text} {}", next.text());
                }
                parts.push(part(text, explanation));
            }
        }
    }
    parts
}

fn part(text: String, explanation: String) -> CommandPart {
    CommandPart { text, explanation }
}

/// Where one stands in a command.
struct Guide {
    shell: Shell,
    speech: Speech,
    /// The tool whose words follow; nothing where one is about to be named.
    tool: Option<String>,
    operands: usize,
    value_of: Option<String>,
}

impl Guide {
    /// What a word does, and whether the next word belongs to it.
    fn word(&mut self, word: &str, next: Option<&str>) -> (bool, String) {
        let Some(tool) = self.tool.clone() else {
            return self.tool_word(word, next);
        };
        let ends = matches!(word, ";" | "\\;" | "+" | "';'");
        if ends && self.value_of.is_some() {
            self.tool = self.value_of.take();
            let words = [
                "ends the command that is called",
                "結束要執行的命令",
                "结束要执行的命令",
            ];
            return (false, self.speech.pick(words).to_owned());
        }
        if is_option(self.shell, word) {
            return self.option(&tool, word, next);
        }
        if table::find(&tool, "").is_some_and(|row| row.kind == Some(Kind::Calls))
            && self.operands == 0
            && !is_value_first(&tool)
        {
            self.tool = None;
            return self.tool_word(word, next);
        }
        self.operands += 1;
        (false, self.operand(&tool, word))
    }

    fn tool_word(&mut self, word: &str, next: Option<&str>) -> (bool, String) {
        let name = normal(self.shell, word);
        self.operands = 0;
        if let Some(next) = next {
            let both = format!("{name} {next}");
            if let Some(row) = table::find(&both, "") {
                self.tool = Some(both);
                return (true, row.say(self.speech, ""));
            }
        }
        let said = table::find(&name, "")
            .map(|row| row.say(self.speech, ""))
            .unwrap_or_default();
        let opens = matches!(
            word,
            "do" | "then" | "else" | "if" | "while" | "until" | "!" | "{" | "done" | "fi"
        );
        let is_assignment = self.shell.is_posix()
            && word
                .split_once('=')
                .is_some_and(|(name, _)| !name.is_empty() && !name.contains(['/', '-', '$']));
        if is_assignment {
            let words = ["sets a variable", "設定變數", "设置变量"];
            return (false, self.speech.pick(words).to_owned());
        }
        self.tool = (!opens).then_some(name);
        (false, said)
    }

    fn option(&mut self, tool: &str, word: &str, next: Option<&str>) -> (bool, String) {
        let (name, value) = match word.split_once('=') {
            Some((name, value)) => (name, Some(value)),
            None => (word, None),
        };
        if let Some(row) = table::find(tool, name) {
            if row.kind == Some(Kind::Calls) {
                self.value_of = Some(tool.to_owned());
                self.tool = None;
                return (false, row.say(self.speech, ""));
            }
            return match (row.takes_value, value, next) {
                (true, Some(value), _) => (false, row.say(self.speech, unquoted(value))),
                (true, None, Some(next)) => (true, row.say(self.speech, unquoted(next))),
                _ => (false, row.say(self.speech, "")),
            };
        }
        self.bundle(tool, word, next)
    }

    /// `-la`, `-n5`: short options in one word.
    fn bundle(&self, tool: &str, word: &str, next: Option<&str>) -> (bool, String) {
        let Some(letters) = word.strip_prefix('-').filter(|rest| !rest.starts_with('-')) else {
            return (false, String::new());
        };
        let mut said: Vec<String> = Vec::new();
        for (at, letter) in letters.char_indices() {
            let Some(row) = table::find(tool, &format!("-{letter}")) else {
                continue;
            };
            if row.takes_value {
                let behind = &letters[at + letter.len_utf8()..];
                let (took_next, value) = match (behind, next) {
                    ("", Some(next)) => (true, next),
                    (behind, _) => (false, behind),
                };
                said.push(row.say(self.speech, unquoted(value)));
                return (took_next, self.listed(&said));
            }
            said.push(row.say(self.speech, ""));
        }
        (false, self.listed(&said))
    }

    fn listed(&self, said: &[String]) -> String {
        said.join(self.speech.pick(["; ", "；", "；"]))
    }

    fn operand(&self, tool: &str, word: &str) -> String {
        let numbered = format!("@{}", self.operands);
        let row = table::find(tool, &numbered).or_else(|| table::find(tool, "@*"));
        if let Some(row) = row {
            return row.say(self.speech, unquoted(word));
        }
        if word.starts_with("$(") || word.starts_with('`') {
            let words = ["the output of that command", "該命令的輸出", "该命令的输出"];
            return self.speech.pick(words).to_owned();
        }
        if looks_like_path(word) {
            let words = [
                "the file or folder {}",
                "檔案或資料夾 {}",
                "文件或文件夹 {}",
            ];
            return self.speech.pick(words).replace("{}", unquoted(word));
        }
        String::new()
    }
}

/// Callers whose first word is a value of their own: `timeout 5 ls`.
fn is_value_first(tool: &str) -> bool {
    matches!(tool, "timeout")
}

fn is_option(shell: Shell, word: &str) -> bool {
    match shell {
        Shell::Cmd => word.starts_with('/') && word.len() > 1,
        _ => {
            word.starts_with('-')
                && word.len() > 1
                && !word[1..].starts_with(|one: char| one.is_ascii_digit())
        }
    }
}

/// A tool by its bare name: without a path, and without regard to case on Windows.
pub(super) fn normal(shell: Shell, word: &str) -> String {
    let word = unquoted(word);
    match shell.is_posix() {
        true => word.rsplit('/').next().unwrap_or(word).to_owned(),
        false => word.to_lowercase().trim_end_matches(".exe").to_owned(),
    }
}

/// Whether a word is likely the name of a file or folder.
pub(super) fn looks_like_path(word: &str) -> bool {
    let word = unquoted(word);
    let has_ending = word.rsplit_once('.').is_some_and(|(stem, ending)| {
        !stem.is_empty()
            && (1..=5).contains(&ending.len())
            && ending.chars().all(|one| one.is_ascii_alphanumeric())
            && !ending.chars().all(|one| one.is_ascii_digit())
    });
    let is_address = word.contains("://");
    let is_code = word.contains([' ', '{', '$', '\n'])
        && !word.starts_with("$HOME")
        && !word.starts_with('/');
    !is_address
        && !is_code
        && (word.starts_with(['/', '~', '.'])
            || word.contains('/')
            || word.contains(":\\")
            || has_ending)
}

fn joint(operator: &str, speech: Speech) -> String {
    let words = match operator {
        "|" | "|&" => [
            "hands the output on to the next command",
            "把輸出交給下一個命令",
            "把输出交给下一个命令",
        ],
        "&&" => [
            "goes on only if the command before it succeeded",
            "前一個命令成功才繼續",
            "前一个命令成功才继续",
        ],
        "||" => [
            "goes on only if the command before it failed",
            "前一個命令失敗才繼續",
            "前一个命令失败才继续",
        ],
        ";" => ["then", "然後", "然后"],
        "&" => [
            "lets it run in the background",
            "讓它在背景執行",
            "让它在后台运行",
        ],
        "<(" | ">(" => [
            "hands the command in the brackets over as if it were a file",
            "把括號中的命令當作檔案交給它",
            "把括号中的命令当作文件交给它",
        ],
        "(" | ")" => [
            "a shell of its own for what is inside",
            "在子 shell 中執行",
            "在子 shell 中执行",
        ],
        _ => return String::new(),
    };
    speech.pick(words).to_owned()
}

fn redirect(operator: &str, target: &str, speech: Speech) -> String {
    let bare = operator.trim_start_matches(|one: char| one.is_ascii_digit());
    let is_errors = operator.starts_with('2');
    let words = match (bare, is_errors) {
        (_, _) if target == "/dev/null" => ["throws the output away", "丟棄輸出", "丢弃输出"],
        (">&", true) => [
            "sends error messages to the same place as the output",
            "錯誤訊息與輸出送到同一處",
            "错误信息与输出送到同一处",
        ],
        (">", true) => [
            "writes error messages into {}, replacing what was there",
            "把錯誤訊息寫入 {}，取代原有內容",
            "把错误信息写入 {}，替换原有内容",
        ],
        (">" | ">|" | "&>", _) => [
            "writes the output into {}, replacing what was there",
            "把輸出寫入 {}，取代原有內容",
            "把输出写入 {}，替换原有内容",
        ],
        (">>" | "&>>", _) => [
            "adds the output to the end of {}",
            "把輸出加到 {} 的末尾",
            "把输出追加到 {} 的末尾",
        ],
        ("<", _) => [
            "reads its input from {}",
            "從 {} 讀取輸入",
            "从 {} 读取输入",
        ],
        ("<<<", _) => [
            "gives it this text as input",
            "把這段文字當作輸入",
            "把这段文字作为输入",
        ],
        ("<<" | "<<-", _) => [
            "gives it the lines up to {} as input",
            "把到 {} 為止的各行當作輸入",
            "把到 {} 为止的各行作为输入",
        ],
        _ => return String::new(),
    };
    speech.pick(words).replace("{}", unquoted(target))
}
