//! What could come of a command, by rules and not by the model: deleting, overwriting, sending
//! out, needing an administrator, running what came from the network. And which files it names.

use assistant::artifact::Risk;

use super::explain::{looks_like_path, normal};
use super::line::{self, Lexeme, Shell, Simple, unquoted};
use super::posix;
use super::table::{self, Kind, Speech};

/// What was found.
pub(super) struct Rated {
    pub risk: Risk,
    pub warnings: Vec<String>,
    pub touches: Vec<String>,
}

/// How deep commands within commands are followed.
const DEEPEST: usize = 4;

/// Programs that run what they read.
const INTERPRETERS: &[&str] = &[
    "sh",
    "bash",
    "zsh",
    "dash",
    "ksh",
    "fish",
    "python",
    "python3",
    "perl",
    "ruby",
    "node",
    "iex",
    "invoke-expression",
];

/// Programs that fetch.
const FETCHERS: &[&str] = &[
    "curl",
    "wget",
    "iwr",
    "irm",
    "invoke-webrequest",
    "invoke-restmethod",
];

/// Rates a command.
pub(super) fn rate(shell: Shell, lexemes: &[Lexeme], speech: Speech) -> Rated {
    let mut judge = Judge {
        shell,
        speech,
        risk: Risk::Reads,
        warnings: Vec::new(),
        touches: Vec::new(),
    };
    judge.line(lexemes, DEEPEST);
    Rated {
        risk: judge.risk,
        warnings: judge.warnings,
        touches: judge.touches,
    }
}

struct Judge {
    shell: Shell,
    speech: Speech,
    risk: Risk,
    warnings: Vec<String>,
    touches: Vec<String>,
}

impl Judge {
    fn line(&mut self, lexemes: &[Lexeme], depth: usize) {
        let commands = line::commands(lexemes);
        if self.shell.is_posix() && is_fork_bomb(lexemes) {
            self.danger([
                "It starts itself over and over until the machine stands still.",
                "它會不斷啟動自己，直到電腦停擺。",
                "它会不断启动自己，直到电脑停摆。",
            ]);
        }
        let mut fetched = false;
        for command in &commands {
            let name = command
                .words
                .first()
                .map(|word| normal(self.shell, word))
                .unwrap_or_default();
            if fetched
                && command.is_piped
                && INTERPRETERS.contains(&called(self.shell, &command.words).as_str())
            {
                self.danger([
                    "It runs what it fetches from the network, unseen.",
                    "它會直接執行從網路取得的內容，沒人看過。",
                    "它会直接执行从网络取得的内容，没人看过。",
                ]);
            }
            fetched = (fetched && command.is_piped) || FETCHERS.contains(&name.as_str());
            self.command(command, depth);
        }
    }

    fn command(&mut self, command: &Simple, depth: usize) {
        self.words(&command.words, depth);
        for (operator, target) in &command.redirects {
            self.redirect(operator, target);
        }
        for word in &command.words {
            self.inside(word, depth);
        }
    }

    /// Commands whose output is put into a word.
    fn inside(&mut self, word: &str, depth: usize) {
        if depth == 0 || !self.shell.is_posix() || !word.contains(['$', '`', '(']) {
            return;
        }
        for inner in posix::inner_commands(word) {
            if let Ok(lexemes) = posix::lexemes(&inner) {
                self.line(&lexemes, depth - 1);
            }
        }
    }

    fn words(&mut self, words: &[String], depth: usize) {
        let Some(first) = words.first() else {
            return;
        };
        let name = normal(self.shell, first);
        let rest = &words[1..];
        let both = rest
            .first()
            .map(|next| format!("{name} {next}"))
            .unwrap_or_default();
        let row = table::find(&both, "").or_else(|| table::find(&name, ""));
        let told = rest
            .iter()
            .rev()
            .find_map(|word| table::find(&name, word)?.kind);
        match told {
            // `ssh -V` only says its version.
            Some(Kind::Reads) if rest.len() == 1 => return,
            Some(Kind::Deletes) => self.deletes(&name),
            Some(Kind::Changes) => self.at_least(Risk::Changes),
            _ => {}
        }
        match row.and_then(|row| row.kind) {
            Some(Kind::Reads) => {}
            Some(Kind::Changes) => self.at_least(Risk::Changes),
            Some(Kind::Deletes) => self.deletes(&name),
            Some(Kind::Sends) => self.sends(&name),
            Some(Kind::Administers) => self.administers(&name),
            Some(Kind::Calls) => self.calls(&name, rest, depth),
            None if name.starts_with('$') || name.is_empty() => self.at_least(Risk::Changes),
            None => self.unknown(&name),
        }
        self.options(&name, rest);
        if !matches!(row.and_then(|row| row.kind), Some(Kind::Calls)) || name == "find" {
            self.touch(&name, rest);
        }
        self.called_by_options(&name, rest, depth);
    }

