//! A way between two programs that a test can close: to the database, to the mail server.

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpListener, TcpStream},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU16, AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

/// How often it looks whether somebody knocks, or whether it may go on.
const LOOK: Duration = Duration::from_millis(5);

/// What PostgreSQL is sent at the end of a transaction.
const COMMIT: &[u8] = b"Q\0\0\0\x0bCOMMIT\0";

/// What becomes of a commit whose connection is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Commit {
    /// It never reaches the database.
    Lost,
    /// The database has done it, and its answer never arrives.
    Unanswered,
}

/// Where a connection is to be cut.
#[derive(Debug, Clone, Copy)]
enum Trap {
    Commit { after: u64, how: Commit },
    Bytes { left: u64 },
}

#[derive(Default)]
struct State {
    target: AtomicU16,
    closed: AtomicBool,
    stalled: AtomicBool,
    delay_ms: AtomicU64,
    commits: AtomicU64,
    cuts: AtomicU64,
    trap: Mutex<Option<Trap>>,
    links: Mutex<Vec<Arc<Link>>>,
    listener: Mutex<Option<TcpListener>>,
}

/// One connection, and its other half.
struct Link {
    client: TcpStream,
    server: TcpStream,
    /// The next answer is not passed on.
    swallows: AtomicBool,
    open: AtomicBool,
}

impl Link {
    fn cut(&self) -> bool {
        // First: whoever reads from it finds its end at once, and cuts it as well.
        let was_open = self.open.swap(false, Ordering::AcqRel);
        drop(self.client.shutdown(Shutdown::Both));
        drop(self.server.shutdown(Shutdown::Both));
        was_open
    }
}

/// Stands before a server on this machine, and passes on what is said until it is told otherwise.
pub struct Proxy {
    port: u16,
    state: Arc<State>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Proxy {
    /// Stands before whoever listens on this port.
    ///
    /// # Panics
    /// When there is no free port.
    pub fn before(target: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let port = listener.local_addr().expect("it is bound").port();
        listener.set_nonblocking(true).expect("a socket can be looked at");
        let state = Arc::new(State {
            target: AtomicU16::new(target),
            listener: Mutex::new(Some(listener)),
            ..State::default()
        });
        let accepting = state.clone();
        thread::spawn(move || accepting.accept());
        Self { port, state }
    }

    /// Where it listens.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The URL with this way in the place of the direct one.
    ///
    /// # Panics
    /// When the URL does not name the port that it stands before.
    pub fn instead_in(&self, url: &str) -> String {
        let direct = format!(":{}", self.state.target.load(Ordering::Acquire));
        assert!(url.contains(&direct), "the address does not lead to what the proxy stands before");
        url.replace(&direct, &format!(":{}", self.port))
    }

    /// Leads new connections to whoever listens on this port, and cuts those there are.
    pub fn lead_to(&self, target: u16) {
        self.state.target.store(target, Ordering::Release);
        self.cut();
    }

    /// Cuts every connection there is; new ones are welcome.
    pub fn cut(&self) {
        self.state.cut_all();
    }

    /// Cuts every connection, and nobody is let in any more.
    pub fn close(&self) {
        lock(&self.state.listener).take();
        self.state.cut_all();
    }

    /// Lets in again.
    ///
    /// # Panics
    /// When somebody else has taken the port.
    pub fn open(&self) {
        let mut listener = lock(&self.state.listener);
        if listener.is_none() {
            let again = TcpListener::bind(("127.0.0.1", self.port)).expect("the port is still free");
            again.set_nonblocking(true).expect("a socket can be looked at");
            *listener = Some(again);
        }
    }

    /// Keeps everything that is said from now on, or passes it on again.
    pub fn stall(&self, stalled: bool) {
        self.state.stalled.store(stalled, Ordering::Release);
    }

    /// Lets everything take so much longer.
    pub fn delay(&self, by: Duration) {
        self.state.delay_ms.store(u64::try_from(by.as_millis()).unwrap_or(u64::MAX), Ordering::Release);
    }

    /// Cuts the connection with the `nth` commit from now on; 1 is the next.
    pub fn cut_at_commit(&self, nth: u64, how: Commit) {
        *lock(&self.state.trap) = Some(Trap::Commit { after: nth.saturating_sub(1), how });
    }

    /// Cuts the connection that says the byte with this number from now on.
    pub fn cut_after_bytes(&self, bytes: u64) {
        *lock(&self.state.trap) = Some(Trap::Bytes { left: bytes });
    }

    /// Whether a cut that was asked for is still to come.
    pub fn is_armed(&self) -> bool {
        lock(&self.state.trap).is_some()
    }

    /// Takes back a cut that is still to come.
    pub fn disarm(&self) {
        lock(&self.state.trap).take();
    }

    /// How many commits were seen.
    pub fn commits(&self) -> u64 {
        self.state.commits.load(Ordering::Acquire)
    }

    /// How many connections were cut.
    pub fn cuts(&self) -> u64 {
        self.state.cuts.load(Ordering::Acquire)
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.state.closed.store(true, Ordering::Release);
        self.close();
    }
}

impl State {
    fn accept(self: Arc<Self>) {
        while !self.closed.load(Ordering::Acquire) {
            let knocked = lock(&self.listener).as_ref().and_then(|listener| listener.accept().ok());
            match knocked {
                Some((client, _)) => self.clone().join(client),
                None => thread::sleep(LOOK),
            }
        }
    }

