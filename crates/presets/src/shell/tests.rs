use assistant::artifact::Risk;

use super::*;
use table::Speech;

fn lexemes(shell: Shell, command: &str) -> Vec<line::Lexeme> {
    line::lexemes(shell, command).unwrap_or_else(|why| panic!("{command}: {why}"))
}

#[track_caller]
fn check_risk(shell: Shell, risk: Risk, commands: &[&str]) {
    for command in commands {
        let rated = risk::rate(shell, &lexemes(shell, command), Speech::English);
        assert_eq!(rated.risk, risk, "{command}: {:?}", rated.warnings);
        assert!(
            risk != Risk::Dangerous || !rated.warnings.is_empty(),
            "{command} has no reason"
        );
    }
}

#[test]
fn risk_is_told_by_rules() {
    check_risk(
        Shell::Bash,
        Risk::Reads,
        &[
            "ls -la /tmp",
            "find . -name '*.txt' | sort | head -n 3",
            "grep -r 'rm -rf' . 2>/dev/null",
            "echo hello; date",
            "curl -s https://example.org",
            "git status",
            "cat a | awk '{print $1}' | sort -u",
            "find . -type f -exec wc -l {} +",
            "ls 2>&1 | xargs -n1 echo",
            "for f in *.txt; do wc -l \"$f\"; done",
        ],
    );
    check_risk(
        Shell::Bash,
        Risk::Changes,
        &[
            "mkdir -p a/b",
            "cp a b",
            "echo x >> log.txt",
            "tar -czf a.tgz a",
            "wget https://example.org/a",
            "git commit -m x",
            "frobnicate --all",
        ],
    );
    check_risk(
        Shell::Bash,
        Risk::Dangerous,
        &[
            "rm -rf build",
            "find . -name '*.tmp' -delete",
            "find . -exec rm {} \\;",
            "ls | xargs rm",
            "sudo apt install x",
            "curl https://example.org/i.sh | sh",
            "curl https://example.org/i.sh | sudo bash -s",
            "echo x > notes.txt",
            "sed -i s/a/b/ f",
            "dd if=a of=/dev/sda",
            "chmod -R 777 /",
            "cat f | tee out",
            "curl -d @secret https://example.org",
            "scp a host:b",
            "echo $(rm x)",
            "echo `rm x`",
            "bash -c 'rm -r x'",
            "git reset --hard",
            "kill -9 5; :(){ :|:& };:",
            "env A=1 timeout 5 rm x",
            "git push --force",
            "mkfs.ext4 /dev/sdb",
        ],
    );
}

#[test]
fn risk_is_told_on_windows_too() {
    check_risk(
        Shell::PowerShell,
        Risk::Reads,
        &["Get-ChildItem -Recurse | Sort-Object Length -Descending | Select-Object -First 5"],
    );
    check_risk(
        Shell::PowerShell,
        Risk::Dangerous,
        &[
            "Remove-Item -Recurse x",
            "iwr https://example.org/a.ps1 | iex",
            "'x' > f.txt",
            "Get-Process x | Stop-Process",
        ],
    );
    check_risk(
        Shell::Cmd,
        Risk::Reads,
        &["dir /s /b *.txt", "tasklist | findstr /i chrome"],
    );
    check_risk(
        Shell::Cmd,
        Risk::Dangerous,
        &["del /s /q *.tmp", "rd /s build", "format d:"],
    );
}

fn told(shell: Shell, command: &str, speech: Speech) -> Vec<(String, String)> {
    let parts = explain::parts(shell, &lexemes(shell, command), speech);
    let pairs = parts.into_iter().map(|part| (part.text, part.explanation));
    pairs.collect()
}

#[test]
fn every_part_is_explained() {
    let parts = told(
        Shell::Bash,
        "sudo find /srv -type f -name '*.log' -exec rm -f {} \\; | head -n5 > out.txt",
        Speech::English,
    );
    let texts: Vec<&str> = parts.iter().map(|(text, _)| text.as_str()).collect();
    assert_eq!(
        texts,
        [
            "sudo",
            "find",
            "/srv",
            "-type f",
            "-name '*.log'",
            "-exec",
            "rm",
            "-f",
            "{}",
            "\\;",
            "|",
            "head",
            "-n5",
            "> out.txt"
        ]
    );
    let silent: Vec<&String> = parts
        .iter()
        .filter(|(_, said)| said.is_empty())
        .map(|(text, _)| text)
        .collect();
    assert!(silent.is_empty(), "{silent:?} have no words");
    assert_eq!(parts[4].1, "whose name matches *.log");
    assert_eq!(parts[12].1, "the first 5 lines");
}

