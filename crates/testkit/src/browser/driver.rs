//! The processes: chromedriver, which starts Chromium, and a shell that ends both.

use std::{
    io::{BufRead, BufReader},
    os::unix::process::CommandExt,
    path::{Path, PathBuf},
    process::{ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use serde_json::json;
use thirtyfour::{
    ChromiumLikeCapabilities, DesiredCapabilities, LoggingPrefsLogLevel, WebDriver, error::WebDriverResult,
};

use crate::on_path;

/// Outlives the test process, to clear up after it even when it was killed: its input ends with that process. It
/// leads a group of processes, which chromedriver and Chromium belong to. The output is chromedriver's alone, so that it
/// ends when that ends.
const UNTIL_OVER: &str = r#"
"$1" --port=0 --log-level=SEVERE &
exec >/dev/null
trap '' HUP INT TERM
while read -r line; do :; done
kill -TERM 0
wait
rm -rf "$2" || { sleep 1; rm -rf "$2"; }
kill -KILL 0
"#;

const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--no-proxy-server",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
];

/// What chromedriver prints once it listens, before its port.
const LISTENS: &str = "started successfully on port ";

/// How long an answer of the driver may take, with the page that it waits for.
const ANSWERS: Duration = Duration::from_secs(30);

/// How often it is started: it ends at once when somebody else has just taken the port that it chose.
const STARTS: usize = 5;

const MISSING: &str = "`chromedriver` is not installed: `apt-get install chromium chromium-driver`";

/// Chromium's driver on a port of its own. Dropping it ends it and its browser.
pub(super) struct Driver {
    port: u16,
    profile: PathBuf,
    _until_over: ChildStdin,
    _output: BufReader<ChildStdout>,
}

impl Driver {
    pub(super) fn start() -> Result<Self, String> {
        let program = on_path("chromedriver").ok_or(MISSING)?;
        let start = || Self::start_once(&program);
        (1..STARTS).fold(start(), |started, _| started.or_else(|_| start()))
    }

    fn start_once(program: &Path) -> Result<Self, String> {
        let profile = tempfile::Builder::new().prefix("rollcall-browser-").tempdir().map_err(|e| e.to_string())?.keep();
        let mut command = Command::new("/bin/sh");
        command.args(["-c", UNTIL_OVER, "rollcall-test-browser"]).arg(program).arg(&profile);
        // A group of its own: Ctrl-C in a terminal must not reach the shell.
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).current_dir("/").process_group(0);
        let child = command.spawn().map_err(|error| format!("/bin/sh did not start: {error}"))?;
        let (Some(input), Some(output)) = (child.stdin, child.stdout) else {
            return Err("chromedriver has no pipe".to_owned());
        };
        let mut output = BufReader::new(output);
        let port = read_port(&mut output)?;
        Ok(Self { port, profile, _until_over: input, _output: output })
    }

    /// The driver ends, and its browser with it.
    pub(super) async fn shut_down(&self) {
        if let Ok(client) = client() {
            // It has no time to answer.
            drop(client.get(format!("http://127.0.0.1:{}/shutdown", self.port)).send().await);
        }
    }

    /// A new Chromium.
    pub(super) async fn open(&self) -> WebDriverResult<WebDriver> {
        // One TLS provider in the process, which the client of the driver insists on. Another may have been first.
        drop(rustls::crypto::ring::default_provider().install_default());
        let mut wanted = DesiredCapabilities::chrome();
        for flag in FLAGS {
            wanted.add_arg(flag)?;
        }
        wanted.add_arg(&format!("--user-data-dir={}", self.profile.display()))?;
        wanted.set_logging_prefs("performance", LoggingPrefsLogLevel::All)?;
        wanted.set_logging_prefs("browser", LoggingPrefsLogLevel::All)?;
        // No bubbles about passwords in pictures.
        let quiet = json!({ "credentials_enable_service": false, "profile.password_manager_leak_detection": false });
        wanted.add_experimental_option("prefs", quiet)?;
        let client = client().map_err(|error| thirtyfour::error::WebDriverError::RequestFailed(error.to_string()))?;
        WebDriver::builder(format!("http://127.0.0.1:{}", self.port), wanted).client(client).connect().await
    }
}

/// Speaks to the driver.
fn client() -> reqwest::Result<reqwest::Client> {
    reqwest::Client::builder().no_proxy().timeout(ANSWERS).build()
}

fn read_port(output: &mut impl BufRead) -> Result<u16, String> {
    let mut said = String::new();
    while output.read_line(&mut said).is_ok_and(|bytes| bytes > 0) {
        let port = said.split_once(LISTENS).and_then(|(_, rest)| rest.trim().trim_end_matches('.').parse().ok());
        if let Some(port) = port {
            return Ok(port);
        }
    }
    Err(format!("chromedriver ended at once: {said}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_driver_that_ends_at_once_is_not_waited_for() {
        let said = Driver::start_once(Path::new("false")).err();
        assert_eq!(said.as_deref(), Some("chromedriver ended at once: "));
    }
}
