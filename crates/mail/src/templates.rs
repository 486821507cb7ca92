//! The templates, compiled once. Strict about what they name, limited in how long they run.

use std::sync::{Arc, LazyLock};

use minijinja::{AutoEscape, Environment, UndefinedBehavior, syntax::SyntaxConfig};

use crate::MailError;

/// Enough for the largest mail many times over.
const FUEL: u64 = 50_000;

/// The three templates of each of these mails.
macro_rules! mails {
    ($($name:literal),* $(,)?) => {
        &[$(
            (concat!($name, ".subject.j2"), include_str!(concat!("../templates/", $name, ".subject.j2"))),
            (concat!($name, ".txt.j2"), include_str!(concat!("../templates/", $name, ".txt.j2"))),
            (concat!($name, ".html.j2"), include_str!(concat!("../templates/", $name, ".html.j2"))),
        )*]
    };
}

const MAILS: &[(&str, &str)] = mails![
    "welcome",
    "import-summary",
    "import-failed",
    "on-hold",
    "reconnect-needed",
    "administrator-invitation",
    "administrator-reset",
];

/// What the mails share.
const PARTS: &[(&str, &str)] = &[
    ("layout.html.j2", include_str!("../templates/layout.html.j2")),
    ("action.html.j2", include_str!("../templates/action.html.j2")),
    ("action.txt.j2", include_str!("../templates/action.txt.j2")),
    ("why.html.j2", include_str!("../templates/why.html.j2")),
    ("why.txt.j2", include_str!("../templates/why.txt.j2")),
];

/// The environment with all templates in it.
pub(crate) fn environment() -> Result<&'static Environment<'static>, MailError> {
    static ENVIRONMENT: LazyLock<Result<Environment<'static>, Arc<minijinja::Error>>> =
        LazyLock::new(|| build().map_err(Arc::new));
    ENVIRONMENT.as_ref().map_err(|error| MailError::Templates(Arc::clone(error)))
}

fn build() -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(
        |name| {
            if name.ends_with(".html.j2") { AutoEscape::Html } else { AutoEscape::None }
        },
    );
    environment.add_filter("number", number);
    environment.add_filter("counted", counted);
    for (name, source) in MAILS.iter().chain(PARTS) {
        environment.add_template(name, source)?;
    }
    Ok(environment)
}

/// `47500` → `47,500`
fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1 | counted("error", "errors")` → `1 error`
fn counted(count: u64, one: String, many: String) -> String {
    format!("{} {}", number(count), if count == 1 { one } else { many })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Kind;

    #[test]
    fn every_mail_has_its_three_templates() {
        let environment = environment().unwrap();
        for kind in Kind::ALL {
            for part in ["subject", "txt", "html"] {
                assert!(environment.get_template(&format!("{kind}.{part}.j2")).is_ok(), "{kind}.{part}.j2");
            }
        }
    }

    #[test]
    fn no_mail_fetches_anything_when_it_is_opened() {
        for (name, source) in MAILS.iter().chain(PARTS) {
            for word in ["<img", "src=", "url(", "@import", "<link", "<script", "http:", "https:"] {
                assert!(!source.contains(word), "{name} contains {word}");
            }
        }
    }

    #[test]
    fn numbers_are_grouped_and_agree_with_their_noun() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_000), "1,000");
        assert_eq!(number(47_500), "47,500");
        assert_eq!(number(1_234_567), "1,234,567");
        assert_eq!(counted(1, "error".to_owned(), "errors".to_owned()), "1 error");
        assert_eq!(counted(0, "error".to_owned(), "errors".to_owned()), "0 errors");
    }
}
