//! Asking a server for pages, with a cookie or a token. As little of HTTP as that takes.

mod line;

pub use line::Line;

use std::{
    io::{self, Read, Write},
    net::TcpStream,
    time::Duration,
};

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_mins(1);
/// How forms are written.
const FORM: &str = "application/x-www-form-urlencoded";

/// A visitor of a server.
#[derive(Debug, Clone)]
pub struct Site {
    address: String,
    cookie: String,
    token: String,
}

/// What was answered.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    headers: Vec<(String, String)>,
    /// The page.
    pub body: Vec<u8>,
}

impl Answer {
    /// A header; empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The page as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Site {
    /// Of a server at an address such as `http://127.0.0.1:8080`.
    pub fn new(address: &str) -> Self {
        let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { address, cookie: String::new(), token: String::new() }
    }

    /// The same visitor at another server of the same installation.
    #[must_use]
    pub fn at(&self, address: &str) -> Self {
        Self { cookie: self.cookie.clone(), token: self.token.clone(), ..Self::new(address) }
    }

    /// A program with this token.
    #[must_use]
    pub fn with_token(&self, token: &str) -> Self {
        Self { token: token.to_owned(), ..self.clone() }
    }

    /// A page.
    pub fn get(&self, path: &str) -> io::Result<Answer> {
        self.ask("GET", path, FORM, "")
    }

    /// Hands in a form.
    pub fn post(&self, path: &str, fields: &[(&str, &str)]) -> io::Result<Answer> {
        self.ask("POST", path, FORM, &form(fields))
    }

    /// Hands in JSON.
    pub fn post_json(&self, path: &str, json: &str) -> io::Result<Answer> {
        self.ask("POST", path, "application/json", json)
    }

    /// Fills in a form that signs in, and keeps the cookie.
    pub fn sign_in(&mut self, path: &str, fields: &[(&str, &str)]) -> io::Result<()> {
        let answer = self.post(path, fields)?;
        let Some((cookie, _)) = answer.header("set-cookie").split_once(';') else {
            let page = self.get(path)?.text();
            let asked_for: Vec<&str> = attributes(&page, " name=\"").collect();
            let status = answer.status;
            let text = format!("{path} signed nobody in ({status}); its fields are {}", asked_for.join(", "));
            return Err(io::Error::other(text));
        };
        cookie.clone_into(&mut self.cookie);
        Ok(())
    }

    fn ask(&self, method: &str, path: &str, kind: &str, body: &str) -> io::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // HTTP/1.0: the answer is whole and ends with the connection.
        let request = self.request("1.0", method, path, kind, body);
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        let other = || io::Error::other(format!("{method} {path} was answered by something else than HTTP"));
        parse(&bytes).ok_or_else(other)
    }

    /// A request of this visitor.
    fn request(&self, version: &str, method: &str, path: &str, kind: &str, body: &str) -> String {
        let token =
            if self.token.is_empty() { String::new() } else { format!("authorization: Bearer {}\r\n", self.token) };
        format!(
            "{method} {path} HTTP/{version}\r\nhost: {}\r\ncookie: {}\r\n{token}content-type: {kind}\r\ncontent-length: \
             {}\r\n\r\n{body}",
            self.address,
            self.cookie,
            body.len()
        )
    }
}

fn form(fields: &[(&str, &str)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
    fields.join("&")
}

fn parse(bytes: &[u8]) -> Option<Answer> {
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&bytes[..end]);
    let mut lines = head.lines();
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers = lines.filter_map(|line| line.split_once(": "));
    let headers = headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect();
    Some(Answer { status, headers, body: bytes[end + 4..].to_vec() })
}

/// The values of an attribute, wherever it stands.
pub fn attributes<'a>(html: &'a str, begin: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(begin).skip(1).filter_map(|rest| rest.split('"').next())
}

/// A value of a form.
pub fn escaped(text: &str) -> String {
    let escape = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(byte).to_string(),
        _ => format!("%{byte:02X}"),
    };
    text.bytes().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use std::{net::TcpListener, thread};

    use super::*;

    /// Serves what the function says for what was asked.
    fn served(page: fn(&str) -> &'static str) -> Site {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let site = Site::new(&format!("http://{}", listener.local_addr().unwrap()));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut bytes = [0; 2000];
                let length = stream.read(&mut bytes).unwrap();
                stream.write_all(page(&String::from_utf8_lossy(&bytes[..length])).as_bytes()).unwrap();
            }
        });
        site
    }

    #[test]
    fn who_signs_in_sends_the_cookie_from_then_on() {
        let mut site = served(|request| match request.split(' ').nth(1).unwrap() {
            "/first-run/x" => "HTTP/1.0 303 See Other\r\nset-cookie: rollcall=abc; Path=/\r\n\r\n",
            _ if request.contains("cookie: rollcall=abc\r\nauthorization: Bearer t\r\n") => {
                "HTTP/1.0 200 OK\r\n\r\nboth"
            }
            _ => "HTTP/1.0 200 OK\r\n\r\n<input name=\"email\">",
        });
        assert!(site.sign_in("/refused", &[]).unwrap_err().to_string().contains("its fields are email"));
        site.sign_in("/first-run/x", &[("email", "a@b.example")]).unwrap();
        assert_eq!(site.with_token("t").get("/").unwrap().text(), "both");
    }

    #[test]
    fn an_answer_is_taken_apart() {
        let answer = parse(b"HTTP/1.0 303 See Other\r\nLocation: /a\r\nset-cookie: k=v; Path=/\r\n\r\n<a>").unwrap();
        assert_eq!((answer.status, answer.header("location"), answer.text().as_str()), (303, "/a", "<a>"));
        assert!(parse(b"nonsense").is_none());
    }

    #[test]
    fn values_are_escaped_and_found() {
        assert_eq!(escaped("a b@ü"), "a%20b%40%C3%BC");
        let html = r#"<form><input name="email"><input name="password"></form>"#;
        assert_eq!(attributes(html, " name=\"").collect::<Vec<_>>(), ["email", "password"]);
    }
}
