//! Asking a server for pages, with a cookie, and following the links in them. As little of HTTP as that takes.

use std::{
    collections::{BTreeSet, VecDeque},
    io::{Read, Write},
    net::TcpStream,
};

use anyhow::{Context, bail};

pub(super) struct Site {
    address: String,
    cookie: String,
}

pub(super) struct Answer {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Vec<u8>,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Site {
    /// Of a server at an address such as `http://127.0.0.1:8080`.
    pub(super) fn new(address: &str) -> Self {
        let address = address.trim_start_matches("http://").trim_end_matches('/').to_owned();
        Self { address, cookie: String::new() }
    }

    pub(super) fn get(&self, path: &str) -> anyhow::Result<Answer> {
        self.ask("GET", path, "")
    }

    /// Fills in a form that signs in, and keeps the cookie.
    pub(super) fn sign_in(&mut self, path: &str, fields: &[(&str, &str)]) -> anyhow::Result<()> {
        let form: Vec<String> = fields.iter().map(|(name, value)| format!("{name}={}", escaped(value))).collect();
        let answer = self.ask("POST", path, &form.join("&"))?;
        let Some((cookie, _)) = answer.header("set-cookie").split_once(';') else {
            let page = self.get(path)?.text();
            let asked_for: Vec<&str> = attributes(&page, " name=\"").collect();
            bail!("{path} signed nobody in ({}); its fields are {}", answer.status, asked_for.join(", "));
        };
        cookie.clone_into(&mut self.cookie);
        Ok(())
    }

    /// Every page that links lead to from the beginnings: its pattern and, as one example of it, its address.
    pub(super) fn pages(&self, beginnings: &[&str]) -> anyhow::Result<Vec<(String, String)>> {
        let mut seen = BTreeSet::new();
        let mut waiting: VecDeque<String> = beginnings.iter().map(|&path| path.to_owned()).collect();
        let mut pages = Vec::new();
        while let Some(path) = waiting.pop_front() {
            let pattern = pattern(&path);
            if !seen.insert(pattern.clone()) {
                continue;
            }
            let answer = self.get(&path)?;
            match answer.status {
                200 if answer.header("content-type").starts_with("text/html") => {
                    let text = answer.text();
                    waiting.extend(attributes(&text, " href=\"").filter_map(|link| target(&path, link)));
                    pages.push((pattern, path));
                }
                // A file.
                200 => {}
                300..400 => waiting.push_back(answer.header("location").to_owned()),
                status => bail!("a link leads to {path}, which answered {status}"),
            }
        }
        Ok(pages)
    }

    fn ask(&self, method: &str, path: &str, form: &str) -> anyhow::Result<Answer> {
        let mut stream = TcpStream::connect(&self.address).with_context(|| format!("{} is away", self.address))?;
        stream.set_nodelay(true)?;
        // HTTP/1.0: the answer is whole and ends with the connection.
        let request = format!(
            "{method} {path} HTTP/1.0\r\nhost: {}\r\ncookie: {}\r\ncontent-type: application/x-www-form-urlencoded\r\n\
             content-length: {}\r\n\r\n{form}",
            self.address,
            self.cookie,
            form.len()
        );
        stream.write_all(request.as_bytes())?;
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes)?;
        parse(&bytes).with_context(|| format!("{method} {path} was answered by something else than HTTP"))
    }
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
fn attributes<'a>(html: &'a str, begin: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(begin).skip(1).filter_map(|rest| rest.split('"').next())
}

/// The path that a link leads to from a page; `None` if it leads elsewhere, or only to another part of the page.
fn target(page: &str, link: &str) -> Option<String> {
    let link = link.split('#').next()?.replace("&amp;", "&").replace("&#38;", "&");
    match link.chars().next()? {
        '/' => Some(link),
        '?' => Some(format!("{}{link}", page.split('?').next().unwrap_or(page))),
        _ => None,
    }
}

/// An address without what only tells one row from another: pages of one pattern are one page.
fn pattern(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let part = |part: &str| if is_id(part) { "{id}".to_owned() } else { part.to_owned() };
    let parts: Vec<String> = path.split('/').map(part).collect();
    let mut names: Vec<&str> = query.split('&').filter_map(|pair| pair.split('=').next()).collect();
    names.retain(|name| !name.is_empty());
    names.sort_unstable();
    names.dedup();
    let query = if names.is_empty() { String::new() } else { format!("?{}", names.join("&")) };
    format!("{}{query}", parts.join("/"))
}

