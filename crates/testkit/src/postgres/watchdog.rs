//! A small shell that outlives the test process, to clear up after it even when it was killed.
//!
//! It reads from a pipe that only the test process holds. When that process is gone, by whatever way, the pipe ends.

use std::{
    ffi::OsStr,
    io::Write,
    os::unix::process::CommandExt,
    path::Path,
    process::{ChildStdin, Command, Stdio},
};

use super::cluster::User;

/// Stops the server and removes its directory; the second try is for a server that was still starting.
const OVER_CLUSTER: &str = r#"
trap '' HUP INT TERM
while read -r name; do :; done
stop() { "$1" stop --pgdata "$2/data" --mode immediate --silent; }
stop "$1" "$2" || { sleep 2; stop "$1" "$2"; }
rm -rf "$2"
"#;

/// Drops every database it was told of.
const OVER_SERVER: &str = r#"
trap '' HUP INT TERM
names=
while read -r name; do names="$names $name"; done
for name in $names; do
    "$1" --no-psqlrc --no-password --command "DROP DATABASE IF EXISTS $name WITH (FORCE)" --dbname "$2"
done
"#;

/// Holds the pipe. Dropping it has the same effect as the end of the process.
pub(super) struct Watchdog(ChildStdin);

impl Watchdog {
    /// Watches over a cluster of our own in `directory`.
    pub(super) fn over_cluster(pg_ctl: &Path, directory: &Path, user: Option<User>) -> Result<Self, String> {
        Self::spawn(OVER_CLUSTER, pg_ctl, directory.as_os_str(), user)
    }

    /// Watches over the databases made on somebody else's server.
    pub(super) fn over_server(psql: &Path, maintenance_url: &str) -> Result<Self, String> {
        Self::spawn(OVER_SERVER, psql, OsStr::new(maintenance_url), None)
    }

    /// Tells it of a database before that is made.
    pub(super) fn note(&mut self, database: &str) -> Result<(), String> {
        writeln!(self.0, "{database}").map_err(|error| format!("the watchdog is gone: {error}"))
    }

    fn spawn(script: &str, program: &Path, what: &OsStr, user: Option<User>) -> Result<Self, String> {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script, "rollcall-test-watchdog"]).arg(program).arg(what);
        // A group of its own: Ctrl-C in a terminal must not reach it.
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/").process_group(0);
        User::become_in(user, &mut command);
        let child = command.spawn().map_err(|error| format!("the watchdog did not start: {error}"))?;
        child.stdin.map(Self).ok_or_else(|| "the watchdog has no pipe".to_owned())
    }
}