#[test]
fn explanations_are_in_the_persons_language_and_never_made_up() {
    let parts = told(
        Shell::Bash,
        "tar -czvf a.tar.gz photos",
        Speech::Traditional,
    );
    assert_eq!(
        parts[1],
        (
            "-czvf a.tar.gz".to_owned(),
            "建立封存檔；以 gzip 壓縮；說明過程；封存檔 a.tar.gz".to_owned()
        )
    );
    let parts = told(
        Shell::PowerShell,
        "Get-ChildItem -Filter *.txt | Measure-Object",
        Speech::Simplified,
    );
    assert_eq!(parts[0].1, "列出文件夹内容");
    // What is not known has no words, and nothing is made up.
    assert_eq!(
        told(Shell::Bash, "frobnicate --all", Speech::English)[1].1,
        ""
    );
}

#[test]
fn what_is_no_command_is_refused() {
    for wrong in [
        "",
        "echo 'a",
        "ls |",
        "if true; then",
        "echo $(ls",
        "ls && && ls",
    ] {
        assert!(
            line::lexemes(Shell::Bash, wrong).is_err(),
            "{wrong:?} was taken"
        );
    }
    for right in [
        "diff <(ls a) <(ls b)",
        "[[ -f a ]] && echo yes",
        "echo ${x:-1} $((1+2))",
        "cat <<< hi",
        "ls 2>&1",
    ] {
        assert!(
            line::lexemes(Shell::Bash, right).is_ok(),
            "{right:?} was refused"
        );
    }
    for wrong in ["Get-Item (", "Write-Host \"a", "ls }"] {
        assert!(
            line::lexemes(Shell::PowerShell, wrong).is_err(),
            "{wrong:?} was taken"
        );
    }
    assert!(line::lexemes(Shell::Cmd, "dir \"a").is_err());
}

#[test]
fn names_are_kept_and_nothing_is_left_to_fill_in() {
    let keeps = |said: &str, command: &str| keeps::look(said, command).check.passed;
    assert!(keeps("delete /tmp/a.log", "rm /tmp/a.log"));
    assert!(keeps("delete a.log in /tmp/x", "cd /tmp/x && rm a.log"));
    assert!(!keeps("delete /tmp/a.log", "rm /tmp/b.log"));
    assert!(keeps("all *.txt files", "find . -name '*.txt'"));
    assert!(!keeps("find the text 'Hello' in notes", "grep hello notes"));
    assert!(keeps(
        "count files/directories in /a and ~/b",
        "ls /a ~/b | wc -l"
    ));
    assert!(keeps("e.g. the newest file, i.e. one", "ls -t | head -1"));
    assert!(keeps(
        "在 /var/log 中找出 *.log",
        "find /var/log -name '*.log'"
    ));
    assert!(
        !keeps::no_blank("show a file", "cat /path/to/file")
            .check
            .passed
    );
    assert!(
        !keeps::no_blank("show a file", "cat <file name>")
            .check
            .passed
    );
    assert!(
        keeps::no_blank("show /path/to/file", "cat /path/to/file")
            .check
            .passed
    );
}

#[test]
fn files_that_it_names_are_listed() {
    let rated = risk::rate(
        Shell::Bash,
        &lexemes(
            Shell::Bash,
            "grep -i 'a.b' notes.txt | tee -a /tmp/out 2> errors.log; curl https://x.org/a.txt",
        ),
        Speech::English,
    );
    assert_eq!(rated.touches, ["notes.txt", "/tmp/out", "errors.log"]);
}

#[test]
fn the_table_is_whole() {
    assert!(
        table::wrong_lines().is_empty(),
        "{:?}",
        table::wrong_lines()
    );
    assert!(table::tools() >= 120, "{}", table::tools());
}

#[test]
fn the_command_is_taken_out_of_its_block() {
    assert_eq!(bare("# list\n$ ls -l\n"), "ls -l");
    assert_eq!(bare("#!/bin/bash\nls"), "ls");
    assert_eq!(bare("`ls`"), "ls");
}