    fn join(self: Arc<Self>, client: TcpStream) {
        // Whoever is not there refuses; the client finds its connection ended.
        let Ok(server) = TcpStream::connect(("127.0.0.1", self.target.load(Ordering::Acquire))) else { return };
        let ready = |stream: &TcpStream| stream.set_nonblocking(false).and_then(|()| stream.set_nodelay(true));
        if ready(&client).is_err() || ready(&server).is_err() {
            return;
        }
        let link = Link { client, server, swallows: AtomicBool::new(false), open: AtomicBool::new(true) };
        let link = Arc::new(link);
        {
            let mut links = lock(&self.links);
            links.retain(|link| link.open.load(Ordering::Acquire));
            links.push(link.clone());
        }
        let (state, asking) = (self.clone(), link.clone());
        thread::spawn(move || state.pass(&asking, true));
        thread::spawn(move || self.pass(&link, false));
    }

    /// Passes on what one side says to the other.
    fn pass(&self, link: &Link, asks: bool) {
        let (mut from, mut to) = if asks { (&link.client, &link.server) } else { (&link.server, &link.client) };
        let mut bytes = vec![0; 64 * 1024];
        while let Ok(length) = from.read(&mut bytes) {
            if length == 0 {
                break;
            }
            let said = &bytes[..length];
            self.wait(link);
            if !asks && link.swallows.load(Ordering::Acquire) {
                self.cuts.fetch_add(1, Ordering::AcqRel);
                break;
            }
            if asks && !self.lets_pass(link, said) {
                self.cuts.fetch_add(1, Ordering::AcqRel);
                break;
            }
            if to.write_all(said).is_err() {
                break;
            }
        }
        link.cut();
    }

    fn wait(&self, link: &Link) {
        let delay = self.delay_ms.load(Ordering::Acquire);
        if delay > 0 {
            thread::sleep(Duration::from_millis(delay));
        }
        while self.stalled.load(Ordering::Acquire) && link.open.load(Ordering::Acquire) {
            thread::sleep(LOOK);
        }
    }

    /// Looks at what a client says; `false` cuts it off before it arrives.
    fn lets_pass(&self, link: &Link, said: &[u8]) -> bool {
        let commits = said.windows(COMMIT.len()).any(|part| part == COMMIT);
        self.commits.fetch_add(u64::from(commits), Ordering::AcqRel);
        let mut trap = lock(&self.trap);
        match &mut *trap {
            Some(Trap::Commit { after: 0, how }) if commits => {
                let how = *how;
                *trap = None;
                link.swallows.store(how == Commit::Unanswered, Ordering::Release);
                how == Commit::Unanswered
            }
            Some(Trap::Commit { after, .. }) if commits => {
                *after -= 1;
                true
            }
            Some(Trap::Bytes { left }) => {
                *left = left.saturating_sub(u64::try_from(said.len()).unwrap_or(u64::MAX));
                let cuts = *left == 0;
                if cuts {
                    *trap = None;
                }
                !cuts
            }
            _ => true,
        }
    }

    fn cut_all(&self) {
        let links = std::mem::take(&mut *lock(&self.links));
        let cut = links.iter().filter(|link| link.cut()).count();
        self.cuts.fetch_add(u64::try_from(cut).unwrap_or(u64::MAX), Ordering::AcqRel);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A server that says everything again.
    fn echo() -> u16 {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                thread::spawn(move || {
                    let mut bytes = [0; 100];
                    while let Ok(length) = stream.read(&mut bytes) {
                        if length == 0 || stream.write_all(&bytes[..length]).is_err() {
                            break;
                        }
                    }
                });
            }
        });
        port
    }

    fn knock(proxy: &Proxy) -> TcpStream {
        TcpStream::connect(("127.0.0.1", proxy.port())).unwrap()
    }

    /// What comes back; nothing where the connection was cut.
    fn answer(stream: &mut TcpStream, said: &[u8]) -> Vec<u8> {
        drop(stream.write_all(said));
        let mut bytes = [0; 100];
        let length = stream.read(&mut bytes).unwrap_or_default();
        bytes[..length].to_vec()
    }

    #[test]
    fn what_is_said_is_passed_on_until_it_is_cut() {
        let proxy = Proxy::before(echo());
        let mut stream = knock(&proxy);
        assert_eq!(answer(&mut stream, b"hello"), b"hello");
        proxy.cut();
        assert_eq!((answer(&mut stream, b"hello").len(), proxy.cuts()), (0, 1));
        assert_eq!(answer(&mut knock(&proxy), b"again"), b"again");
        proxy.close();
        thread::sleep(LOOK * 4);
        assert!(TcpStream::connect(("127.0.0.1", proxy.port())).is_err());
        proxy.open();
        assert_eq!(answer(&mut knock(&proxy), b"again"), b"again");
    }

    #[test]
    fn a_commit_is_lost_or_its_answer_is() {
        let proxy = Proxy::before(echo());
        let mut stream = knock(&proxy);
        proxy.cut_at_commit(2, Commit::Lost);
        assert_eq!(answer(&mut stream, COMMIT), COMMIT);
        assert_eq!(answer(&mut stream, COMMIT), b"");
        assert_eq!((proxy.commits(), proxy.is_armed()), (2, false));
        let mut stream = knock(&proxy);
        proxy.cut_at_commit(1, Commit::Unanswered);
        assert_eq!(answer(&mut stream, b"hello"), b"hello");
        assert_eq!(answer(&mut stream, COMMIT), b"");
        proxy.cut_after_bytes(8);
        let mut stream = knock(&proxy);
        assert_eq!(answer(&mut stream, b"hello"), b"hello");
        assert_eq!(answer(&mut stream, b"hello"), b"");
    }
}
