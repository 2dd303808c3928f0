//! The real window, driven through tauri-driver and WebKitWebDriver, found by its test ids.
//!
//! One window at a time: two models answering at once on few cores would each be several times
//! slower, and screens are shared.

use std::future::Future;
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use fantoccini::actions::{InputSource, MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
use fantoccini::elements::Element;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};

use crate::place::{self, MODEL};
use crate::process::{self, PATIENCE};
use crate::terminal::Terminal;

/// How long one test may take in all.
const WHOLE_TEST: Duration = Duration::from_secs(300);

/// How long the window and its worker may take to go.
const FAREWELL: Duration = Duration::from_secs(10);

/// How often a part that cannot be pressed is tried again, and after how long.
const AGAIN: u32 = 8;
const MOMENT: Duration = Duration::from_millis(250);

static TURN: Mutex<()> = Mutex::new(());

/// Opens a window on a desk of its own, lets `body` work with it, and closes it.
///
/// When `body` fails, a picture is kept as `window-NAME-failed.png`.
///
/// # Panics
/// When `body` does, when it takes too long, and when closing leaves a process behind.
pub fn drive<Work, Done>(name: &str, body: Work)
where
    Work: FnOnce(Window) -> Done,
    Done: Future<Output = ()> + Send + 'static,
{
    drive_on(Terminal::new(), name, body);
}

/// The same on a desk that was used before.
///
/// # Panics
/// As [`drive`].
pub fn drive_on<Work, Done>(terminal: Terminal, name: &str, body: Work)
where
    Work: FnOnce(Window) -> Done,
    Done: Future<Output = ()> + Send + 'static,
{
    drive_told(terminal, &["--model", MODEL], name, body);
}

/// The same with other arguments for the window, such as none, so that its own settings hold.
///
/// # Panics
/// As [`drive`].
pub fn drive_told<Work, Done>(terminal: Terminal, told: &[&str], name: &str, body: Work)
where
    Work: FnOnce(Window) -> Done,
    Done: Future<Output = ()> + Send + 'static,
{
    // A test that failed while it had its turn must not fail the others.
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let driver = Driver::start();
    let runtime = tokio::runtime::Runtime::new().expect("a runtime can be made");
    runtime.block_on(async {
        let window = Window::open(&driver, terminal, told).await;
        let outcome = tokio::time::timeout(WHOLE_TEST, tokio::spawn(body(window.clone()))).await;
        if !matches!(outcome, Ok(Ok(()))) {
            window.photograph(&format!("{name}-failed")).await;
        }
        window.close().await;
        match outcome {
            Ok(Ok(())) => {}
            Ok(Err(panic)) => std::panic::resume_unwind(panic.into_panic()),
            Err(_) => panic!("the test took longer than {WHOLE_TEST:?}"),
        }
    });
}

/// tauri-driver, and WebKitWebDriver behind it.
struct Driver {
    process: Child,
    url: String,
}

