//! Why imports fail, in the languages that the failure itself does not speak.

use crate::Language;

/// What happened, by the failure's stable code; `said` is how it was told in English.
pub(crate) fn told(language: Language, code: &str, source: &str, said: &str) -> String {
    let known = GERMAN.iter().find(|(known, _)| *known == code).filter(|_| language == Language::German);
    known.map_or_else(|| sentence(said, source), |(_, text)| text.replace("{source}", source))
}

/// What was said in a log, as a sentence of a mail.
fn sentence(said: &str, source: &str) -> String {
    let said = said.strip_prefix("the source ").map_or_else(|| said.to_owned(), |rest| format!("{source} {rest}"));
    let mut letters = said.chars();
    let first: String = letters.next().into_iter().flat_map(char::to_uppercase).collect();
    let end = if said.ends_with(char::is_alphanumeric) { "." } else { "" };
    format!("{first}{}{end}", letters.as_str())
}

const GERMAN: &[(&str, &str)] = &[
    ("credentials-refused", "{source} nimmt Client-ID und Client-Secret nicht an."),
    ("right-missing", "Die Zugangsdaten stimmen, dürfen aber keine Beschäftigten lesen."),
    ("source-unreachable", "{source} hat nicht rechtzeitig brauchbar geantwortet."),
    ("source-limiting", "{source} hat immer wieder geantwortet, es seien zu viele Anfragen."),
    ("source-error", "{source} hat mit einem eigenen Fehler geantwortet."),
    (
        "redirect-refused",
        "{source} verwies auf eine andere Adresse. Rollcall folgt nicht, damit Ihre Zugangsdaten dort bleiben, wohin Sie sie gegeben haben.",
    ),
    ("answer-unreadable", "Was {source} geantwortet hat, war nicht zu lesen."),
    ("read-ended-early", "{source} hat mehr Personen genannt als geliefert."),
    ("read-empty", "{source} hat geantwortet, es gebe niemanden. Das gilt nie als leere Firma."),
    ("page-repeated", "{source} hat dieselben Personen zweimal geliefert."),
    ("read-endless", "Die Liste von {source} ging weit über die genannte Zahl hinaus."),
    (
        "attribute-not-shared",
        "{source} gibt ein Attribut nicht frei, ohne das niemand beurteilt werden kann: den Status, die E-Mail-Adresse oder eines, nach dem Ihr Segment fragt.",
    ),
    ("secret-key", "Die gespeicherten Zugangsdaten lassen sich nicht öffnen."),
    ("set-up", "Was für diese Integration gespeichert ist, lässt sich nicht verwenden."),
    ("interrupted", "Er wurde unterbrochen, bevor er etwas geändert hatte, und für einen anderen aufgegeben."),
    (
        "keeps-breaking-off",
        "Das Programm brach bei der Arbeit daran immer wieder ab, bevor sich etwas geändert hatte. Warum, steht in seinem Protokoll oder in dem des Systems.",
    ),
    ("revoked", "Die Integration wurde widerrufen, bevor sich etwas geändert hatte."),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_is_told_in_the_readers_language() {
        let told = |language, code| told(language, code, "Personio", "As it was said.");
        assert_eq!(told(Language::English, "source-unreachable"), "As it was said.");
        assert_eq!(sentence("the source has no people", "Personio"), "Personio has no people.");
        assert_eq!(sentence("the answer is unreadable: {", "Personio"), "The answer is unreadable: {");
        assert_eq!(
            told(Language::German, "source-unreachable"),
            "Personio hat nicht rechtzeitig brauchbar geantwortet."
        );
        assert_eq!(told(Language::German, "something-new"), "As it was said.", "rather than nothing");
    }
}
