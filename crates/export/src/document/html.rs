//! A document in one file of HTML: readable, dark where the reader's system is, and good on paper.
//!
//! It loads nothing and runs nothing. Beside escaping every text, its policy forbids scripts and any
//! address, so that not even a mistake here could let a run's text do something.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Block, Cover, Grid, Section, escaped};

const STYLE: &str = "\
:root{color-scheme:light dark;--ink:#1f2328;--soft:#59636e;--line:#d1d9e0;--wash:#f6f8fa;--warn:#9a3412}
@media(prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9aa4af;--line:#3d444d;--wash:#1b2129;--warn:#fdba74}}
*{box-sizing:border-box}
body{margin:2.5rem auto;max-width:52rem;padding:0 1.25rem;color:var(--ink);font:1rem/1.6 system-ui,'Noto Sans',sans-serif;overflow-wrap:anywhere}
h1{margin:0 0 .25rem;font-size:1.75rem;line-height:1.25}
header p,dt{color:var(--soft)}
section{margin-top:2.5rem;padding-top:1.5rem;border-top:1px solid var(--line)}
h2{margin:0 0 .75rem;font-size:1.3rem;line-height:1.35}
h3{margin:1.5rem 0 .5rem;font-size:1rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.15rem 1rem;margin:0 0 1rem;font-size:.875rem}
dd{margin:0}
p{margin:.5rem 0;white-space:pre-wrap}
.note{color:var(--warn);font-weight:600}
pre{margin:.5rem 0;padding:.75rem 1rem;border:1px solid var(--line);border-radius:.375rem;background:var(--wash);font:.8125rem/1.5 ui-monospace,'Noto Sans Mono',monospace;white-space:pre-wrap}
.wide{overflow-x:auto}
table{border-collapse:collapse;margin:.5rem 0;font-size:.875rem;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .75rem;border:1px solid var(--line);text-align:start;vertical-align:top}
th{background:var(--wash)}
.number{text-align:end}
img{max-width:100%;padding:.5rem;background:#fff}
@media print{:root{color-scheme:light;--ink:#000;--soft:#444;--line:#bbb;--wash:#f4f4f4;--warn:#7c2d12}
body{margin:0;max-width:none;font-size:10.5pt}.wide{overflow:visible}
h2,h3{break-after:avoid}tr,pre,img{break-inside:avoid}thead{display:table-header-group}}";

pub(super) const FOOT: &str = "</main>\n</body>\n</html>\n";

pub(super) fn head(cover: &Cover) -> String {
    format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>{}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n\
         <header><h1>{}</h1><p>{}</p></header>\n<main>\n",
        escaped(&cover.language),
        escaped(&cover.title),
        escaped(&cover.title),
        escaped(&cover.note)
    )
}

pub(super) fn section(section: &Section) -> String {
    let mut text = format!("<section>\n<h2>{}</h2>\n", escaped(&section.title));
    text.push_str(&facts(&section.about));
    for block in &section.blocks {
        text.push_str(&in_html(block));
    }
    text.push_str("</section>\n");
    text
}

fn in_html(block: &Block) -> String {
    match block {
        Block::Heading(words) => format!("<h3>{}</h3>\n", escaped(words)),
        Block::Text(words) => format!("<p>{}</p>\n", escaped(words)),
        Block::Note(words) => format!("<p class=\"note\">{}</p>\n", escaped(words)),
        Block::Code { text, .. } => format!("<pre><code>{}</code></pre>\n", escaped(text)),
        Block::List(points) => {
            let points: String = points
                .iter()
                .map(|point| format!("<li>{}</li>\n", escaped(point)))
                .collect();
            format!("<ul>\n{points}</ul>\n")
        }
        Block::Facts(pairs) => facts(pairs),
        Block::Table(grid) => table(grid),
        // As a picture and not as elements: what is in it can then do nothing.
        Block::Picture { svg, words } => format!(
            "<p><img alt=\"{}\" src=\"data:image/svg+xml,{}\"></p>\n",
            escaped(words),
            utf8_percent_encode(svg, NON_ALPHANUMERIC)
        ),
    }
}

fn facts(pairs: &[(String, String)]) -> String {
    let pairs: String = pairs
        .iter()
        .map(|(name, value)| format!("<dt>{}</dt><dd>{}</dd>\n", escaped(name), escaped(value)))
        .collect();
    format!("<dl>\n{pairs}</dl>\n")
}

fn table(grid: &Grid) -> String {
    let class = |is_number: bool| if is_number { " class=\"number\"" } else { "" };
    let head: String = grid
        .columns
        .iter()
        .zip(&grid.numbers)
        .map(|(name, is_number)| {
            format!(
                "<th scope=\"col\"{}>{}</th>",
                class(*is_number),
                escaped(name)
            )
        })
        .collect();
    let mut text =
        format!("<div class=\"wide\"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n");
    for row in &grid.rows {
        text.push_str("<tr>");
        for (cell, is_number) in row.iter().zip(&grid.numbers) {
            text.push_str(&format!("<td{}>{}</td>", class(*is_number), escaped(cell)));
        }
        text.push_str("</tr>\n");
    }
    text.push_str("</tbody></table></div>\n");
    text
}
