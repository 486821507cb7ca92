//! A server that runs, and ways of ending it.

use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    sync::{
        Arc, Mutex, PoisonError,
        mpsc::{Receiver, channel},
    },
    thread,
    time::Duration,
};

use anyhow::{Context, bail};

use crate::{clock, place::Place};

/// How long a server may take until it is there.
const PATIENCE: Duration = Duration::from_mins(1);

/// A running `rollcall serve`; killed with the value.
pub struct Node {
    child: Child,
    lines: Receiver<String>,
    said: Vec<String>,
    complaints: Arc<Mutex<String>>,
    /// The address that it serves.
    pub address: String,
}

/// How a server ended that was told to.
#[derive(Debug, Clone)]
pub struct Stopped {
    /// Its exit status; -1 where it had to be killed.
    pub code: i32,
    /// How long it took.
    pub took: Duration,
    /// What it complained about.
    pub complaints: String,
}

impl Node {
    /// Starts a server on a port of its own, and waits until it is there.
    pub fn start(place: &Place, more: &[&str]) -> anyhow::Result<Self> {
        let mut command = place.command(&[&["serve", "--listen", "127.0.0.1:0"], more].concat());
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().context("it did not start")?;
        let output = BufReader::new(child.stdout.take().context("it has no output")?);
        let (say, lines) = channel();
        // Goes on for as long as the server runs, so that it never waits for somebody who reads.
        thread::spawn(move || output.lines().map_while(Result::ok).for_each(|line| drop(say.send(line))));
        let errors = child.stderr.take().context("it has no errors")?;
        let complaints = Arc::new(Mutex::new(String::new()));
        let kept = complaints.clone();
        thread::spawn(move || {
            for line in BufReader::new(errors).lines().map_while(Result::ok) {
                let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
                kept.push_str(&line);
                kept.push('\n');
            }
        });
        let mut node = Self { child, lines, said: Vec::new(), complaints, address: String::new() };
        node.address = node.word_with("http://")?;
        Ok(node)
    }

    /// The word that it prints with this in it.
    pub fn word_with(&mut self, part: &str) -> anyhow::Result<String> {
        let find = |line: &String| line.split_whitespace().find(|word| word.contains(part)).map(str::to_owned);
        if let Some(found) = self.said.iter().find_map(find) {
            return Ok(found);
        }
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            let found = find(&line);
            self.said.push(line);
            if let Some(found) = found {
                return Ok(found);
            }
        }
        bail!("it printed no address with {part}: {}", self.complaints())
    }

    /// What it complained about so far.
    pub fn complaints(&self) -> String {
        self.complaints.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        matches!(self.child.try_wait(), Ok(None))
    }

    /// `kill -9`.
    pub fn kill(self) {
        drop(self);
    }

    /// Tells it to stop, and waits until it has, or has had time enough.
    pub fn terminate(mut self, patience: Duration) -> Stopped {
        let begin = clock();
        let id = self.child.id().to_string();
        drop(Command::new("/bin/sh").args(["-c", "kill -TERM $0", &id]).status());
        let mut code = None;
        while code.is_none() && begin.elapsed() < patience {
            code = self.child.try_wait().ok().flatten().map(|status| status.code().unwrap_or(-1));
            thread::sleep(Duration::from_millis(10));
        }
        let took = begin.elapsed();
        // The last of what it says may still be on its way.
        thread::sleep(Duration::from_millis(20));
        Stopped { code: code.unwrap_or(-1), took, complaints: self.complaints() }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
