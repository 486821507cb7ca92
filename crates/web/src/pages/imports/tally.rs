//! What an import comes to, in numbers with icons and words.

use askama::Template;
use domain::plan::Counts;

use crate::words::Words;

#[derive(Template)]
#[template(path = "pages/imports/tally.html")]
pub(crate) struct Tally {
    words: Words,
    figures: Vec<Figure>,
}

struct Figure {
    tone: &'static str,
    icon: &'static str,
    name: String,
    number: u64,
}

/// The numbers of a plan. Who came back, who starts later and whom the segment leaves out are told where
/// there are any.
pub(crate) fn tally(words: Words, counts: &Counts) -> Tally {
    let all = [
        ("join", "plus", "join", counts.join, true),
        ("update", "change", "update", counts.update, true),
        ("leave", "leave", "leave", counts.leave, true),
        ("join", "return", "rejoin", counts.rejoin, false),
        ("reject", "warning", "reject", counts.reject, true),
        ("", "", "unchanged", counts.unchanged, true),
        ("", "", "starts-later", counts.starts_later, false),
        ("", "", "not-eligible", counts.not_eligible, false),
        ("", "", "excluded", counts.excluded, false),
    ];
    let shown = all.into_iter().filter(|(.., number, always)| *always || *number > 0);
    let figure =
        |(tone, icon, name, number, _)| Figure { tone, icon, name: words.of("tally-", name).to_string(), number };
    Tally { words, figures: shown.map(figure).collect() }
}
