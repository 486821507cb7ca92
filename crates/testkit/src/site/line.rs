//! A connection that is kept for one request after the other, as browsers and programs keep theirs: what is measured over
//! it is the answer, without the way to a new connection.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::TcpStream,
    ops::ControlFlow,
};

use super::{Answer, FORM, PATIENCE, Site, form};

/// How much of a body is read at once.
const PIECE: usize = 64 * 1024;

/// A connection that stays. It belongs to a server, not to a visitor: each request says whose it is.
#[derive(Debug)]
pub struct Line {
    address: String,
    stream: Option<BufReader<TcpStream>>,
}

/// What is done with a piece of a body as it comes; to break off means to hang up.
type Take<'a> = dyn FnMut(&[u8]) -> ControlFlow<()> + 'a;

impl Line {
    /// To the server of this site. Nothing is connected before the first request.
    pub fn new(site: &Site) -> Self {
        Self { address: site.address.clone(), stream: None }
    }

    /// A page, as this visitor.
    pub fn get(&mut self, visitor: &Site, path: &str) -> io::Result<Answer> {
        self.whole(visitor, "GET", path, "")
    }

    /// Hands in a form, as this visitor.
    pub fn post(&mut self, visitor: &Site, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        self.whole(visitor, "POST", path, &form(fields))
    }

    /// A long answer, piece by piece as it comes, until it ends or whoever takes the pieces has enough. The answer that
    /// comes back has no body.
    pub fn follow(
        &mut self,
        visitor: &Site,
        path: &str,
        mut take: impl FnMut(&[u8]) -> ControlFlow<()>,
    ) -> io::Result<Answer> {
        self.ask(visitor, "GET", path, "", &mut take)
    }

    fn whole(&mut self, visitor: &Site, method: &str, path: &str, form: &str) -> io::Result<Answer> {
        let mut body = Vec::new();
        let mut keep = |piece: &[u8]| {
            body.extend_from_slice(piece);
            ControlFlow::Continue(())
        };
        let answer = self.ask(visitor, method, path, form, &mut keep)?;
        Ok(Answer { body, ..answer })
    }

    fn ask(&mut self, visitor: &Site, method: &str, path: &str, form: &str, take: &mut Take<'_>) -> io::Result<Answer> {
        let request = visitor.request("1.1", method, path, FORM, form);
        // A server hangs up on a connection that was idle for too long; then nothing of an answer has come.
        if let Some(mut stream) = self.stream.take()
            && let Ok(head) = asked(&mut stream, &request)
        {
            return self.rest(stream, head, take);
        }
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut stream = BufReader::with_capacity(PIECE, stream);
        let head = asked(&mut stream, &request)?;
        self.rest(stream, head, take)
    }

    /// Reads the body, and keeps the connection if there may be another answer behind it.
    fn rest(&mut self, mut stream: BufReader<TcpStream>, head: Answer, take: &mut Take<'_>) -> io::Result<Answer> {
        let is_whole = body(&mut stream, &head, take)?;
        let closes = head.header("connection").eq_ignore_ascii_case("close");
        self.stream = (is_whole && !closes).then_some(stream);
        Ok(head)
    }
}

/// Sends a request; reads the answer's head.
fn asked(stream: &mut BufReader<TcpStream>, request: &str) -> io::Result<Answer> {
    stream.get_mut().write_all(request.as_bytes())?;
    let mut head = String::new();
    loop {
        let length = stream.read_line(&mut head)?;
        if length == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        if length <= 2 {
            break;
        }
    }
    super::parse(head.as_bytes()).ok_or_else(|| io::Error::other("something else than HTTP was answered"))
}

/// Hands on the body; `false` if it was broken off, or only the end of the connection ended it.
fn body(stream: &mut BufReader<TcpStream>, head: &Answer, take: &mut Take<'_>) -> io::Result<bool> {
    if head.header("transfer-encoding").eq_ignore_ascii_case("chunked") {
        return chunks(stream, take);
    }
    if matches!(head.status, 204 | 304) {
        return Ok(true);
    }
    let Ok(length) = head.header("content-length").parse::<u64>() else {
        pieces(stream, u64::MAX, take)?;
        return Ok(false);
    };
    Ok(pieces(stream, length, take)? == Some(length))
}

fn chunks(stream: &mut BufReader<TcpStream>, take: &mut Take<'_>) -> io::Result<bool> {
    loop {
        let mut line = String::new();
        stream.read_line(&mut line)?;
        let digits = line.trim().split(';').next().unwrap_or_default();
        let length = u64::from_str_radix(digits, 16).map_err(|_| io::Error::other("an answer was broken off"))?;
        if pieces(stream, length, take)? != Some(length) {
            return Ok(false);
        }
        let mut end = String::new();
        stream.read_line(&mut end)?;
        if length == 0 {
            return Ok(true);
        }
    }
}

/// Hands on up to so many bytes; tells how many came, or `None` if whoever takes them has enough.
fn pieces(stream: &mut BufReader<TcpStream>, length: u64, take: &mut Take<'_>) -> io::Result<Option<u64>> {
    let mut stream = stream.take(length);
    let mut came = 0;
    loop {
        let piece = stream.fill_buf()?;
        if piece.is_empty() {
            return Ok(Some(came));
        }
        let length = piece.len();
        let flow = take(piece);
        stream.consume(length);
        came += length as u64;
        if flow.is_break() {
            return Ok(None);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// Answers one connection's requests in turn, and hangs up after the last; then the next connection's.
    fn served(connections: &'static [&'static [&'static str]]) -> Site {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let site = Site::new(&format!("http://{}", listener.local_addr().unwrap()));
        thread::spawn(move || {
            for answers in connections {
                let (mut stream, _) = listener.accept().unwrap();
                for answer in *answers {
                    let mut bytes = [0; 2000];
                    assert!(stream.read(&mut bytes).unwrap() > 0);
                    stream.write_all(answer.as_bytes()).unwrap();
                }
            }
        });
        site
    }

    const LONG: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nfirst";
    const CHUNKED: &str = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n3\r\nsec\r\n3\r\nond\r\n0\r\n\r\n";

    #[test]
    fn one_connection_serves_many_requests_and_another_takes_its_place() {
        let site = served(&[&[LONG, CHUNKED], &[LONG]]);
        let mut line = Line::new(&site);
        let asked: Vec<String> = (0..3).map(|_| line.get(&site, "/").unwrap().text()).collect();
        assert_eq!(asked, ["first", "second", "first"]);
    }

    #[test]
    fn whoever_has_enough_hangs_up() {
        let site = served(&[&[CHUNKED], &[LONG]]);
        let mut line = Line::new(&site);
        let mut came = String::new();
        let answer = line.follow(&site, "/", |piece| {
            came.push_str(&String::from_utf8_lossy(piece));
            ControlFlow::Break(())
        });
        assert_eq!((answer.unwrap().status, came.as_str()), (200, "sec"));
        assert_eq!(line.get(&site, "/").unwrap().text(), "first");
    }
}