impl Driver {
    fn start() -> Self {
        assert!(
            std::env::var_os("DISPLAY").is_some(),
            "there is no display: run this through `cargo xtask test --only end-to-end`"
        );
        let (port, native) = (free_port(), free_port());
        let program = std::env::var_os("DESKHAND_TAURI_DRIVER");
        let process = Command::new(program.unwrap_or_else(|| "tauri-driver".into()))
            .args([
                "--port",
                &port.to_string(),
                "--native-port",
                &native.to_string(),
            ])
            .env("DESKHAND_LOG", "warn")
            .stdin(Stdio::null())
            .spawn()
            .expect("tauri-driver starts");
        let driver = Self {
            process,
            url: format!("http://127.0.0.1:{port}"),
        };
        for port in [port, native] {
            process::until("the driver listens", || {
                std::net::TcpStream::connect(("127.0.0.1", port)).ok()
            });
        }
        driver
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        // Asked politely, it takes WebKitWebDriver along.
        let native = process::children(self.process.id(), "WebKitWebDriver");
        if process::is_alive(self.process.id()) {
            process::signal(self.process.id(), "TERM");
        }
        let is_gone = || !process::is_alive(self.process.id());
        for _ in 0..200 {
            if is_gone() {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        for pid in native.into_iter().filter(|pid| process::is_alive(*pid)) {
            process::signal(pid, "KILL");
        }
        // It is gone, or it has to go.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    let listener = TcpListener::bind(("127.0.0.1", 0)).expect("there is a free port");
    listener.local_addr().expect("it has an address").port()
}

/// A window that is open.
#[derive(Clone)]
pub struct Window {
    client: Client,
    terminal: Arc<Terminal>,
    pid: u32,
}

impl Window {
    async fn open(driver: &Driver, terminal: Terminal, told: &[&str]) -> Self {
        let data = terminal.data().to_string_lossy();
        let arguments = json!([&["--data-dir", &data], told].concat());
        let options = json!({"application": place::program("deskhand"), "args": arguments});
        let mut capabilities = Capabilities::new();
        capabilities.insert("browserName".into(), "wry".into());
        capabilities.insert("tauri:options".into(), options);
        let mut builder = ClientBuilder::new(HttpConnector::new());
        let session = builder.capabilities(capabilities).connect(&driver.url);
        let client = tokio::time::timeout(PATIENCE, session)
            .await
            .expect("the window opens in time")
            .expect("the window opens");
        let pid = process::until("the window has a process", || {
            process::with_argument(terminal.data()).first().copied()
        });
        Self {
            client,
            terminal: Arc::new(terminal),
            pid,
        }
    }

    /// Ends the session, which closes the window; whatever it started must go with it.
    async fn close(self) {
        let worker = self.worker();
        // A test may have killed the window on purpose.
        let _ = tokio::time::timeout(FAREWELL, self.client.close()).await;
        for pid in worker.into_iter().chain([self.pid]) {
            process::wait_until_gone(pid, FAREWELL);
        }
    }

    /// The command line on the same desk.
    #[must_use]
    pub fn terminal(&self) -> &Terminal {
        &self.terminal
    }

    /// Process id of the window.
    #[must_use]
    pub fn pid(&self) -> u32 {
        self.pid
    }

    /// Process id of the window's worker, when it has one.
    #[must_use]
    pub fn worker(&self) -> Option<u32> {
        process::children(self.pid, "deskhand-engine")
            .first()
            .copied()
    }

    /// The part with this test id, once it is there.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn part(&self, id: &str) -> Element {
        self.element(&format!("[data-testid='{id}']")).await
    }

    /// The first element of a CSS selector, once it is there.
    ///
    /// # Panics
    /// When it does not come.
    pub async fn element(&self, selector: &str) -> Element {
        let wait = self
            .client
            .wait()
            .at_most(PATIENCE)
            .every(Duration::from_millis(50));
        let found = wait.for_element(Locator::Css(selector)).await;
        found.unwrap_or_else(|error| panic!("{selector}: {error}"))
    }

    /// Presses a part.
    ///
    /// # Panics
    /// When it is not there or cannot be pressed.
    pub async fn press(&self, id: &str) {
        self.press_at(&format!("[data-testid='{id}']")).await;
    }

    /// Presses what a selector finds.
    ///
    /// # Panics
    /// When it is not there or cannot be pressed.
    pub async fn press_at(&self, selector: &str) {
        // A menu that is just closing lies over everything for a moment; a person waits that long.
        for _ in 0..AGAIN {
            if self.element(selector).await.click().await.is_ok() {
                return;
            }
            tokio::time::sleep(MOMENT).await;
        }
        let part = self.element(selector).await;
        part.click()
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Presses a part that lies in another.
    ///
    /// # Panics
    /// When it is not there or cannot be pressed.
    pub async fn press_in(&self, outer: &str, id: &str) {
        let selector = format!("[data-testid='{outer}'] [data-testid='{id}']");
        let part = self.element(&selector).await;
        part.click()
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Clicks on a point of the window. An element is no help for that: WebDriver counts from the middle
    /// of what is in view of it, which is not its middle where part of it is scrolled away.
    ///
    /// # Panics
    /// When the pointer cannot get there.
    pub async fn click_at(&self, [x, y]: [f64; 2]) {
        let mouse = MouseActions::new("mouse".to_owned())
            .then(PointerAction::MoveTo {
                duration: None,
                x,
                y,
            })
            .then(PointerAction::Down {
                button: MOUSE_BUTTON_LEFT,
            })
            .then(PointerAction::Up {
                button: MOUSE_BUTTON_LEFT,
            });
        let clicked = self.client.perform_actions(mouse).await;
        clicked.unwrap_or_else(|error| panic!("{x}, {y}: {error}"));
    }

    /// Types into a part, in place of what is in it.
    ///
    /// # Panics
    /// When it is not there or takes no text.
    pub async fn fill(&self, id: &str, text: &str) {
        self.fill_at(&format!("[data-testid='{id}']"), text).await;
    }

    /// The same for the first element of a CSS selector.
    ///
    /// # Panics
    /// When it is not there or takes no text.
    pub async fn fill_at(&self, selector: &str, text: &str) {
        let part = self.element(selector).await;
        part.clear()
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
        part.send_keys(text)
            .await
            .unwrap_or_else(|error| panic!("{selector}: {error}"));
    }

    /// Puts text into a field as pasting does: at once.
    pub async fn paste(&self, id: &str, text: &str) {
        self.part(id).await;
        let script = "const field = document.querySelector(`[data-testid='${arguments[0]}']`);
            field.value = arguments[1];
            field.dispatchEvent(new InputEvent('input', { bubbles: true }));";
        self.script(script, vec![id.into(), text.into()]).await;
    }

    /// Presses keys where the focus is.
    ///
    /// # Panics
    /// When nothing takes them.
    pub async fn keys(&self, keys: &str) {
        let holder = self.client.active_element().await;
        let holder = holder.unwrap_or_else(|error| panic!("nothing has the focus: {error}"));
        let pressed = holder.send_keys(keys).await;
        pressed.unwrap_or_else(|error| panic!("{keys:?}: {error}"));
    }

    /// Presses keys that close the window, which may be gone before they are let go again.
    ///
    /// # Panics
    /// When nothing has the focus.
    pub async fn keys_to_close(&self, keys: &str) {
        let holder = self.client.active_element().await;
        let holder = holder.unwrap_or_else(|error| panic!("nothing has the focus: {error}"));
        let _ = holder.send_keys(keys).await;
    }

    /// Makes the window that large.
    ///
    /// # Panics
    /// When it cannot be.
    pub async fn resize(&self, [width, height]: [u32; 2]) {
        let made = self.client.set_window_size(width, height).await;
        made.unwrap_or_else(|error| panic!("{width} x {height}: {error}"));
    }

    /// The statement in the editor.
    pub async fn statement(&self) -> String {
        self.part("sql-editor").await;
        let script = "return [...document.querySelectorAll(`[data-testid='sql-editor'] .cm-line`)]
            .map((line) => line.textContent).join('\\n');";
        let text = self.script(script, vec![]).await;
        text.as_str().unwrap_or_default().to_owned()
    }

    /// The rows of the table, every value as the window has it: a text, or null.
    pub async fn table(&self) -> Vec<Vec<Value>> {
        self.part("result-table").await;
        let script =
            "return [...document.querySelectorAll(`[data-testid='result-table'] tbody tr:not(.gap)`)]
            .map((row) => [...row.querySelectorAll('td')].map((cell) => cell.dataset.value ?? null));";
        let rows = self.script(script, vec![]).await;
        serde_json::from_value(rows).expect("a table is rows of cells")
    }

    /// An attribute of a part, once the part is there.
    ///
    /// # Panics
    /// When the part does not have it.
    pub async fn attribute(&self, id: &str, name: &str) -> String {
        let value = self.part(id).await.attr(name).await;
        let value = value.unwrap_or_else(|error| panic!("{id}: {error}"));
        value.unwrap_or_else(|| panic!("{id} has no {name}"))
    }

    /// That attribute of every part with this id.
    pub async fn attributes(&self, id: &str, name: &str) -> Vec<String> {
        let script = "return [...document.querySelectorAll(`[data-testid='${arguments[0]}']`)]
            .map((part) => part.getAttribute(arguments[1]) ?? '');";
        let values = self.script(script, vec![id.into(), name.into()]).await;
        serde_json::from_value(values).unwrap_or_default()
    }

    /// Waits until the part with this id is there and says `words`.
    ///
    /// # Panics
    /// When it never does.
    pub async fn says(&self, id: &str, words: &str) -> String {
        let what = format!("{id} says {words:?}");
        process::until_async(&what, || async {
            let said = self.words(id).await?;
            said.contains(words).then_some(said)
        })
        .await
    }

    /// What a part says now; nothing while it is not there.
    pub async fn words(&self, id: &str) -> Option<String> {
        let script = "return document.querySelector(`[data-testid='${arguments[0]}']`)?.textContent ?? null;";
        let said = self.script(script, vec![id.into()]).await;
        said.as_str().map(str::to_owned)
    }

    /// Runs a script in the window.
    ///
    /// # Panics
    /// When it throws.
    pub async fn script(&self, script: &str, arguments: Vec<Value>) -> Value {
        let result = self.client.execute(script, arguments).await;
        result.unwrap_or_else(|error| panic!("{error} in {script}"))
    }

    /// Goes into a window that was opened beside this one, once it is there.
    ///
    /// # Panics
    /// When none comes.
    pub async fn go_beside(&self) {
        let here = self.client.window().await.expect("a window has a name");
        let beside = process::until_async("a window beside this one", || async {
            let all = self.client.windows().await.ok()?;
            all.into_iter().find(|window| *window != here)
        })
        .await;
        let gone = self.client.switch_to_window(beside).await;
        gone.unwrap_or_else(|error| panic!("the other window: {error}"));
    }

    /// Waits until this window is the only one, and comes back to it.
    ///
    /// # Panics
    /// When the other one stays.
    pub async fn come_back(&self) {
        let left = process::until_async("one window is left", || async {
            let mut all = self.client.windows().await.ok()?;
            if all.len() == 1 { all.pop() } else { None }
        })
        .await;
        let back = self.client.switch_to_window(left).await;
        back.unwrap_or_else(|error| panic!("the first window: {error}"));
    }

    /// Waits until what is there is drawn as well: with its typefaces, and two frames later. A window that
    /// cannot say so any more is not waited for.
    async fn settle(&self) {
        const DRAWN: &str =
            "const frame = () => new Promise((done) => requestAnimationFrame(done));
            const drawn = document.fonts.ready.then(frame).then(frame);
            const late = new Promise((done) => setTimeout(done, 800));
            return Promise.race([drawn, late]).then(() => null);";
        let drawn = self.client.execute(DRAWN, vec![]);
        let _ = tokio::time::timeout(FAREWELL, drawn).await;
        // What was drawn still has to reach the screen.
        tokio::time::sleep(Duration::from_millis(120)).await;
    }

    /// A picture of what is shown, as PNG.
    ///
    /// # Panics
    /// When none can be taken.
    pub async fn picture(&self) -> Vec<u8> {
        self.settle().await;
        let picture = self.client.screenshot().await;
        picture.unwrap_or_else(|error| panic!("no picture: {error}"))
    }

    /// Keeps a picture as `window-NAME.png` among the artifacts, if one can be taken.
    pub async fn photograph(&self, name: &str) {
        let path = place::artifacts().join(format!("window-{name}.png"));
        self.settle().await;
        match tokio::time::timeout(FAREWELL, self.client.screenshot()).await {
            Ok(Ok(picture)) => std::fs::write(path, picture).expect("artifacts can be written"),
            problem => println!("no picture {name}: {problem:?}"),
        }
    }
}
