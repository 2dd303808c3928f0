//! Every language with texts that are taken and bad twins of them that are refused, with the place.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use parsers::{Language, check, jq};
use serde_json::json;

#[track_caller]
fn good(language: Language, texts: &[&str]) {
    for text in texts {
        if let Err(flaw) = check(language, text) {
            panic!("{}: {flaw}\n{text}", language.name());
        }
    }
}

#[track_caller]
fn bad(language: Language, texts: &[(&str, &str)]) {
    for (text, part) in texts {
        match check(language, text) {
            Ok(facts) => panic!("{} took {facts:?}\n{text}", language.name()),
            Err(flaw) => assert!(
                flaw.to_string().contains(part),
                "{}: {flaw:?} does not say {part:?}\n{text}",
                language.name()
            ),
        }
    }
}

/// What is read off a text, as `name=value` in order.
#[track_caller]
fn facts(language: Language, text: &str, expected: &str) {
    let facts = check(language, text).unwrap();
    let facts: Vec<String> = facts
        .iter()
        .map(|fact| format!("{}={}", fact.name, fact.value))
        .collect();
    assert_eq!(facts.join("; "), expected);
}

#[test]
fn every_language_is_known_by_its_name_and_refuses_nothing_at_all() {
    for language in Language::ALL {
        assert_eq!(Language::named(language.name()), Some(language));
        assert!(check(language, " \n").is_err());
    }
    assert_eq!(Language::named("YML"), Some(Language::Yaml));
    assert_eq!(Language::named("cobol"), None);
}

#[test]
fn python() {
    good(
        Language::Python,
        &[
            "print('hi')\n",
            "async def f(a: int, /, *b, **c) -> list[int]:\n    return [x async for x in g(a)]\n",
            "match point:\n    case (0, y):\n        pass\n    case _:\n        raise ValueError\n",
            "x = f\"{a!r:>{width}}\"\n",
        ],
    );
    bad(
        Language::Python,
        &[
            ("def f(:\n    pass\n", "line 1"),
            ("x = 1\nfor i in range(3)\n    print(i)\n", "line"),
            ("print 'hi'\n", "Python 2"),
            ("x = (1, 2\n", "line"),
            ("if a:\n  \tb = 1\n", "tabs"),
        ],
    );
    facts(
        Language::Python,
        "import os, numpy as np\nfrom a.b import c\n\ndef f():\n    pass\n",
        "imports=os, numpy, a; defines=f",
    );
}

#[test]
fn scripts() {
    good(
        Language::Bash,
        &[
            "#!/usr/bin/env bash\nset -euo pipefail\nfor f in *.txt; do echo \"$f\"; done\n",
            "if [[ $# -ne 1 ]]; then echo usage >&2; exit 2; fi\n",
            "cat <<EOF\nhello $USER\nEOF\n",
        ],
    );
    bad(
        Language::Bash,
        &[
            ("for f in *.txt; do echo $f\n", "line"),
            ("if true; then echo a\n", "line"),
            ("echo \"abc\n", "line"),
        ],
    );
    facts(Language::Bash, "f() { ls; }\nf | wc -l\n", "calls=ls, wc");
    good(
        Language::JavaScript,
        &["const a = (x) => x ?? 1;\nexport default a;\n"],
    );
    bad(
        Language::JavaScript,
        &[
            ("function f( { return 1 }\n", "line"),
            ("const = 3;\n", "line 1"),
        ],
    );
    good(
        Language::TypeScript,
        &["interface A { b?: string }\nconst f = <T,>(x: T): T => x;\n"],
    );
    bad(Language::TypeScript, &[("const x: = 3;\n", "line 1")]);
}

#[test]
fn pages() {
    good(
        Language::Html,
        &[
            "<ul><li>a<li>b</ul><br><img src=x alt=y>",
            "<!doctype html><title>a</title><p>b",
        ],
    );
    bad(
        Language::Html,
        &[
            ("<div><p>a</p>", "<div> is not closed"),
            ("<p>a</b></p>", "closes nothing"),
            ("only words", "no element"),
        ],
    );
    good(
        Language::Css,
        &["a { color: red; }\n@media (width > 10px) { b { margin: 0 } }\n"],
    );
    bad(
        Language::Css,
        &[("a { color red }", "line"), ("a { : red; }", "line")],
    );
}

