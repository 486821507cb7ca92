//! From Markdown to both forms of a mail. One text is the source of both, so that they always say the same.
//!
//! A part of Markdown is drawn: headings, paragraphs, lists, quotations (a box), bold and italic writing, links. A list
//! whose items all begin in bold is drawn as a table of numbers. Raw HTML is text, and pictures are their description:
//! a mail fetches nothing.

mod style;
mod text;

use std::fmt::Write as _;

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use style::{CODE, COUNTED, COUNTED_LIST, HEADING, ITEM, LIST, NUMBER, NUMBERS, PARAGRAPH, QUOTATION, TITLE};
use text::Text;

/// Where the button stands. No value of a variable can hold it.
pub(crate) const BUTTON: char = '\u{e000}';

/// What the button says and where it leads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Button<'a> {
    pub(crate) label: &'a str,
    pub(crate) link: &'a str,
    /// What to do where buttons do not work.
    pub(crate) otherwise: &'a str,
}

/// A text in both forms.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// The words of its first heading.
    pub(crate) title: String,
    pub(crate) html: String,
    pub(crate) text: String,
}

/// Draws a text; links have this colour.
pub(crate) fn draw(markdown: &str, button: Option<Button<'_>>, colour: &str) -> Drawn {
    let events: Vec<Event<'_>> = Parser::new(markdown).collect();
    let mut pen =
        Pen { button, colour, html: String::new(), text: Text::default(), title: None, lists: vec![], links: vec![] };
    for (place, event) in events.iter().enumerate() {
        pen.event(event, &events[place + 1..]);
    }
    Drawn { title: pen.title.unwrap_or_default(), html: pen.html, text: pen.text.done.trim_end().to_owned() }
}

struct Pen<'a> {
    button: Option<Button<'a>>,
    colour: &'a str,
    html: String,
    text: Text,
    title: Option<String>,
    /// The lists that are open: whether each is one of numbers, and the number of its next item where they are counted.
    lists: Vec<(bool, Option<u64>)>,
    /// Where the links lead that are open; none where they may not be followed.
    links: Vec<Option<String>>,
}