    /// `sudo rm`, `xargs rm`: what is called counts as if it stood alone.
    fn calls(&mut self, name: &str, rest: &[String], depth: usize) {
        if matches!(name, "sudo" | "doas" | "su" | "pkexec" | "runas") {
            self.administers(name);
        }
        if depth > 0
            && let Some(at) = called_at(name, rest)
        {
            self.words(&rest[at..], depth - 1);
        }
    }

    /// `find -exec`, `bash -c`: commands that are told by an option.
    fn called_by_options(&mut self, name: &str, rest: &[String], depth: usize) {
        if depth == 0 {
            return;
        }
        if name == "find" {
            for (at, word) in rest.iter().enumerate() {
                if matches!(word.as_str(), "-exec" | "-execdir" | "-ok") {
                    let inner: Vec<String> = rest[at + 1..]
                        .iter()
                        .take_while(|word| {
                            !matches!(word.as_str(), ";" | "\\;" | "+" | "';'" | "\";\"")
                        })
                        .cloned()
                        .collect();
                    self.words(&inner, depth - 1);
                }
            }
        }
        let is_shell = INTERPRETERS.contains(&name);
        if is_shell
            && let Some(at) = rest.iter().position(|word| word == "-c")
            && let Some(script) = rest.get(at + 1)
        {
            match posix::lexemes(unquoted(script)) {
                Ok(lexemes) if self.shell.is_posix() => self.line(&lexemes, depth - 1),
                _ => self.at_least(Risk::Changes),
            }
        }
    }

    /// Options that change what a tool comes to.
    fn options(&mut self, name: &str, rest: &[String]) {
        let told = Told(rest);
        self.deleting_options(name, &told);
        self.overwriting_options(name, &told);
        self.sending_options(name, &told);
        let packs = |long: &str, letter: char| {
            let first = rest
                .first()
                .is_some_and(|one| !one.starts_with('-') && one.contains(letter));
            told.has(letter, long) || first
        };
        let changes = match name {
            "curl" => told.has('o', "--output") || told.has('O', "--remote-name"),
            "tar" => packs("--extract", 'x') || packs("--create", 'c'),
            "openssl" => told.says(&["-out"]),
            _ => false,
        };
        if changes {
            self.at_least(Risk::Changes);
        }
    }

    fn deleting_options(&mut self, name: &str, told: &Told<'_>) {
        let is_forced = told.says(&["--force", "--force-with-lease"]) || told.has('f', "--force");
        match name {
            "find" if told.says(&["-delete"]) => self.deletes("find -delete"),
            "rsync" if told.says(&["--delete"]) => self.deletes("rsync --delete"),
            "git" if told.says(&["--hard"]) => self.deletes("git"),
            "git" if told.says(&["clean", "push"]) && is_forced => self.deletes("git"),
            "crontab" if told.says(&["-r"]) => self.deletes("crontab"),
            "history" if told.has('c', "--clear") => self.deletes("history"),
            "rm" if told.says(&["/", "/*", "~", "~/", "$HOME", "*"]) => self.danger([
                "It deletes everything at that place.",
                "它會刪除該處的所有內容。",
                "它会删除该处的所有内容。",
            ]),
            _ => {}
        }
    }

    fn overwriting_options(&mut self, name: &str, told: &Told<'_>) {
        match name {
            "sed" if told.begins("-i") || told.begins("--in-place") => self.overwrites(),
            "perl" if told.has('i', "") => self.overwrites(),
            "sort" if told.has('o', "--output") => self.overwrites(),
            "tee" if !told.has('a', "--append") => self.overwrites(),
            "cp" | "mv" if !told.has('n', "--no-clobber") => self.warn([
                "A file of the same name at the destination is replaced.",
                "目的地若有同名檔案會被取代。",
                "目的地若有同名文件会被替换。",
            ]),
            "chmod" | "chown" if told.has('R', "--recursive") => self.danger([
                "It changes everything below the folder.",
                "它會更改資料夾內的所有項目。",
                "它会更改文件夹内的所有项目。",
            ]),
            _ => {}
        }
    }

    fn sending_options(&mut self, name: &str, told: &Told<'_>) {
        const BODIES: &[&str] = &[
            "-d",
            "--data",
            "-F",
            "--form",
            "-T",
            "--upload-file",
            "--data-binary",
            "--data-raw",
            "--json",
        ];
        let is_elsewhere = |last: &String| last.contains(':') && !last.contains(":\\");
        match name {
            "curl" if told.says(BODIES) => self.sends(name),
            "scp" | "rsync" if told.0.last().is_some_and(is_elsewhere) => self.sends(name),
            _ => {}
        }
    }

    fn redirect(&mut self, operator: &str, target: &str) {
        let bare = operator.trim_start_matches(|one: char| one.is_ascii_digit());
        let is_nowhere =
            target.starts_with("/dev/null") || target.starts_with('&') || bare.ends_with('&');
        if is_nowhere || target.eq_ignore_ascii_case("nul") || target == "$null" {
            return;
        }
        match bare {
            ">" | ">|" | "&>" if target.starts_with("/dev/") => self.deletes(target),
            ">" | ">|" | "&>" => self.overwrites(),
            ">>" | "&>>" => self.at_least(Risk::Changes),
            _ => {}
        }
        if bare.contains('>') || bare == "<" {
            self.touched(target);
        }
    }

