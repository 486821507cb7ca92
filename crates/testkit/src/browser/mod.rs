//! A real browser: Chromium without a window, one for each test, driven as a person would.
//!
//! [`drive`] gives a test its [`Browser`] and takes it away again. When the test fails, `target/browser-failures` keeps
//! what the browser showed, the page's HTML and what the page complained of. Everything here panics with a message that
//! says what was looked for and where, so that tests read as a list of what somebody does and sees.

mod axe;
mod driver;
mod find;
mod hand;
mod look;
mod settings;
mod traffic;

use std::{
    fs,
    panic::{AssertUnwindSafe, resume_unwind},
    path::PathBuf,
    sync::{Mutex, MutexGuard, PoisonError},
    thread,
    time::Duration,
};

use futures::FutureExt as _;
pub use thirtyfour::{Key, WebElement};
use thirtyfour::{
    WebDriver,
    error::{WebDriverError, WebDriverResult},
};
use tokio::time::{sleep, timeout};

pub use self::{axe::Violation, find::Focus, hand::Hand, settings::Width, traffic::Request};
use self::{driver::Driver, settings::Settings, traffic::Traffic};
use crate::axe::target;

/// How long something that should appear may take, on a machine that is busy with other tests.
const PATIENCE: Duration = Duration::from_secs(20);
/// How often it is looked for.
const INTERVAL: Duration = Duration::from_millis(50);

/// A browser with one page open, and nothing in it from before.
pub struct Browser {
    /// Ends the processes when dropped; so it comes after whatever still speaks to them.
    driver: WebDriver,
    process: Driver,
    name: String,
    hand: Mutex<Hand>,
    traffic: Mutex<Traffic>,
    settings: Mutex<Settings>,
}

/// What [`drive`] panics with when Chromium crashed under the work, or it and its driver answered no more: the machine
/// had too little for them.
#[derive(Debug, Clone, Copy)]
pub struct Crashed;

/// Does the work in a browser of its own, and passes on what comes of it. Files it leaves bear the name of the test.
///
/// # Panics
/// When Chromium or its driver does not start, and when the work panics: with [`Crashed`] if it did because Chromium's
/// own process was gone or answered no more, which says nothing about the page.
pub async fn drive<T>(work: impl AsyncFnOnce(&Browser) -> T) -> T {
    let browser = Browser::start().await;
    let mut outcome = AssertUnwindSafe(work(&browser)).catch_unwind().await;
    if outcome.is_err() {
        browser.keep_failure().await;
        if browser.has_crashed().await {
            outcome = Err(Box::new(Crashed));
        }
    }
    // The processes are ended in any case.
    drop(browser.driver.clone().quit().await);
    outcome.unwrap_or_else(|panic| resume_unwind(panic))
}

impl Browser {
    async fn start() -> Self {
        // Threads of tests are named after them.
        let name = thread::current().name().unwrap_or("browser").replace("::", "-");
        let process = Driver::start().unwrap_or_else(|problem| panic!("no browser for this test: {problem}"));
        let driver = process.open().await.unwrap_or_else(|error| panic!("Chromium did not start: {error}"));
        let browser = Self {
            driver,
            process,
            name,
            hand: Mutex::default(),
            traffic: Mutex::default(),
            settings: Mutex::default(),
        };
        browser.apply_settings().await;
        browser
    }

    /// Lets the process behind the page crash, as one does that gets no memory.
    pub async fn crash(&self) {
        // It has no time to answer.
        drop(self.driver.cdp().send_raw("Page.crash", serde_json::json!({})).await);
    }

    /// Lets the driver end, as one does that is killed.
    pub async fn lose_driver(&self) {
        self.process.shut_down().await;
    }

    /// Whether there is no page any more that could be asked.
    async fn has_crashed(&self) -> bool {
        let answer = self.driver.execute("return 1;", Vec::new()).await;
        answer.is_err_and(|error| is_crash(&error))
    }

    /// What the browser showed when the test failed.
    async fn keep_failure(&self) {
        let place = target().join("browser-failures");
        let file = |ending: &str| place.join(format!("{}.{ending}", self.name));
        let mut notes = self.complaints().await;
        if let Ok(address) = self.driver.current_url().await {
            notes.insert(0, address.to_string());
        }
        // Whatever can be kept is kept; the failure itself matters more than any of it.
        drop(fs::create_dir_all(&place));
        drop(self.driver.screenshot(&file("png")).await);
        if let Ok(html) = self.driver.source().await {
            drop(fs::write(file("html"), html));
        }
        drop(fs::write(file("txt"), notes.join("\n")));
        eprintln!("What the browser showed: {}", file("png").display());
    }

    /// Where pictures of this test go.
    fn gallery(&self) -> PathBuf {
        target().join("screenshots").join(&self.name)
    }

    /// Looks until there is an answer; panics with `what` when none comes.
    async fn until<T>(&self, what: &str, look: impl AsyncFn() -> WebDriverResult<Option<T>>) -> T {
        let mut last = String::new();
        let found = timeout(PATIENCE, async {
            loop {
                match look().await {
                    Ok(Some(found)) => break found,
                    Ok(None) => {}
                    Err(error) if is_crash(&error) => panic!("{what}: Chromium crashed"),
                    // The page may just be changing.
                    Err(error) => last = format!("\nlast error: {error}"),
                }
                sleep(INTERVAL).await;
            }
        });
        if let Ok(found) = found.await {
            return found;
        }
        let address = self.driver.current_url().await.map_or_else(|error| error.to_string(), String::from);
        let text = self.driver.execute(look::TEXT, Vec::new()).await;
        let text = text.and_then(|text| text.convert::<String>()).unwrap_or_else(|error| error.to_string());
        panic!("{what}, within {PATIENCE:?}, at {address}{last}\nthe page says: {text}");
    }

    /// A result of the driver, or a panic that says what was being done.
    fn done<T>(&self, what: &str, result: WebDriverResult<T>) -> T {
        result.unwrap_or_else(|error| panic!("{}: {what}: {error}", self.name))
    }
}

/// What the driver says of a page that went while it was waiting for it.
const GONE_ON: [&str; 2] = ["no such execution context", "aborted by navigation"];

/// Done, also where the page that it led to has gone on to the next before the driver had seen it.
fn or_gone_on<T: Default>(result: WebDriverResult<T>) -> WebDriverResult<T> {
    match result {
        Err(error) if GONE_ON.iter().any(|sign| error.to_string().contains(sign)) => Ok(T::default()),
        result => result,
    }
}

/// Whether a page's process is gone, or the driver does not answer.
fn is_crash(error: &WebDriverError) -> bool {
    let said = error.to_string();
    ["tab crashed", "session deleted", "not reachable", "error sending request"].iter().any(|sign| said.contains(sign))
}

/// What a test keeps beside its browser. Nothing is half done while it is held.
fn held<T>(kept: &Mutex<T>) -> MutexGuard<'_, T> {
    kept.lock().unwrap_or_else(PoisonError::into_inner)
}