impl Pen<'_> {
    fn event(&mut self, event: &Event<'_>, rest: &[Event<'_>]) {
        match event {
            Event::Start(tag) => self.start(tag, rest),
            Event::End(tag) => self.end(*tag),
            Event::Text(words) | Event::Html(words) | Event::InlineHtml(words) => self.words(words),
            Event::Code(words) => {
                self.html.push_str(CODE);
                self.words(words);
                self.html.push_str("</code>");
            }
            Event::SoftBreak => self.words(" "),
            Event::HardBreak => {
                self.html.push_str("<br>\n");
                self.text.line_break();
            }
            _ => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, rest: &[Event<'_>]) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock | Tag::CodeBlock(_) => self.html.push_str(PARAGRAPH),
            Tag::Heading { level: HeadingLevel::H1, .. } => self.html.push_str(TITLE),
            Tag::Heading { .. } => self.html.push_str(HEADING),
            Tag::BlockQuote(_) => {
                self.html.push_str(QUOTATION);
                self.text.indent.push_str("    ");
            }
            Tag::List(first) => {
                let numbers = are_numbers(rest);
                self.html.push_str(match (numbers, first) {
                    (true, _) => NUMBERS,
                    (false, None) => LIST,
                    (false, Some(_)) => COUNTED_LIST,
                });
                self.text.flush(false);
                self.lists.push((numbers, *first));
            }
            Tag::Item => {
                self.text.flush(false);
                "- ".clone_into(&mut self.text.bullet);
                let Some((numbers, next)) = self.lists.last_mut() else { return };
                self.html.push_str(if *numbers { NUMBER } else { ITEM });
                if let Some(number) = next {
                    self.text.bullet = format!("{number}. ");
                    *number += 1;
                }
            }
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Link { dest_url, .. } => {
                let known = ["https://", "http://", "mailto:"].iter().any(|scheme| dest_url.starts_with(scheme));
                if known {
                    self.html.push_str("<a class=\"link\" href=\"");
                    let _ = write!(self.html, "{}\" style=\"color:{}\">", escaped(dest_url), self.colour);
                }
                self.links.push(known.then(|| dest_url.to_string()));
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock | TagEnd::CodeBlock => {
                self.html.push_str("</p>\n");
                self.text.flush(true);
            }
            TagEnd::Heading(HeadingLevel::H1) => {
                self.title.get_or_insert_with(|| self.text.line.clone());
                self.html.push_str("</h1>\n");
                self.text.flush(true);
            }
            TagEnd::Heading(_) => {
                self.html.push_str("</h2>\n");
                self.text.flush(false);
            }
            TagEnd::BlockQuote(_) => {
                self.html.push_str("</td></tr></table>\n");
                self.text.flush(true);
                let shorter = self.text.indent.len().saturating_sub(4);
                self.text.indent.truncate(shorter);
            }
            TagEnd::List(counted) => {
                let (numbers, _) = self.lists.pop().unwrap_or_default();
                self.html.push_str(match (numbers, counted) {
                    (true, _) => "</table>\n",
                    (false, false) => "</ul>\n",
                    (false, true) => "</ol>\n",
                });
                self.text.gap = true;
            }
            TagEnd::Item => {
                let numbers = self.lists.last().is_some_and(|(numbers, _)| *numbers);
                self.html.push_str(if numbers { "</td></tr>\n" } else { "</li>\n" });
                self.text.flush(false);
            }
            TagEnd::Strong => {
                self.html.push_str("</strong>");
                // The number of a row is over once its bold writing is.
                let open = self.html.rfind(NUMBER).filter(|_| self.lists.last().is_some_and(|(numbers, _)| *numbers));
                if open.is_some_and(|open| !self.html[open + NUMBER.len()..].contains("<td")) {
                    self.html.push_str(COUNTED);
                }
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Link => {
                if let Some(Some(link)) = self.links.pop() {
                    self.html.push_str("</a>");
                    let address = link.trim_start_matches("mailto:");
                    if !self.text.line.ends_with(address) {
                        let _ = write!(self.text.line, " ({address})");
                    }
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        for (place, words) in words.split(BUTTON).enumerate() {
            if place > 0 {
                self.button();
            }
            let words = words.trim_end_matches('\n').replace(['\r', '\n'], " ");
            self.html.push_str(&escaped(&words));
            self.text.line.push_str(&words);
        }
    }

    /// A button in a paragraph of its own is one; among words it is a link.
    fn button(&mut self) {
        let Some(Button { label, link, otherwise }) = self.button else { return };
        let (colour, shown, address) = (self.colour, escaped(label), escaped(link));
        if self.html.ends_with(PARAGRAPH) {
            self.html.truncate(self.html.len() - PARAGRAPH.len());
            self.html.push_str(&style::button(colour, &shown, &address, &escaped(otherwise)));
            let _ = write!(self.text.line, "{label}:\n{}{link}", self.text.indent);
        } else {
            let _ = write!(self.html, "<a class=\"link\" href=\"{address}\" style=\"color:{colour}\">{shown}</a>");
            let _ = write!(self.text.line, "{label} ({link})");
        }
    }
}

/// Whether every item of the list that begins here begins in bold.
fn are_numbers(events: &[Event<'_>]) -> bool {
    let mut depth = 1;
    for (place, event) in events.iter().enumerate() {
        match event {
            Event::Start(Tag::List(_)) => depth += 1,
            Event::End(TagEnd::List(_)) => depth -= 1,
            Event::Start(Tag::Item) if !matches!(events.get(place + 1), Some(Event::Start(Tag::Strong))) => {
                return false;
            }
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    true
}

/// Text that is no markup, in HTML and in its attributes.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            c => escaped.push(c),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(markdown: &str) -> Drawn {
        let button = Button { label: "Open it", link: "https://club.example/a?b=1&c=2", otherwise: "Or copy:" };
        draw(markdown, Some(button), "#14553f")
    }

    fn shapes(html: &str) -> Vec<&str> {
        html.split('<').skip(1).filter_map(|tag| tag.split([' ', '>']).next()).collect()
    }

    #[test]
    fn one_text_is_drawn_in_both_forms() {
        let drawn = drawn("# Hello\n\nOne\nline.\n\n## What\nThis:\n\n- a\n- b\n\n1. c\n2. **d**\n\nEnd.");
        assert_eq!(drawn.title, "Hello");
        assert_eq!(drawn.text, "Hello\n\nOne line.\n\nWhat\nThis:\n\n- a\n- b\n\n1. c\n2. d\n\nEnd.");
        let html = shapes(&drawn.html).join(" ");
        assert_eq!(html, "h1 /h1 p /p h2 /h2 p /p ul li /li li /li /ul ol li /li li strong /strong /li /ol p /p");
    }

    #[test]
    fn numbers_are_a_table() {
        let drawn = drawn("- **12** joined, **really**\n- **3** left");
        assert_eq!(drawn.text, "- 12 joined, really\n- 3 left");
        let html = shapes(&drawn.html).join(" ");
        let row = "tr td strong /strong /td td";
        assert_eq!(html, format!("table {row} strong /strong /td /tr {row} /td /tr /table"));
    }

    #[test]
    fn a_quotation_is_a_box() {
        let drawn = drawn("Why:\n\n> - one\n> - two\n\nSo.");
        assert_eq!(drawn.text, "Why:\n\n    - one\n    - two\n\nSo.");
        assert_eq!(shapes(&drawn.html).join(" "), "p /p table tr td ul li /li li /li /ul /td /tr /table p /p");
    }

    #[test]
    fn the_button_is_one_in_a_paragraph_of_its_own_and_a_link_among_words() {
        let alone = drawn(&format!("Do:\n\n{BUTTON}\n\nDone."));
        assert_eq!(alone.text, "Do:\n\nOpen it:\nhttps://club.example/a?b=1&c=2\n\nDone.");
        assert_eq!(alone.html.matches("href=\"https://club.example/a?b=1&amp;c=2\"").count(), 2, "{}", alone.html);
        assert_eq!(alone.html.matches("<p").count(), alone.html.matches("</p>").count());
        let among = drawn(&format!("Go: {BUTTON}."));
        assert_eq!(among.text, "Go: Open it (https://club.example/a?b=1&c=2).");
    }

    #[test]
    fn raw_html_is_text_and_nothing_is_fetched() {
        let drawn = drawn("<script>x</script>\n\na <b>b</b> ![c](https://evil.example/c.png) [d](javascript:e) `f`");
        assert!(!drawn.html.contains("<script") && !drawn.html.contains("<b>") && !drawn.html.contains("<img"));
        assert!(!drawn.html.contains("evil.example") && !drawn.html.contains("javascript"), "{}", drawn.html);
        assert_eq!(drawn.text, "<script>x</script>\n\na <b>b</b> c d f");
    }

    #[test]
    fn where_a_link_leads_is_told_without_html_too() {
        let drawn =
            drawn("[Help](https://club.example/help), <https://club.example> and [a@b.example](mailto:a@b.example)");
        assert_eq!(drawn.text, "Help (https://club.example/help), https://club.example and a@b.example");
    }
}