#[test]
fn data() {
    good(Language::Json, &["{\"a\": [1, 2.5e3, null]}"]);
    bad(
        Language::Json,
        &[("{'a': 1}", "line 1"), ("{\"a\": 1,}", "line 1")],
    );
    good(Language::Yaml, &["a:\n  - b: 1\n    c: \"x: y\"\n"]);
    bad(Language::Yaml, &[("a: [1, 2\n", ""), ("a:\n\t- b\n", "")]);
    good(Language::Toml, &["[a]\nb = 1\n"]);
    bad(
        Language::Toml,
        &[("[a]\nb = \n", "line 2"), ("a = 1\na = 2\n", "")],
    );
    good(Language::Csv, &["a,b\n1,\"x, y\"\n"]);
    bad(Language::Csv, &[("a,b\n1,2,3\n", "line 2")]);
    good(
        Language::Sql,
        &["SELECT a FROM b WHERE c = 1; DELETE FROM d"],
    );
    bad(
        Language::Sql,
        &[("SELEC a FROM b", ""), ("SELECT a FROM", "")],
    );
}

#[test]
fn dockerfiles() {
    good(
        Language::Dockerfile,
        &[
            "FROM python:3.12-slim\nRUN pip install \\\n    flask \\\n    gunicorn\nEXPOSE 8000/tcp\nCMD [\"gunicorn\", \"app:app\"]\n",
            "ARG V=1\nFROM a:${V} AS build\nCOPY . .\nFROM b\nCOPY --from=build /x /y\nCOPY --from=nginx:1 /x /y\n",
            "FROM a\nRUN <<EOF\napt-get update\nEOF\n",
        ],
    );
    bad(
        Language::Dockerfile,
        &[
            ("RUN ls\n", "before FROM"),
            ("FROM a\nINSTALL b\n", "line 2: INSTALL is no instruction"),
            ("FROM a\nCOPY x\n", "line 2"),
            ("FROM a\nEXPOSE http\n", "no port"),
            ("FROM a\nCMD ['a', 'b']\n", "JSON"),
            ("FROM a\nCOPY --from=build /x /y\n", "no stage"),
            ("FROM a\nENV A\n", "name=value"),
            ("FROM a b c\n", "FROM"),
            ("FROM a\nRUN x \\\n", "goes on"),
        ],
    );
    facts(
        Language::Dockerfile,
        "FROM node:22 AS build\nFROM nginx\nEXPOSE 80\n",
        "base=node:22, nginx; stages=2; ports=80",
    );
}

#[test]
fn compose_files() {
    good(
        Language::Compose,
        &[
            "services:\n  web:\n    build: .\n    ports:\n      - \"127.0.0.1:8000:80\"\n      - 9000\n    depends_on: [db]\n    volumes: [\"./a:/a\", \"data:/b\"]\n  db:\n    image: postgres:16\nvolumes:\n  data:\n",
        ],
    );
    bad(
        Language::Compose,
        &[
            ("web:\n  image: a\n", "no key of a Compose file"),
            (
                "services:\n  web:\n    ports: [\"80:80\"]\n",
                "neither image nor build",
            ),
            (
                "services:\n  web:\n    image: a\n    depends_on: [db]\n",
                "no service",
            ),
            (
                "services:\n  web:\n    image: a\n    volumes: [\"data:/b\"]\n",
                "volume data is not declared",
            ),
            (
                "services:\n  web:\n    image: a\n    ports: [\"http:80\"]\n",
                "no port",
            ),
            (
                "services:\n  web:\n    image: a\n    networks: [back]\n",
                "network back",
            ),
            ("services:\n  web:\n    imagee: a\n", "line 3: imagee"),
            (
                "services:\n  web:\n    image: a\n    restart: sometimes\n",
                "restart",
            ),
            ("services: []\n", "no services"),
        ],
    );
}

