//! A page in a real browser: no scroll to the side at 320 px, nothing fetched, nothing serious found by
//! axe-core by day or by night.
//!
//! Chromium opens a page of ours with the page under test in frames of the widths that matter, and
//! prints what it found.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A browser with what it needs.
pub struct Browser {
    program: PathBuf,
    axe: String,
}

const PROGRAMS: &[&str] = &[
    "/usr/bin/chromium",
    "/usr/bin/chromium-browser",
    "/usr/bin/google-chrome",
];

const NIGHT: &str = "@media screen and (prefers-color-scheme: dark)";

impl Browser {
    /// The browser of this machine, if it and axe-core are there.
    pub fn find(axe: &Path) -> Option<Self> {
        let program = PROGRAMS
            .iter()
            .map(PathBuf::from)
            .find(|program| program.is_file())?;
        let axe = fs::read_to_string(axe).ok()?;
        Some(Self { program, axe })
    }

    /// What is wrong with a page, if anything.
    pub fn look(&self, id: &str, html: &str, scratch: &Path) -> Option<String> {
        if html.is_empty() {
            return Some("there is no page".to_owned());
        }
        let path = scratch.join(format!("{id}.look.html"));
        let profile = scratch.join("profile");
        if let Err(error) = fs::write(&path, self.harness(html)) {
            return Some(format!("it could not be looked at: {error}"));
        }
        let output = Command::new(&self.program)
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
            ])
            .args([
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1300,900",
                "--virtual-time-budget=15000",
            ])
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("--dump-dom")
            .arg(format!("file://{}", path.display()))
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .output();
        let printed = match output {
            Ok(output) => String::from_utf8_lossy(&output.stdout).into_owned(),
            Err(error) => return Some(format!("it could not be looked at: {error}")),
        };
        let found = printed
            .split("<pre id=\"found\">")
            .nth(1)
            .and_then(|rest| rest.split("</pre>").next());
        match found.map(str::trim) {
            None | Some("") => Some("the browser said nothing".to_owned()),
            Some("sound") => None,
            Some(problems) => Some(problems.to_owned()),
        }
    }

    fn harness(&self, html: &str) -> String {
        let day = html.replace(NIGHT, "@media not all");
        let night = html.replace(NIGHT, "@media all");
        let text = |value: &str| {
            serde_json::Value::from(value)
                .to_string()
                .replace("</", "<\\/")
        };
        format!(
            "<!doctype html><meta charset=utf-8><body><pre id=found></pre><script>\n\
             const axe = {axe}; const pages = [[{day}, 320], [{day}, 1280], [{night}, 1280]];\n\
             const problems = [];\n\
             async function look([html, width], place) {{\n\
               const frame = document.createElement('iframe');\n\
               frame.style.cssText = `width:${{width}}px;height:900px;border:0`;\n\
               frame.srcdoc = html;\n\
               await new Promise((done) => {{ frame.onload = done; document.body.append(frame); }});\n\
               const view = frame.contentWindow, page = frame.contentDocument;\n\
               const wide = page.documentElement.scrollWidth;\n\
               if (wide > width) problems.push(`${{width}} px: ${{wide}} px wide`);\n\
               const fetched = view.performance.getEntriesByType('resource').filter((one) => !one.name.startsWith('data:'));\n\
               for (const one of fetched) problems.push(`fetched ${{one.name}}`);\n\
               if (place === 0) return;\n\
               view.eval(axe);\n\
               const found = await view.axe.run(page, {{ resultTypes: ['violations'] }});\n\
               for (const one of found.violations) if (one.impact === 'serious' || one.impact === 'critical') problems.push(`${{place === 2 ? 'night: ' : ''}}${{one.id}}: ${{one.nodes[0].html.slice(0, 120)}} (${{one.nodes[0].failureSummary.slice(0, 160)}})`);\n\
             }}\n\
             (async () => {{ try {{ for (const [place, page] of pages.entries()) await look(page, place); }} catch (error) {{ problems.push(String(error)); }}\n\
               document.getElementById('found').textContent = problems.length ? problems.join('; ') : 'sound'; }})();\n\
             </script></body>",
            axe = text(&self.axe),
            day = text(&day),
            night = text(&night),
        )
    }
}