    fn touch(&mut self, name: &str, rest: &[String]) {
        // The first word of these is a pattern or a program and no file.
        let skips = matches!(
            name,
            "grep" | "egrep" | "fgrep" | "sed" | "awk" | "rg" | "echo" | "printf" | "findstr"
        );
        let mut operands = rest.iter().filter(|word| !word.starts_with('-'));
        if skips {
            operands.next();
        }
        let paths: Vec<&String> = operands
            .filter(|word| {
                looks_like_path(word) && !(self.shell == Shell::Cmd && word.starts_with('/'))
            })
            .collect();
        for path in paths {
            self.touched(path);
        }
    }

    fn touched(&mut self, path: &str) {
        let path = unquoted(path).to_owned();
        if !path.is_empty() && !self.touches.contains(&path) && self.touches.len() < 40 {
            self.touches.push(path);
        }
    }

    fn at_least(&mut self, risk: Risk) {
        self.risk = self.risk.max(risk);
    }

    fn warn(&mut self, words: [&str; 3]) {
        let warning = self.speech.pick(words).to_owned();
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    fn danger(&mut self, words: [&str; 3]) {
        self.at_least(Risk::Dangerous);
        self.warn(words);
    }

    fn named(&mut self, name: &str, words: [&str; 3]) {
        let said = words.map(|words| words.replace("{}", name));
        self.danger([&said[0], &said[1], &said[2]]);
    }

    fn deletes(&mut self, name: &str) {
        self.named(
            name,
            [
                "{} deletes or destroys, and there is no bin to get it back from.",
                "{} 會刪除或毀掉資料，沒有資源回收筒可以救回。",
                "{} 会删除或毁掉数据，没有回收站可以救回。",
            ],
        );
    }

    fn overwrites(&mut self) {
        self.danger([
            "It replaces what is in a file.",
            "它會取代檔案原有的內容。",
            "它会替换文件原有的内容。",
        ]);
    }

    fn sends(&mut self, name: &str) {
        self.named(
            name,
            [
                "{} sends something to another machine.",
                "{} 會把內容送到另一台機器。",
                "{} 会把内容发送到另一台机器。",
            ],
        );
    }

    fn administers(&mut self, name: &str) {
        self.named(
            name,
            [
                "{} needs the rights of an administrator.",
                "{} 需要系統管理員權限。",
                "{} 需要系统管理员权限。",
            ],
        );
    }

    fn unknown(&mut self, name: &str) {
        self.at_least(Risk::Changes);
        let said = [
            "Deskhand does not know {}.",
            "Deskhand 不認識 {}。",
            "Deskhand 不认识 {}。",
        ]
        .map(|words| words.replace("{}", name));
        self.warn([&said[0], &said[1], &said[2]]);
    }
}

/// What a tool was told.
struct Told<'a>(&'a [String]);

impl Told<'_> {
    /// Whether an option is there, by its letter, be it among others, or by its long name.
    fn has(&self, letter: char, long: &str) -> bool {
        let is_short = |word: &str| word.starts_with('-') && !word.starts_with("--");
        let mut words = self.0.iter();
        words.any(|word| word == long || (is_short(word) && word.contains(letter)))
    }

    /// Whether one of these words is there.
    fn says(&self, wanted: &[&str]) -> bool {
        self.0.iter().any(|word| wanted.contains(&word.as_str()))
    }

    /// Whether a word begins so.
    fn begins(&self, start: &str) -> bool {
        self.0.iter().any(|word| word.starts_with(start))
    }
}

/// The program that a command comes to, behind `sudo` and its like.
fn called(shell: Shell, words: &[String]) -> String {
    let Some(first) = words.first() else {
        return String::new();
    };
    let name = normal(shell, first);
    let calls = table::find(&name, "").is_some_and(|row| row.kind == Some(Kind::Calls));
    match called_at(&name, &words[1..]).filter(|_| calls) {
        Some(at) => called(shell, &words[1 + at..]),
        None => name,
    }
}

/// Where behind a caller's own options the called command begins.
fn called_at(name: &str, rest: &[String]) -> Option<usize> {
    let mut at = 0;
    while let Some(word) = rest.get(at) {
        if word.starts_with('-') && word.len() > 1 {
            let takes_value = table::find(name, word).is_some_and(|row| row.takes_value);
            at += if takes_value { 2 } else { 1 };
        } else if (word.contains('=') && matches!(name, "env" | "sudo"))
            || (name == "timeout" && at == 0)
        {
            at += 1;
        } else {
            return (name != "find").then_some(at);
        }
    }
    None
}

/// A function whose body calls itself twice, with a pipe between.
fn is_fork_bomb(lexemes: &[Lexeme]) -> bool {
    let text: String = lexemes.iter().map(Lexeme::text).collect();
    text.contains("(){") && text.contains("|") && text.contains("&}")
}