fn is_id(part: &str) -> bool {
    part.len() >= 32 && part.chars().all(|letter| letter.is_ascii_hexdigit() || letter == '-')
}

/// A value of a form.
fn escaped(text: &str) -> String {
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

    #[test]
    fn rows_of_one_page_have_one_pattern() {
        let id = "0193a1b2-7c3d-7e4f-8a5b-6c7d8e9f0a1b";
        assert_eq!(
            pattern(&format!("/manage/acme/imports/{id}?kind=leave&after=x")),
            "/manage/acme/imports/{id}?after&kind"
        );
        assert_eq!(pattern("/manage/acme"), "/manage/acme");
        assert_eq!(pattern("/manage/acme?"), "/manage/acme");
    }

    /// Serves what the function says for a path.
    fn served(page: fn(&str) -> &'static str) -> Site {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let site = Site::new(&format!("http://{}", listener.local_addr().unwrap()));
        thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let mut bytes = [0; 2000];
                let length = stream.read(&mut bytes).unwrap();
                let request = String::from_utf8_lossy(&bytes[..length]).into_owned();
                stream.write_all(page(request.split(' ').nth(1).unwrap()).as_bytes()).unwrap();
            }
        });
        site
    }

    #[test]
    fn pages_are_found_by_following_links_each_pattern_once() {
        let site = served(|path| match path {
            "/" => "HTTP/1.0 303 See Other\r\nlocation: /list\r\n\r\n",
            "/list" => "HTTP/1.0 200 OK\r\ncontent-type: text/html\r\n\r\n<a href=\"?after=b\"><a href=\"/file.csv\">",
            "/list?after=b" => "HTTP/1.0 200 OK\r\ncontent-type: text/html\r\n\r\n<a href=\"?after=c\"><a href=\"/\">",
            "/file.csv" => "HTTP/1.0 200 OK\r\ncontent-type: text/csv\r\n\r\na,b",
            _ => "HTTP/1.0 404 Not Found\r\n\r\n",
        });
        let pages = site.pages(&["/"]).unwrap();
        let pair = |pattern: &str, path: &str| (pattern.to_owned(), path.to_owned());
        assert_eq!(pages, [pair("/list", "/list"), pair("/list?after", "/list?after=b")]);
        assert!(site.pages(&["/gone"]).unwrap_err().to_string().contains("/gone"));
    }

    #[test]
    fn who_signs_in_sends_the_cookie_from_then_on() {
        let mut site = served(|path| match path {
            "/first-run/x" => "HTTP/1.0 303 See Other\r\nset-cookie: rollcall=abc; Path=/\r\n\r\n",
            _ => "HTTP/1.0 200 OK\r\n\r\n<input name=\"email\">",
        });
        assert!(site.sign_in("/refused", &[]).unwrap_err().to_string().contains("its fields are email"));
        site.sign_in("/first-run/x", &[("email", "a@b.example")]).unwrap();
        assert_eq!(site.cookie, "rollcall=abc");
    }

    #[test]
    fn an_answer_is_taken_apart() {
        let answer = parse(b"HTTP/1.0 303 See Other\r\nLocation: /a\r\nset-cookie: k=v; Path=/\r\n\r\n<a>").unwrap();
        assert_eq!((answer.status, answer.header("location"), answer.text().as_str()), (303, "/a", "<a>"));
        assert!(parse(b"nonsense").is_none());
    }

    #[test]
    fn links_are_found_and_values_escaped() {
        let html = r#"<a class="x" href="/a?b=1&amp;c=2">A</a><form><input name="email">"#;
        let links: Vec<&str> = attributes(html, " href=\"").collect();
        assert_eq!(target("/x", links[0]), Some("/a?b=1&c=2".to_owned()));
        assert_eq!(target("/x?a=1", "?a=2"), Some("/x?a=2".to_owned()));
        assert_eq!(target("/x", "#part"), None);
        assert_eq!(target("/x", "https://elsewhere.example/"), None);
        assert_eq!(attributes(html, " name=\"").collect::<Vec<_>>(), ["email"]);
        assert_eq!(escaped("a b@ü"), "a%20b%40%C3%BC");
    }
}
