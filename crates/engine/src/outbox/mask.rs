//! Addresses in a mail, and what of them only the mail's reader may know.

/// What a key is shown as.
const HIDDEN: &str = "…";

/// As many characters without a gap are a key, and not a name.
const SHORTEST_KEY: usize = 20;

/// Where an address ends.
fn ends(c: char) -> bool {
    c.is_whitespace() || matches!(c, '"' | '\'' | '<' | '>' | ')')
}

/// The text with the keys in our own addresses left out.
pub(super) fn without_keys(text: &str, ours: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(ours) {
        let (before, from) = rest.split_at(at + ours.len());
        shown.push_str(before);
        let end = from.find(ends).unwrap_or(from.len());
        let (path, after) = from.split_at(end);
        let mut word = String::new();
        for c in path.chars() {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_') {
                word.push(c);
            } else {
                shown.push_str(told(&word));
                shown.push(c);
                word.clear();
            }
        }
        shown.push_str(told(&word));
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// A part of an address, unless it is a key. Numbers of imports and the like are none.
fn told(word: &str) -> &str {
    if word.chars().count() >= SHORTEST_KEY && uuid::Uuid::try_parse(word).is_err() { HIDDEN } else { word }
}

/// The addresses of pages in a text, each once.
pub(super) fn links(text: &str) -> Vec<String> {
    let mut links: Vec<String> = Vec::new();
    for (at, _) in text.match_indices("http") {
        let from = &text[at..];
        let link = &from[..from.find(ends).unwrap_or(from.len())];
        let link = link.trim_end_matches(['.', ',', ';']);
        let is_one = link.starts_with("https://") || link.starts_with("http://");
        if is_one && !links.iter().any(|known| known == link) {
            links.push(link.to_owned());
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    const OURS: &str = "https://club.example";

    #[test]
    fn keys_in_our_own_addresses_are_left_out() {
        let key = "5d1c0b7f3e9a4c62b8d7f0a1e2c3b4d5f6a7b8c9";
        let text = format!("Open {OURS}/acme/welcome/{key}.\nOr <a href=\"{OURS}/reset/{key}?x=1&amp;y={key}\">");
        let shown = without_keys(&text, OURS);
        assert!(!shown.contains(key) && !shown.contains("5d1c"), "{shown}");
        assert!(shown.contains("https://club.example/acme/welcome/….\n"), "{shown}");
        assert!(shown.contains("\"https://club.example/reset/…?x=1&amp;y=…\">"), "{shown}");
    }

    #[test]
    fn everything_else_stays() {
        let text =
            format!("{OURS}/manage/acme/imports/0197a5c2-4f1e-7c3a-9d58-6b2f0e8a1c44 {OURS} https://other.example/a");
        assert_eq!(without_keys(&text, OURS), text);
    }

    #[test]
    fn the_addresses_of_a_text_are_found_once_each() {
        let text = "See https://club.example/a?b=c.\nAgain: https://club.example/a?b=c (http://x.example/y) https";
        assert_eq!(links(text), ["https://club.example/a?b=c", "http://x.example/y"]);
    }
}