#[test]
fn nginx_files() {
    good(
        Language::Nginx,
        &[
            "server {\n    listen 80 default_server;\n    server_name a.b *.c;\n    location ~ \\.(jpg|png)$ { expires 30d; }\n    location / { proxy_pass http://127.0.0.1:3000; proxy_set_header Host $host; }\n}\n",
            "upstream app { server 10.0.0.1:80; server 10.0.0.2:80 backup; }\nmap $http_upgrade $connection_upgrade { default upgrade; '' close; }\nserver { listen [::]:443 ssl; location ~ ^/a{2}$ { return 301 https://$host$request_uri; } }\n",
        ],
    );
    bad(
        Language::Nginx,
        &[
            (
                "server {\n    listen 80\n    root /a;\n}\n",
                "line 2: listen does not end in ;",
            ),
            ("server {\n    listen 80;\n", "not closed"),
            (
                "server {\n    listn 80;\n}\n",
                "line 2: listn is no directive",
            ),
            ("location / { root /a; }\n", "may not stand"),
            ("server { proxy_pass 127.0.0.1:80; }\n", "http://"),
            ("server { listen 99999; }\n", "no port"),
            ("server { root /a }\n", "does not end in ;"),
            ("}\n", "closes nothing"),
            ("server { add_header A \"b; }\n", "quotation"),
        ],
    );
    facts(
        Language::Nginx,
        "server { listen 80; server_name a b; location /x { root /y; } }",
        "listens=80; names=a, b; locations=/x",
    );
}

#[test]
fn units() {
    good(
        Language::Systemd,
        &[
            "[Unit]\nDescription=A\nConditionPathExists=/a\n[Service]\nExecStartPre=-/bin/true\nExecStart=/a/b --c \\\n  d\nRestart=on-failure\nUser=u\n[Install]\nWantedBy=multi-user.target\n",
            "[Timer]\nOnCalendar=daily\nPersistent=true\n",
        ],
    );
    bad(
        Language::Systemd,
        &[
            ("[Servce]\nExecStart=/a\n", "no section"),
            ("[Service]\nExecStart=node a.js\n", "whole path"),
            ("[Service]\nUser=a\n", "no ExecStart"),
            (
                "[Service]\nExecStart=/a\nRestrat=always\n",
                "line 3: Restrat",
            ),
            ("[Service]\nType=quick\nExecStart=/a\n", "no type"),
            ("[Service]\nExecStart=/a\nRestart=never\n", "restart"),
            ("[Timer]\nPersistent=true\n", "no time"),
            ("ExecStart=/a\n", "before a section"),
            ("[Service]\nExecStart /a\n", "Key=value"),
        ],
    );
}

#[test]
fn diagrams() {
    good(
        Language::Mermaid,
        &[
            "flowchart TD\n    A[\"Order (new)\"] --> B{In stock?}\n    B -->|yes| C([Pack]) --> D\n    B -- no --> E[(Store)]:::late\n    C & D -.-> F\n    subgraph one\n        F ==> G\n    end\n    style A fill:#fff\n",
            "graph LR; A-->B; B---C",
            "flowchart LR\n    开始[开始] --> 结束((结束))\n",
            "sequenceDiagram\n    participant A as 浏览器\n    A->>+B: hi\n    loop every day\n        B-->>-A: 好\n    end\n    Note over A,B: done\n",
            "stateDiagram-v2\n    [*] --> Open\n    Open --> Closed : close\n    state Closed {\n        a --> b\n    }\n",
            "erDiagram\n    A ||--o{ B : has\n    A {\n        int id PK\n    }\n",
            "classDiagram\n    Animal <|-- Duck\n    class Duck {\n        +swim()\n    }\n    Animal : +int age\n",
            "gantt\n    title A\n    dateFormat YYYY-MM-DD\n    section S\n    Task :a1, 2024-01-01, 30d\n",
            "pie title Pets\n    \"Dogs\" : 3.5\n",
            "mindmap\n  root((a))\n    b\n      c\n    d\n",
            "journey\n    title Day\n    section Go\n      Work: 5: Me\n",
            "timeline\n    title T\n    2002 : LinkedIn\n",
            "gitGraph\n    commit\n    branch dev\n    checkout dev\n    commit\n    checkout main\n    merge dev\n",
        ],
    );
    bad(
        Language::Mermaid,
        &[
            ("flowchart XX\n    A --> B\n", "direction"),
            ("flowchart TD\n    A[text --> B\n", "line 2"),
            ("flowchart TD\n    A[f(x)] --> B\n", "quotation"),
            ("flowchart TD\n    A -> \n", "line 2"),
            ("flowchart TD\n    end --> B\n", "line 2"),
            ("flowchart TD\n    subgraph a\n    B --> C\n", "not closed"),
            ("flowchart TD\n    A -->|yes B\n", "line 2"),
            ("flowchart TD\n", "nothing to draw"),
            ("sequenceDiagram\n    A->>B\n", "text"),
            ("sequenceDiagram\n    A sends B\n", "no message"),
            ("sequenceDiagram\n    loop x\n    A->>B: c\n", "not closed"),
            (
                "stateDiagram-v2\n    In progress --> Done\n",
                "name of a state",
            ),
            ("erDiagram\n    A has B\n", "line 2"),
            ("erDiagram\n    A ||--o{ B\n", "words"),
            ("pie\n    Dogs : 3\n", "\"name\""),
            ("mindmap\n  a\n  b\n", "second root"),
            ("gitGraph\n    checkout dev\n", "no branch"),
            ("drawing\n    A\n", "no kind"),
        ],
    );
    facts(
        Language::Mermaid,
        "graph TD\nA-->B",
        "diagram=flowchart; drawn=2",
    );
}

