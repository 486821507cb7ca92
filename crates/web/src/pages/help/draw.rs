//! Draws a text: Markdown to HTML, with links that lead to addresses here.

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use super::{media, shelf};
use crate::words::{Language, Words};

/// A text as its page shows it.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) language: Language,
    pub(super) title: String,
    pub(super) html: String,
    /// The places in it that links can lead to.
    pub(super) sections: Vec<String>,
    /// Links that lead nowhere; a test sees to it that there are none.
    pub(super) lost: Vec<String>,
    /// Pictures and films that it shows or would show, by file name.
    pub(super) pictures: Vec<String>,
}

/// Draws the text with this path in `docs/`.
pub(super) fn draw(language: Language, path: &str, markdown: &str) -> Text {
    let mut text =
        Text { language, title: String::new(), html: String::new(), sections: vec![], lost: vec![], pictures: vec![] };
    let mut events: Vec<Event<'_>> = Vec::new();
    let mut heading = String::new();
    let mut anchors = Vec::new();
    let mut parser = Parser::new_ext(markdown, Options::ENABLE_TABLES).peekable();
    while let Some(event) = parser.next() {
        match event {
            Event::Start(Tag::Heading { level, classes, attrs, .. }) => {
                let inner: Vec<_> = parser.by_ref().take_while(|event| !is_end_of_heading(event)).collect();
                let words = plain(&inner);
                let id = text.section(&slug(&words));
                heading.clone_from(&words);
                if level == HeadingLevel::H1 {
                    text.title = words;
                }
                let id = (level != HeadingLevel::H1).then(|| CowStr::from(id));
                events.push(Event::Start(Tag::Heading { level, id, classes, attrs }));
                events.append(&mut anchors);
                events.extend(inner);
                events.push(Event::End(TagEnd::Heading(level)));
            }
            Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
                let dest_url = text.link(path, &dest_url).into();
                events.push(Event::Start(Tag::Link { link_type, dest_url, title, id }));
            }
            // Anchors before a heading become part of it, so that they leave no gap.
            Event::Start(Tag::Paragraph) if matches!(parser.peek(), Some(Event::InlineHtml(_))) => {
                let inner: Vec<_> = parser.by_ref().take_while(|event| !is_end_of_paragraph(event)).collect();
                for event in &inner {
                    text.note_anchors(event);
                }
                if inner.iter().all(|event| matches!(event, Event::InlineHtml(_))) {
                    anchors.extend(inner);
                } else {
                    events.push(Event::Start(Tag::Paragraph));
                    events.extend(inner);
                    events.push(Event::End(TagEnd::Paragraph));
                }
            }
            // A picture stands in a paragraph of its own, which goes where there is no picture (yet).
            Event::Start(Tag::Paragraph) if matches!(parser.peek(), Some(Event::Start(Tag::Image { .. }))) => {
                let inner: Vec<_> = parser.by_ref().take_while(|event| !is_end_of_paragraph(event)).collect();
                events.extend(text.picture(path, &inner).map(|html| Event::Html(html.into())));
            }
            Event::Start(Tag::Table(columns)) => {
                let label = Words::new(language).t("help-table").with("name", &heading).to_string();
                let label = escaped(&label);
                let open = format!(r#"<div class="scroll" tabindex="0" role="group" aria-label="{label}">"#);
                events.push(Event::Html(open.into()));
                // Columns are aligned by the style sheet: an inline style would be refused.
                let columns = columns.iter().map(|_| pulldown_cmark::Alignment::None).collect();
                events.push(Event::Start(Tag::Table(columns)));
            }
            Event::End(TagEnd::Table) => events.extend([event, Event::Html("</div>".into())]),
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(_) | CodeBlockKind::Indented)) => {
                events.push(Event::Html(r#"<pre tabindex="0"><code>"#.into()));
            }
            Event::End(TagEnd::CodeBlock) => events.push(Event::Html("</code></pre>".into())),
            event => {
                text.note_anchors(&event);
                events.push(event);
            }
        }
    }
    html::push_html(&mut text.html, events.into_iter());
    text.html = text.html.replace("<th>", r#"<th scope="col">"#);
    text
}

impl Text {
    /// Notes a place; a second one of the same name gets a number.
    fn section(&mut self, slug: &str) -> String {
        let known = |name: &str| self.sections.iter().any(|section| section == name);
        let again = |n: usize| if n == 0 { slug.to_owned() } else { format!("{slug}-{n}") };
        let id = (0..=self.sections.len()).map(again).find(|name| !known(name)).unwrap_or_default();
        self.sections.push(id.clone());
        id
    }

    /// Notes the places that a text names by raw anchors, as `<a id="r1"></a>`.
    fn note_anchors(&mut self, event: &Event<'_>) {
        if let Event::Html(raw) | Event::InlineHtml(raw) = event {
            let ids = raw.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next());
            self.sections.extend(ids.map(str::to_owned));
        }
    }

    /// Where a link of the text with this path leads here.
    fn link(&mut self, path: &str, target: &str) -> String {
        if target.starts_with('#') || target.starts_with("https://") || target.starts_with("http://") {
            return target.to_owned();
        }
        let (file, place) = target.split_once('#').map_or((target, None), |(file, place)| (file, Some(place)));
        let address = shelf::address_of(&resolved(path, file));
        match (address, place) {
            (Some((_, address)), Some(place)) => format!("{address}#{place}"),
            (Some((_, address)), None) => address,
            (None, _) => {
                self.lost.push(target.to_owned());
                target.to_owned()
            }
        }
    }

    /// A picture or the film, if its file is there.
    fn picture(&mut self, path: &str, inner: &[Event<'_>]) -> Option<String> {
        let Some(Event::Start(Tag::Image { dest_url, .. })) = inner.first() else { return None };
        let file = resolved(path, dest_url);
        let name = file.strip_prefix("guide/pictures/")?;
        self.pictures.push(name.to_owned());
        let words = escaped(&plain(inner));
        if name == media::FILM {
            let media::Film { video, captions, language, spoken, poster } = media::film(self.language)?;
            return Some(format!(
                "<video controls preload=\"none\" poster=\"{poster}\" aria-label=\"{words}\">\
                 <source src=\"{video}\" type=\"video/webm\">\
                 <track kind=\"captions\" srclang=\"{language}\" label=\"{spoken}\" src=\"{captions}\" default></video>\n"
            ));
        }
        let picture = media::find(name)?;
        let size = picture.size().map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\""));
        let size = size.unwrap_or_default();
        Some(format!("<p><img src=\"{}\" alt=\"{words}\"{size} loading=\"lazy\"></p>\n", picture.address()))
    }
}