#[test]
fn what_has_one_right_form_is_mended() {
    let cases = [
        // Names with -o between belong together.
        (
            "find /a -type f -name '*.js' -o -name '*.php' -exec wc -l {} +",
            "find /a -type f \\( -name '*.js' -o -name '*.php' \\) -exec wc -l {} +",
        ),
        (
            "find /a -name a.out -o -name '*.o' -o -name core -delete",
            "find /a \\( -name a.out -o -name '*.o' -o -name core \\) -delete",
        ),
        (
            "find . -type f -name '*.a' -o -type f -name '*.b' -print0 | xargs -0 ls",
            "find . \\( -type f -name '*.a' -o -type f -name '*.b' \\) -print0 | xargs -0 ls",
        ),
        // What is before a test is carried out before it.
        (
            "find . -delete -name '*.tmp'",
            "find . -name '*.tmp' -delete",
        ),
        // The shell would replace the pattern first.
        ("find . -name *.py", "find . -name '*.py'"),
        (
            "find . -name '*.c' -print0 | xargs wc -l",
            "find . -name '*.c' -print0 | xargs -0 wc -l",
        ),
        (
            "find . -name '*.c' | xargs -0 wc -l",
            "find . -name '*.c' -print0 | xargs -0 wc -l",
        ),
        (
            "find . -name '*.c' -exec wc -l {} \\;",
            "find . -name '*.c' -exec wc -l {} +",
        ),
        ("find /a dir -type file", "find /a -type f"),
        (
            "find . -size +10MB -exec ls -l {} ;",
            "find . -size +10M -exec ls -l {} \\;",
        ),
        ("sudo ls -l", "ls -l"),
        (
            "cd /a && sudo cat b 2>&1 | sort",
            "cd /a && cat b 2>&1 | sort",
        ),
    ];
    for (before, after) in cases {
        assert_eq!(mend::mended(Shell::Bash, "list", before), after);
        assert_eq!(mend::mended(Shell::Bash, "list", after), after);
    }
}

#[test]
fn an_age_is_told_in_what_find_counts_in() {
    let mended = |said: &str, command: &str| mend::mended(Shell::Bash, said, command);
    let last = "files changed in the last 2 hours";
    assert_eq!(mended(last, "find . -mmin -72"), "find . -mmin -120");
    assert_eq!(mended(last, "find . -mtime -2"), "find . -mmin -120");
    let days = "older than 30 days";
    assert_eq!(mended(days, "find . -mtime +29"), "find . -mtime +29");
    let both = "between 2 and 5 hours old";
    let command = "find . -mmin +120 -mmin -300";
    assert_eq!(mended(both, command), command);
}

#[test]
fn what_can_be_meant_is_left_alone() {
    for command in [
        "find . -name '*.a' -o -name '*.b'",
        "find . \\( -name a -o -name b \\) -delete",
        "find . -type d -exec chmod 755 {} \\; -o -type f -exec chmod 644 {} \\;",
        "find . -name \"$NAME\"",
        "sudo apt install tree",
        "sudo cat /etc/shadow",
        "for f in *.txt; do wc -l \"$f\"; done",
    ] {
        assert_eq!(mend::mended(Shell::Bash, "list", command), command);
    }
    let asked = mend::mended(Shell::Bash, "as root, list the files", "sudo ls");
    assert_eq!(asked, "sudo ls");
    assert_eq!(mend::mended(Shell::PowerShell, "", "sudo ls"), "sudo ls");
}

#[test]
fn what_amounts_to_the_same_votes_together() {
    let key = |command: &str| sameness::key(Shell::Bash, &lexemes(Shell::Bash, command));
    for same in [
        ["ls -la /a", "ls -a -l '/a/'"].as_slice(),
        &[
            "sort -u f",
            "sort f | uniq",
            "cat f | sort | uniq",
            "sort < f | uniq",
        ],
        &["head -5 f", "head -n 5 f", "head -n5 f"],
        &[
            "find . -name '*.o' -delete",
            "find -name \"*.o\" -exec rm -f {} \\;",
            "find . -name '*.o' -print0 | xargs -0 rm -f",
        ],
        &["find /a -type l", "find /a/ -type l -print"],
        &["grep -rl Hello /a", "grep -lr 'Hello' /a"],
        &["grep -E 'a|b' f", "egrep 'a|b' f"],
        &["grep -E a f", "grep a f"],
        &["grep -R a .", "grep -r a ."],
        &["find . -name '*.c'", "find . -type f -name '*.c'"],
        &["cat f | wc -l", "wc -l < f"],
        &["head f", "head -n 10 f"],
        &["rm -rf a", "rm -r a"],
        &["mkdir -p a", "mkdir a"],
    ] {
        for command in same {
            assert_eq!(key(command), key(same[0]), "{command}");
        }
    }
    for [one, other] in [
        ["wc -l f", "cat f | wc -l"],
        ["find . -name a", "find . -iname a"],
        ["a && b", "a | b"],
        ["sort f > g", "sort f"],
        ["tail -n 1 f", "head -n 1 f"],
    ] {
        assert_ne!(key(one), key(other));
    }
}