#[test]
fn git_commands() {
    good(
        Language::Git,
        &[
            "git commit -am \"a; b\"\ngit push -u origin main",
            "git reset --soft HEAD~1 && git status -sb",
            "$ git log --oneline -5 | head -3",
            "git -C /a stash push -u -m 'x'",
            "git checkout -- a.txt",
        ],
    );
    bad(
        Language::Git,
        &[
            ("rm -rf .", "not git"),
            ("git undo", "no command undo"),
            ("git branch --rename a b", "no option --rename"),
            ("git commit -m 'a", "quotation"),
            ("git", "no subcommand"),
        ],
    );
    facts(
        Language::Git,
        "git fetch\ngit reset --hard origin/main",
        "uses=fetch, reset; loses=changes that are not committed",
    );
}

#[test]
fn commit_messages() {
    good(
        Language::Commit,
        &[
            "feat(ui): add a button",
            "fix!: 修复登录\n\n之前会失败。",
            "docs: x\n\nbody\n\nRefs: #1",
        ],
    );
    bad(
        Language::Commit,
        &[
            ("added a button", "type: subject"),
            ("feature: add", "no type"),
            ("feat: add a button.", "full stop"),
            ("feat(: add", "scope"),
            ("feat: a\nb", "second line"),
            (&format!("feat: {}", "x".repeat(80)), "characters"),
        ],
    );
}

#[track_caller]
fn gives(filter: &str, expected: &[serde_json::Value]) {
    let input = json!([{"n": "a", "v": 3}, {"n": "b", "v": 1}]);
    assert_eq!(jq::run(filter, &input).unwrap(), expected, "{filter}");
}

#[test]
fn filters_are_run_on_a_sample() {
    gives("map(.v) | add", &[json!(4)]);
    gives(".[] | select(.v > 2) | .n", &[json!("a")]);
    gives(
        "sort_by(.v) | map({n, double: (.v * 2)})",
        &[json!([{"n": "b", "double": 2}, {"n": "a", "double": 6}])],
    );
    gives(".[0] | .repeat", &[json!(null)]);
    for (filter, part) in [
        ("[repeat(1)]", "repeat is not allowed"),
        ("def f: f; f", "def is not allowed"),
        ("$ENV.HOME", "not allowed"),
        ("map(.v", "no filter"),
        ("nosuch(.)", "nosuch"),
    ] {
        let flaw = jq::check(filter).unwrap_err().to_string();
        assert!(flaw.contains(part), "{flaw}");
    }
    assert!(jq::run(".[0].n + 1", &json!([{"n": "a"}])).is_err());
}
