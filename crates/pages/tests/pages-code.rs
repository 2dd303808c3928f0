//! Code of a page that is changed by hand: what is read back into the plan, what becomes a page of its
//! own, and what takes the place of nothing.

mod page;

use assistant::artifact::{PageFact, PageResult};
use page::{NASTY, plan};
use pages::PageCode;
use pages::code::take;
use pages::plan::PagePlan;
use pages::task::rendered;

fn made() -> PageResult {
    let facts = [PageFact {
        kind: "price".to_owned(),
        text: "£10".to_owned(),
        is_present: true,
    }];
    rendered(&plan(0, ""), &facts)
}

/// What comes of the page's code with one text in the place of another.
fn with(old: &str, new: &str) -> PageCode {
    let page = made();
    assert!(page.html.contains(old), "{old} is not in the page");
    take(&page, &page.html.replace(old, new))
}

#[track_caller]
fn refused(old: &str, new: &str, rule: &str, said: &str) {
    let code = with(old, new);
    let finding = &code.audit[0];
    assert!(code.page.is_none(), "{new} was taken: {:?}", code.audit);
    assert!(!finding.passed);
    assert!(
        code.audit
            .iter()
            .any(|one| !one.passed && one.rule == rule && one.detail.contains(said)),
        "{new}: {:?}",
        code.audit
    );
}

#[test]
fn a_text_that_is_written_over_goes_into_the_plan() {
    let page = made();
    for (old, new) in [
        ("Heading of hero", "Warm &amp; early"),
        ("Some words, number 2.", "Other words."),
    ] {
        let place = page.html.find(old).unwrap();
        let html = format!(
            "{}{new}{}",
            &page.html[..place],
            &page.html[place + old.len()..]
        );
        let changed = take(&page, &html).page.unwrap();
        assert_eq!(changed.html, html);
        let plan = PagePlan::read(&changed.plan).unwrap();
        assert_ne!(plan, PagePlan::read(&page.plan).unwrap());
    }
    // Whatever a text says, it is read as it was meant.
    let nasty = rendered(&plan(1, NASTY), &[]);
    let html = nasty
        .html
        .replacen("A lead that says", "A line that says", 1);
    assert_eq!(take(&nasty, &html).page.map(|page| page.html), Some(html));
    // Nothing was changed but the ends of lines.
    let same = take(&page, page.html.replace('\n', "\r\n").trim_end());
    assert_eq!(same.page.unwrap(), page);
}

#[test]
fn any_other_change_makes_it_a_page_of_its_own() {
    let code = with(
        "<main id=\"content\">",
        "<main id=\"content\" class=\"mine\">",
    );
    let page = code.page.unwrap();
    assert!(page.plan.is_empty() && page.html.contains("class=\"mine\""));
    assert!(
        page.audit.iter().all(|finding| finding.passed),
        "{:?}",
        page.audit
    );
    assert_eq!(page.sections.len(), made().sections.len());
    assert_eq!(page.title, "Title");
    assert!(page.facts[0].is_present);
    let rules: Vec<&str> = page.audit.iter().map(|one| one.rule.as_str()).collect();
    for rule in ["markup", "style", "contrast", "network", "size", "headings"] {
        assert!(rules.contains(&rule), "{rule} was not looked at");
    }
    // Such a page can be changed on.
    let again = take(
        &page,
        &page.html.replace("class=\"mine\"", "class=\"yours\""),
    );
    assert!(again.page.unwrap().html.contains("yours"));
    // What is lost of the brief is told.
    let lost = take(&page, &page.html.replace("£10", "£11"));
    assert!(!lost.page.unwrap().facts[0].is_present);
}

