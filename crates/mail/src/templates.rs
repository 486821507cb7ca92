//! The template engine: strict about what is named, limited in how long it runs. A value never becomes markup.

use std::{
    borrow::Cow,
    sync::{Arc, LazyLock},
};

use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior, syntax::SyntaxConfig, value::Value};

use crate::{Language, MailError};

/// Enough for the largest mail many times over.
const FUEL: u64 = 50_000;

/// The frame's name.
pub(crate) const FRAME: &str = "frame.html";

/// How names of texts in Markdown end.
pub(crate) const MARKDOWN: &str = ".md";

/// Texts in Markdown are escaped in a way that the template engine does not know of.
const ESCAPE_MARKDOWN: AutoEscape = AutoEscape::Custom(Cow::Borrowed("markdown"));

/// The environment of a language.
pub(crate) fn environment(language: Language) -> Result<&'static Environment<'static>, MailError> {
    type Made = LazyLock<Result<Environment<'static>, Arc<Error>>>;
    static ENGLISH: Made = LazyLock::new(|| build(Language::English).map_err(Arc::new));
    static GERMAN: Made = LazyLock::new(|| build(Language::German).map_err(Arc::new));
    let made = match language {
        Language::English => &ENGLISH,
        Language::German => &GERMAN,
    };
    made.as_ref().map_err(|error| MailError::Templates(Arc::clone(error)))
}

fn build(language: Language) -> Result<Environment<'static>, Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|name| {
        if name == FRAME {
            AutoEscape::Html
        } else if name.ends_with(MARKDOWN) {
            ESCAPE_MARKDOWN
        } else {
            AutoEscape::None
        }
    });
    environment.set_formatter(format);
    environment.add_filter("number", move |number: u64| language.number(number));
    environment
        .add_filter("counted", move |count: u64, one: String, many: String| language.counted(count, &one, &many));
    environment.add_template(FRAME, include_str!("../templates/frame.html.j2"))?;
    Ok(environment)
}

/// Writes a value into a mail.
fn format(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    if value.is_undefined() || *state.auto_escape() == AutoEscape::Html {
        return minijinja::escape_formatter(out, state, value);
    }
    let text = value.to_string();
    let text = if value.is_safe() { text } else { one_line(&text) };
    let markdown = *state.auto_escape() == ESCAPE_MARKDOWN && !value.is_safe();
    let text = if markdown { escaped(&text) } else { text };
    Ok(out.write_str(&text)?)
}

/// A value without what could begin another line, and without the characters that we mark places with.
pub(crate) fn one_line(value: &str) -> String {
    let breaks = |c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}');
    let ours = |c: char| ('\u{e000}'..='\u{f8ff}').contains(&c);
    value.trim().chars().filter(|c| !ours(*c)).map(|c| if breaks(c) { ' ' } else { c }).collect()
}

/// Text that is no markup, in Markdown.
pub(crate) fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(c);
    }
    escaped
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    fn filled(name: &str, source: &str, value: &str) -> Result<String, Error> {
        let values = BTreeMap::from([("name", Value::from(value))]);
        environment(Language::English).unwrap().render_named_str(name, source, Value::from(values))
    }

    #[test]
    fn a_value_is_not_markup() {
        assert_eq!(filled("a.md", "{{ name }}", "**a** <b>\n# c").unwrap(), r"\*\*a\*\* \<b\> \# c");
        assert_eq!(filled("subject", "{{ name }}", " **a**\r\nBcc: b ").unwrap(), "**a**  Bcc: b");
        assert_eq!(filled("a.md", "{{ name }}", "\u{e000}x\u{e001}").unwrap(), "x");
        assert_eq!(filled(FRAME, "{{ name }}", "<b>").unwrap(), "&lt;b&gt;");
    }

    #[test]
    fn nothing_runs_without_end() {
        let loops = "{% for i in range(9999) %}{% for j in range(9999) %}x{% endfor %}{% endfor %}";
        assert!(filled("a.md", loops, "").is_err());
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        assert!(filled("a.md", "{{ nmae }}", "x").is_err());
    }

    #[test]
    fn no_mail_fetches_anything_when_it_is_opened() {
        let frame = include_str!("../templates/frame.html.j2");
        for word in ["<img", "src=", "url(", "@import", "<link", "<script", "http:", "https:"] {
            assert!(!frame.contains(word), "{word}");
        }
    }
}
