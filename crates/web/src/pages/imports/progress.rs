//! An import under way, as a bar with words: drawn by the server, and moved by what it tells afterwards.

use askama::Template;
use domain::import::State;
use engine::Progress;
use store::Import;

use crate::{access::Manager, failure::Failure, tell, words::Words};

/// The part of a page that shows an import under way.
#[derive(Template)]
#[template(path = "pages/imports/progress.html")]
pub(crate) struct Live {
    words: Words,
    progress: Progress,
    source: String,
    /// The address that tells how it goes on.
    events: String,
    /// The address of its own page, where this is another one.
    pub(crate) page: Option<String>,
}

impl Live {
    /// An import of this programme as it stands now.
    pub(crate) fn new(manager: &Manager, import: &Import, source: &str) -> Result<Self, Failure> {
        Ok(Self {
            words: manager.words,
            progress: manager.web.engine.progress_of(import)?,
            source: tell::source(source),
            events: manager.at(format_args!("imports/{}/events", import.number())),
            page: None,
        })
    }

    /// With the way to its own page.
    pub(crate) fn linked(mut self, page: String) -> Self {
        self.page = Some(page);
        self
    }

    fn title(&self) -> String {
        self.words.of("live-", self.progress.state).with("source", &self.source).to_string()
    }

    /// What happens meanwhile, and what does not.
    fn note(&self) -> String {
        let key = if self.progress.state == State::Applying { "live-note-applying" } else { "live-note" };
        self.words.t(key).to_string()
    }

    fn told(&self) -> String {
        told(self.words, &self.progress)
    }
}

/// `1,840 of 3,120 people · 96 a second · about 13 s left`
pub(super) fn told(words: Words, progress: &Progress) -> String {
    let unit = if progress.state == State::Applying { "changes" } else { "people" };
    let mut parts = Vec::new();
    if progress.total > 0 {
        let phrase = words.t(format!("live-done-{unit}")).count("done", progress.done).count("total", progress.total);
        parts.push(phrase.to_string());
    } else if progress.done > 0 {
        parts.push(words.n(format!("live-so-far-{unit}"), progress.done).to_string());
    }
    if let Some(rate) = progress.rate.filter(|rate| *rate >= 1.0) {
        parts.push(words.t("live-rate").with("rate", format!("{rate:.0}")).to_string());
    }
    if let Some(seconds) = progress.seconds_left {
        let left = match seconds {
            0..60 => words.n("live-left-seconds", seconds.max(1)),
            _ => words.n("live-left-minutes", seconds.div_ceil(60)),
        };
        parts.push(left.to_string());
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use domain::ids::ImportId;

    use super::*;
    use crate::words::Language;

    fn progress(state: State, done: u64, total: u64, rate: Option<f64>, left: Option<u64>) -> Progress {
        let import = ImportId(uuid::Uuid::nil());
        Progress { import, state, done, total, stage_since: 0, rate, seconds_left: left, finished: false }
    }

    #[test]
    fn how_far_it_is_is_told_in_numbers() {
        let english = |progress: &Progress| told(Words::new(Language::English), progress);
        let reading = progress(State::Reading, 1_840, 3_120, Some(96.4), Some(13));
        assert_eq!(english(&reading), "1,840 of 3,120 people · 96 a second · about 13 s left");
        assert_eq!(english(&progress(State::Applying, 5, 120, None, Some(61))), "5 of 120 changes · about 2 min left");
        assert_eq!(english(&progress(State::Reading, 200, 0, None, None)), "200 people so far");
        assert_eq!(english(&progress(State::Queued, 0, 0, None, None)), "");
        let german = told(Words::new(Language::German), &reading);
        assert_eq!(german, "1.840 von 3.120 Personen · 96 je Sekunde · noch etwa 13 s");
    }
}
