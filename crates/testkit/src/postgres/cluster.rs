//! A throw-away cluster: made, started, and left to the watchdog.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    net::TcpListener,
    os::unix::{fs::chown, process::CommandExt},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use super::{programs, watchdog::Watchdog};

/// Fast rather than durable: nobody will miss this data. Trusting everybody is bearable on 127.0.0.1 with nothing in it.
const SETTINGS: &str = "
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
max_connections = 200
shared_buffers = 64MB
fsync = off
full_page_writes = off
synchronous_commit = off
jit = off
timezone = 'UTC'
";

/// Another program may take the free port between our finding it and the server's binding it.
const TRIES: usize = 5;

/// Whom the server runs as, because PostgreSQL refuses to be root.
#[derive(Clone, Copy)]
pub(super) struct User {
    uid: u32,
    gid: u32,
}

impl User {
    /// Nobody else, unless we are root.
    fn for_server() -> Result<Option<Self>, String> {
        if id(&["-u"]) != Some(0) {
            return Ok(None);
        }
        ["postgres", "nobody"]
            .into_iter()
            .find_map(|name| Some(Self { uid: id(&["-u", name])?, gid: id(&["-g", name])? }))
            .map(Some)
            .ok_or_else(|| "PostgreSQL refuses to run as root and there is no user `postgres` or `nobody`".to_owned())
    }

    /// Makes the command run as this user, if there is one.
    pub(super) fn become_in(user: Option<Self>, command: &mut Command) {
        if let Some(User { uid, gid }) = user {
            command.uid(uid).gid(gid);
        }
    }
}

fn id(arguments: &[&str]) -> Option<u32> {
    let output = Command::new("id").args(arguments).output().ok()?;
    String::from_utf8_lossy(&output.stdout).trim().parse().ok()
}

/// A throw-away cluster; gone with the value, and with the process however that ends.
pub(super) struct Cluster {
    pg_ctl: PathBuf,
    directory: PathBuf,
    user: Option<User>,
    port: u16,
    watchdog: Watchdog,
}

impl Cluster {
    /// Makes a cluster with these settings besides the usual ones, and starts it.
    pub(super) fn start(settings: &str) -> Result<Self, String> {
        let mut cluster = Self::nothing_yet()?;
        let data = cluster.data();
        let mut command = Command::new(programs::find("initdb")?);
        command.args(["--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync", "--pgdata"]);
        cluster.run(command.arg(&data))?;
        write_settings(&data.join("postgresql.conf"), settings).map_err(|error| format!("postgresql.conf: {error}"))?;
        cluster.serve_somewhere()?;
        Ok(cluster)
    }

    /// Makes one that follows another under this name, with that one's settings, and starts it.
    pub(super) fn standby(primary: &Self, name: &str) -> Result<Self, String> {
        let mut cluster = Self::nothing_yet()?;
        let from = format!("host=127.0.0.1 port={} user=postgres application_name={name}", primary.port);
        let mut command = Command::new(programs::find("pg_basebackup")?);
        command.args(["--write-recovery-conf", "--checkpoint=fast", "--no-sync", "--dbname", &from, "--pgdata"]);
        cluster.run(command.arg(cluster.data()))?;
        cluster.serve_somewhere()?;
        Ok(cluster)
    }

    /// A place for one, and what clears it away.
    fn nothing_yet() -> Result<Self, String> {
        let pg_ctl = programs::find("pg_ctl")?;
        let user = User::for_server()?;
        let directory = tempfile::Builder::new().prefix("rollcall-postgres-").tempdir().map_err(|e| e.to_string())?;
        let directory = directory.keep();
        if let Some(User { uid, gid }) = user {
            chown(&directory, Some(uid), Some(gid)).map_err(|error| error.to_string())?;
        }
        // Before the server: what follows may be interrupted at any point.
        let watchdog = Watchdog::over_cluster(&pg_ctl, &directory, user)?;
        Ok(Self { pg_ctl, directory, user, port: 0, watchdog })
    }

    fn data(&self) -> PathBuf {
        self.directory.join("data")
    }

    fn run(&self, command: &mut Command) -> Result<(), String> {
        run(command, self.user, &self.directory.join("log"))
    }

    /// Starts its server, on a port that is free.
    fn serve_somewhere(&mut self) -> Result<(), String> {
        let mut outcome = Err(String::new());
        for _ in 0..TRIES {
            self.port = free_port().map_err(|error| format!("no free port on 127.0.0.1: {error}"))?;
            outcome = self.serve();
            if outcome.is_ok() {
                break;
            }
        }
        outcome
    }

    /// Starts its server, on the port that it had.
    pub(super) fn serve(&self) -> Result<(), String> {
        let options = format!("-p {}", self.port);
        let log = self.directory.join("server.log");
        let mut command = self.pg_ctl("start");
        command.args(["--options", &options, "--log"]).arg(&log);
        self.run(&mut command).map_err(|problem| {
            let server = fs::read_to_string(log).unwrap_or_default();
            format!("{problem}\n{server}")
        })
    }

    /// Stops its server: `fast` in good order, `immediate` as if it had crashed.
    pub(super) fn stop(&self, mode: &str) -> Result<(), String> {
        self.run(self.pg_ctl("stop").args(["--mode", mode]))
    }

    /// Makes a standby a primary.
    pub(super) fn promote(&self) -> Result<(), String> {
        self.run(&mut self.pg_ctl("promote"))
    }

    fn pg_ctl(&self, what: &str) -> Command {
        let mut command = Command::new(&self.pg_ctl);
        command.args([what, "--wait", "--silent", "--pgdata"]).arg(self.data());
        command
    }

    /// Its own directory, in which its user may read.
    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// Lets its server have a directory.
    pub(super) fn hand_over(&self, directory: &Path) -> std::io::Result<()> {
        self.user.map_or(Ok(()), |User { uid, gid }| chown(directory, Some(uid), Some(gid)))
    }

    pub(super) fn port(&self) -> u16 {
        self.port
    }

    /// The URL of its maintenance database.
    pub(super) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    /// What ends it when this process is gone.
    pub(super) fn into_watchdog(self) -> Watchdog {
        self.watchdog
    }
}

fn write_settings(file: &Path, more: &str) -> std::io::Result<()> {
    let mut file = OpenOptions::new().append(true).open(file)?;
    file.write_all(SETTINGS.as_bytes())?;
    file.write_all(more.as_bytes())
}

fn free_port() -> std::io::Result<u16> {
    Ok(TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port())
}

/// Runs a program as the server's user. Its output goes to a file: a server that held on to our pipes would keep
/// `cargo test | tee` waiting for ever.
fn run(command: &mut Command, user: Option<User>, log: &Path) -> Result<(), String> {
    User::become_in(user, command);
    let output = File::create(log).and_then(|file| Ok((file.try_clone()?, file)));
    let (out, err) = output.map_err(|error| format!("{}: {error}", log.display()))?;
    // No variable such as PGDATA or PGPORT, nor a language, may change what the programs do.
    command.env_clear().env("LC_ALL", "C").env("PATH", "/usr/bin:/bin").current_dir("/");
    let status = command.stdin(Stdio::null()).stdout(out).stderr(err).status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => {
            let said = fs::read_to_string(log).unwrap_or_default();
            Err(format!("{} failed ({status}): {}", command.get_program().display(), said.trim()))
        }
        Err(error) => Err(format!("{} did not run: {error}", command.get_program().display())),
    }
}