fn is_end_of_heading(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Heading(_)))
}

fn is_end_of_paragraph(event: &Event<'_>) -> bool {
    matches!(event, Event::End(TagEnd::Paragraph))
}

/// The words of some events, without marks.
fn plain(events: &[Event<'_>]) -> String {
    let words = |event: &Event<'_>| match event {
        Event::Text(text) | Event::Code(text) => Some(text.to_string()),
        Event::SoftBreak | Event::HardBreak => Some(" ".to_owned()),
        _ => None,
    };
    events.iter().filter_map(words).collect()
}

/// The name of a section, as code hosts make it of a heading, so that links work there too.
fn slug(heading: &str) -> String {
    let kept = heading.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.flat_map(char::to_lowercase).map(|c| if c == ' ' { '-' } else { c }).collect()
}

/// `problems/a.md` and `../RULES.md` → `RULES.md`
fn resolved(from: &str, target: &str) -> String {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in target.split('/') {
        match part {
            ".." => drop(parts.pop()),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    parts.join("/")
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_between_files_become_addresses() {
        let text = draw(
            Language::English,
            "problems/too-long.md",
            "# T\n[r](../RULES.md#r35) [f](failures.md) [g](../guide/index.md) [x](../x.md)",
        );
        for address in ["/help/rules#r35", "/help/problems/failures", "\"/help\""] {
            assert!(text.html.contains(address), "{address} in {}", text.html);
        }
        assert_eq!(text.lost, ["../x.md"]);
    }

    #[test]
    fn a_german_text_leads_to_the_same_addresses() {
        let text = draw(
            Language::German,
            "guide/de/x.md",
            "# T\n[r](../../RULES.md#r35) [f](../../problems/de/failures.md) [g](index.md)\n\n| a |\n|---|\n| b |\n\n\
             ![p](../pictures/x.png)\n",
        );
        for part in ["/help/rules#r35", "\"/help/problems/failures\"", "\"/help\"", "aria-label=\"Tabelle: T\""] {
            assert!(text.html.contains(part), "{part} in {}", text.html);
        }
        assert_eq!((text.lost.len(), text.pictures), (0, vec!["x.png".to_owned()]));
    }

    #[test]
    fn headings_can_be_linked_to_as_on_code_hosts() {
        let text = draw(
            Language::English,
            "RULES.md",
            "# The rules\n## What's new?\n## What's new?\n<a id=\"r1\"></a>\n### R1 Everybody or `nobody`",
        );
        assert_eq!(text.title, "The rules");
        assert_eq!(text.sections, ["the-rules", "whats-new", "whats-new-1", "r1", "r1-everybody-or-nobody"]);
        assert!(text.html.contains(r#"<h3 id="r1-everybody-or-nobody"><a id="r1"></a>R1"#), "{}", text.html);
    }

    #[test]
    fn nothing_is_drawn_with_an_inline_style() {
        let text = draw(
            Language::English,
            "guide/x.md",
            "# T\n\n| a | b |\n|--:|:-:|\n| 1 | 2 |\n\n![none](pictures/none.png)\n",
        );
        assert!(!text.html.contains("style="), "{}", text.html);
        assert!(!text.html.contains("<img"), "{}", text.html);
    }
}
