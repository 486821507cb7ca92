//! Following links, from page to page.

use std::collections::{BTreeSet, VecDeque};

use anyhow::bail;
use testkit::{Site, attributes};

/// Every page that links lead to from the beginnings: its pattern and, as one example of it, its address.
pub(crate) fn pages(site: &Site, beginnings: &[&str]) -> anyhow::Result<Vec<(String, String)>> {
    let mut seen = BTreeSet::new();
    let mut waiting: VecDeque<String> = beginnings.iter().map(|&path| path.to_owned()).collect();
    let mut pages = Vec::new();
    while let Some(path) = waiting.pop_front() {
        let pattern = pattern(&path);
        if !seen.insert(pattern.clone()) {
            continue;
        }
        let answer = site.get(&path)?;
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

/// A page of the same pattern further on in its list: `steps` links on, or fewer where the list ends before; `None` where
/// there is none.
pub(crate) fn further_on(site: &Site, from: &str, steps: u32) -> anyhow::Result<Option<String>> {
    let (wanted, mut seen, mut path) = (pattern(from), BTreeSet::from([from.to_owned()]), from.to_owned());
    for _ in 0..steps {
        let text = site.get(&path)?.text();
        let mut links = attributes(&text, " href=\"").filter_map(|link| target(&path, link));
        match links.find(|link| pattern(link) == wanted && !seen.contains(link)) {
            Some(next) => path = next,
            None => break,
        }
        seen.insert(path.clone());
    }
    Ok((path != from).then_some(path))
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

#[cfg(test)]
mod tests {
    use std::{
        io::{Read, Write},
        net::TcpListener,
        thread,
    };

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
        let found = pages(&site, &["/"]).unwrap();
        let pair = |pattern: &str, path: &str| (pattern.to_owned(), path.to_owned());
        assert_eq!(found, [pair("/list", "/list"), pair("/list?after", "/list?after=b")]);
        assert!(pages(&site, &["/gone"]).unwrap_err().to_string().contains("/gone"));
    }

    #[test]
    fn links_are_found() {
        let html = r#"<a class="x" href="/a?b=1&amp;c=2">A</a>"#;
        let links: Vec<&str> = attributes(html, " href=\"").collect();
        assert_eq!(target("/x", links[0]), Some("/a?b=1&c=2".to_owned()));
        assert_eq!(target("/x?a=1", "?a=2"), Some("/x?a=2".to_owned()));
        assert_eq!(target("/x", "#part"), None);
        assert_eq!(target("/x", "https://elsewhere.example/"), None);
    }
}
