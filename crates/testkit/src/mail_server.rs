//! A real mail server: Debian's aiosmtpd, which refuses, greylists, breaks off and hangs by whom a mail is for.
//!
//! `refused@…` has no mailbox, to `relay@…` one may not send, `grey@…` is taken at the second attempt, `hang@…` gets no
//! answer at the first, `spam@…` is refused once it was read, `cut-before@…` and `cut-after@…` break off at the first
//! attempt, before and after the mail was taken on. Everybody else gets their mails. A sender `nobody@…` may not send.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, ChildStdin, Command, Stdio},
};

use tempfile::TempDir;

/// Where Debian keeps the interpreter that its packages are for.
const PYTHON: &str = "/usr/bin/python3";

const SERVER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/mail/server.py");

const MISSING: &str = "Debian's aiosmtpd is needed: `apt-get install python3-aiosmtpd openssl`";

/// How the way to the server is encrypted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encryption {
    /// Not at all.
    None,
    /// After the greeting.
    StartTls,
    /// From the first byte.
    Tls,
}

/// A running mail server; dropping it ends it.
pub struct MailServer {
    port: u16,
    encryption: Encryption,
    credentials: Option<&'static str>,
    place: TempDir,
    child: Child,
    /// It ends with this.
    input: Option<ChildStdin>,
}

/// Whether there is all that a [`MailServer`] needs.
pub fn mail_server_is_installed() -> bool {
    let has_library = Command::new(PYTHON).args(["-c", "import aiosmtpd"]).stderr(Stdio::null()).status();
    has_library.is_ok_and(|status| status.success()) && crate::on_path("openssl").is_some()
}

impl MailServer {
    /// Starts one that asks for nothing.
    pub fn start(encryption: Encryption) -> Self {
        Self::start_with(encryption, None)
    }

    /// Starts one that wants to know who sends: `user:password`.
    ///
    /// # Panics
    /// When it does not start.
    pub fn start_with(encryption: Encryption, credentials: Option<&'static str>) -> Self {
        let place = crate::place();
        if encryption != Encryption::None {
            certify(place.path());
        }
        let taken = place.path().join("taken");
        fs::create_dir(&taken).expect("a folder");
        let how = match encryption {
            Encryption::None => "none",
            Encryption::StartTls => "starttls",
            Encryption::Tls => "tls",
        };
        let mut command = Command::new(PYTHON);
        command.arg(SERVER).arg(taken).arg(how);
        command.args([place.path().join("server.pem"), place.path().join("server.key")]);
        command.arg(credentials.unwrap_or_default());
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect(MISSING);
        let mut line = String::new();
        let output = child.stdout.take().expect("a pipe");
        drop(BufReader::new(output).read_line(&mut line));
        let Ok(port) = line.trim().parse() else {
            let mut said = String::new();
            drop(child.stderr.take().expect("a pipe").read_to_string(&mut said));
            panic!("{MISSING}\n{said}");
        };
        let input = child.stdin.take();
        Self { port, encryption, credentials, place, child, input }
    }

    /// Its address as Rollcall is told it.
    pub fn url(&self) -> String {
        let scheme = match self.encryption {
            Encryption::None => "smtp",
            Encryption::StartTls => "smtp+starttls",
            Encryption::Tls => "smtps",
        };
        let who = self.credentials.map(|who| format!("{who}@")).unwrap_or_default();
        format!("{scheme}://{who}localhost:{}", self.port)
    }

    /// Where it listens on this machine.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The folder of what it took on, a file a message.
    pub fn folder(&self) -> PathBuf {
        self.place.path().join("taken")
    }

    /// The file of the authority that signed its certificate.
    pub fn authority(&self) -> PathBuf {
        self.place.path().join("authority.pem")
    }

    /// The messages that it took on, in order.
    ///
    /// # Panics
    /// When they cannot be read.
    pub fn taken(&self) -> Vec<String> {
        let folder = fs::read_dir(self.folder()).expect("a folder");
        let mut files: Vec<_> = folder.map(|entry| entry.expect("a file").path()).collect();
        files.retain(|path| path.extension().is_some_and(|extension| extension == "eml"));
        files.sort();
        files.into_iter().map(|path| fs::read_to_string(path).expect("text")).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        drop(self.input.take());
        drop(self.child.wait());
    }
}

/// An authority of its own, and a certificate for `localhost` that it signed.
fn certify(place: &Path) {
    let openssl = |arguments: &[&str]| {
        let status = Command::new("openssl").args(arguments).current_dir(place).stderr(Stdio::null()).status();
        assert!(status.is_ok_and(|status| status.success()), "{MISSING}");
    };
    let key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
    let authority =
        ["req", "-x509", "-subj", "/CN=Test authority", "-keyout", "authority.key", "-out", "authority.pem"];
    openssl(&[&authority[..], &key[..]].concat());
    let server = [
        "req",
        "-x509",
        "-subj",
        "/CN=localhost",
        "-addext",
        "subjectAltName=DNS:localhost",
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-CA",
        "authority.pem",
        "-CAkey",
        "authority.key",
        "-keyout",
        "server.key",
        "-out",
        "server.pem",
    ];
    openssl(&[&server[..], &key[..]].concat());
}