#[test]
fn what_is_broken_takes_the_place_of_nothing() {
    refused("</main>", "", "markup", "<main> is not closed");
    refused(
        "<main id=\"content\">",
        "<main id=\"content\"><div>",
        "markup",
        "<div> is not closed",
    );
    refused(
        "color-scheme: light;",
        "colour-scheme: light;",
        "style",
        "colour-scheme",
    );
    refused("--ink:", "--ink: #fefefe; --old:", "contrast", "ink on bg");
    refused("<h1 ", "<h3 >x</h3><h1 ", "headings", "h3");
    refused(
        "<main id=\"content\">",
        "<main id=\"content\"><img src=\"data:image/png;base64,AAAA\">",
        "pictures",
        "image",
    );
    let page = made();
    for empty in ["", "x", "<!doctype html>"] {
        assert!(take(&page, empty).page.is_none(), "{empty}");
    }
    let huge = page.html.replace(
        "</main>",
        &format!("<p>{}</p></main>", "long ".repeat(60_000)),
    );
    assert!(take(&page, &huge).page.is_none());
}

#[test]
fn what_runs_or_fetches_is_refused() {
    for piece in [
        "<script>alert(1)</script>",
        "<p onclick=\"alert(1)\">x</p>",
        "<svg aria-hidden=\"true\"><a href=\"#hero\" onfocus=\"x()\"></a></svg>",
        "<a href=\"java\tscript:alert(1)\">Go there</a>",
        "<a href=\" JavaScript:alert(1)\">Go there</a>",
        "<a href=\"data:text/html,x\">Go there</a>",
        "<img alt=\"\" src=\"https://there.example/a.png\">",
        "<img alt=\"\" src=\"a.png\">",
        "<img alt=\"\" srcset=\"//there.example/a.png 2x\">",
        "<video poster=\"https://there.example/a.png\"></video>",
        "<iframe srcdoc=\"x\"></iframe>",
        "<object data=\"a.svg\"></object>",
        "<form action=\"javascript:alert(1)\"></form>",
        "<p style=\"background: url(https://there.example/a.png)\">x</p>",
        "<style>@import \"https://there.example/a.css\";</style>",
        "<style>.a { background: URL(//there.example/a.png) }</style>",
        "<meta http-equiv=\"refresh\" content=\"0;url=https://there.example\">",
        "<base href=\"https://there.example/\">",
        "<link rel=\"stylesheet\" href=\"https://there.example/a.css\">",
        "<svg aria-hidden=\"true\"><image href=\"https://there.example/a.png\"></image></svg>",
        "<svg aria-hidden=\"true\"><use href=\"a.svg#x\"></use></svg>",
    ] {
        let code = with("</main>", &format!("{piece}</main>"));
        let told = code
            .audit
            .iter()
            .any(|one| one.rule == "network" && !one.passed);
        assert!(code.page.is_none() && told, "{piece}: {:?}", code.audit);
    }
    // What only leads elsewhere when somebody presses it is the writer's own business.
    let fine = with(
        "</main>",
        "<p><a href=\"https://there.example/\">Our other shop</a></p></main>",
    );
    assert!(fine.page.is_some(), "{:?}", fine.audit);
}

#[test]
fn a_mistake_is_told_by_the_line_of_the_file() {
    let page = made();
    let html = page
        .html
        .replace("    </style>", "      ..a { color: red }\n    </style>");
    let line = html
        .lines()
        .position(|line| line.contains("..a {"))
        .unwrap()
        + 1;
    let code = take(&page, &html);
    let style = code.audit.iter().find(|one| one.rule == "style").unwrap();
    assert!(
        style.detail.contains(&format!("line {line}")),
        "line {line}: {style:?}"
    );
}

#[test]
fn what_was_wrong_before_does_not_keep_it_from_being_changed() {
    let mut page = made();
    page.html = page.html.replacen("<h1 ", "<h3>Odd</h3>\n<h1 ", 1);
    page.plan = String::new();
    page.audit = pages::audit::audit_by_hand(&page.html);
    assert!(!page.audit[0].passed);
    let changed = take(&page, &page.html.replace("Odd", "Still odd"))
        .page
        .unwrap();
    assert!(changed.html.contains("Still odd") && !changed.audit[0].passed);
}
