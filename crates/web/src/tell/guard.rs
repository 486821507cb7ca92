//! Why the guard holds an import, in the reader's words, from what it looked at.

use domain::guard::{Facts, Guard, Thresholds};

use crate::words::{Phrase, Words};

/// A guard that tripped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Finding {
    /// What would happen, in numbers.
    pub(crate) title: String,
    /// What that is measured by.
    pub(crate) text: String,
}

/// What a guard found.
pub(crate) fn finding(words: Words, guard: Guard, facts: &Facts, limits: &Thresholds) -> Finding {
    let counts = &facts.counts;
    let (limit, count) = match guard {
        Guard::R40 => (limits.leavers_percent, limits.leavers_count),
        Guard::R41 => (limits.week_leavers_percent, limits.week_leavers_count),
        Guard::R42 => (limits.short_read_percent, limits.short_read_count),
        Guard::R43 => (limits.identity_percent, limits.identity_count),
        Guard::R44 => (limits.joiners_percent, limits.joiners_count),
    };
    let fill = |phrase: Phrase<'static>| {
        phrase
            .count("members", facts.members)
            .count("leave", counts.leave)
            .count("week", counts.leave.saturating_add(facts.week_leavers))
            .count("read", counts.read)
            .count("last", facts.last_read.unwrap_or_default())
            .count("changes", facts.identity_changes)
            .count("join", counts.join)
            .count("percent", percent(counts.leave, facts.members))
            .count("limit", limit)
            .count("count", count)
            .to_string()
    };
    Finding { title: fill(words.of("guard-", guard)), text: fill(words.t(format!("guard-{guard}-text"))) }
}

/// The share in whole percent, rounded.
fn percent(part: u64, whole: u64) -> u64 {
    if whole == 0 {
        return 100;
    }
    let share = (u128::from(part) * 200 / u128::from(whole)).div_ceil(2);
    u64::try_from(share).unwrap_or(100)
}

#[cfg(test)]
mod tests {
    use domain::plan::Counts;

    use super::*;
    use crate::words::Language;

    /// R40
    #[test]
    fn what_would_happen_is_told_in_numbers() {
        let counts = Counts { leave: 48, ..Counts::default() };
        let facts = Facts { counts, members: 310, ..Facts::default() };
        let told = |language| finding(Words::new(language), Guard::R40, &facts, &Thresholds::default());
        let english = told(Language::English);
        assert_eq!(english.title, "48 of 310 members would become leavers");
        assert!(english.text.starts_with("That is 15%. Imports with more than 10%"), "{}", english.text);
        assert_eq!(told(Language::German).title, "48 von 310 Mitgliedern würden ausscheiden");
        assert_eq!((percent(1, 3), percent(2, 3), percent(1, 2), percent(3, 0)), (33, 67, 50, 100));
    }

    #[test]
    fn every_guard_s_sentence_is_filled_in() {
        for language in Language::ALL {
            for guard in [Guard::R40, Guard::R41, Guard::R42, Guard::R43, Guard::R44] {
                let Finding { title, text } =
                    finding(Words::new(language), guard, &Facts::default(), &Thresholds::default());
                assert!(!format!("{title}{text}").contains(['{', '$']), "{title} {text}");
            }
        }
    }
}
