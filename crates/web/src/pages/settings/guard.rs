//! When an import waits for an administrator: the guard's thresholds, in sentences (R40–R44).

use std::collections::BTreeMap;

use askama::Template;
use axum::{
    Form,
    extract::{Path, Query},
};
use domain::{guard::Thresholds, roles::Action, setup::Place};
use engine::EngineError;
use serde::Deserialize;
use sources::personio;

use super::{Tabs, frame};
use crate::{
    access::Manager,
    failure::Failure,
    form::{Input, Summary, Wrongs, again},
    page::{Page, Said, Shell, draw, go_on},
    routes::{Access, Route, get, post},
    words::Words,
};

const PATH: &str = "/manage/{programme}/settings/guard/{source}";

pub(super) fn routes() -> Vec<Route> {
    vec![
        get("/manage/{programme}/settings/guard", Access::May(Action::SeeSettings), first),
        get(PATH, Access::May(Action::SeeSettings), show),
        post(PATH, Access::May(Action::ChangeSettings), change),
    ]
}

/// The thresholds by their names, two for each rule.
const RULES: [(&str, &str, &str); 5] = [
    ("r40", "leavers_percent", "leavers_count"),
    ("r41", "week_leavers_percent", "week_leavers_count"),
    ("r42", "short_read_percent", "short_read_count"),
    ("r43", "identity_percent", "identity_count"),
    ("r44", "joiners_percent", "joiners_count"),
];

#[derive(Template)]
#[template(path = "pages/settings/guard.html")]
struct Guard {
    shell: Shell,
    tabs: Tabs,
    may_change: bool,
    summary: Summary,
    source: String,
    rules: Vec<Rule>,
}

/// One rule: what it says with the numbers as they are, and the two numbers.
struct Rule {
    title: String,
    sentence: String,
    why: String,
    percent: Input,
    count: Input,
}

#[derive(Template)]
#[template(path = "pages/settings/guard_none.html")]
struct NoIntegration {
    shell: Shell,
    tabs: Tabs,
}

#[derive(Deserialize)]
struct At {
    source: String,
}

async fn first(manager: Manager) -> Page {
    let integrations = manager.web.engine.store().integrations(manager.programme.number()).await?;
    if let Some(integration) = integrations.first() {
        return Ok(go_on(&manager.at(format!("settings/guard/{}", integration.source)), ""));
    }
    let (shell, tabs) = frame(&manager, "guard", None);
    draw(&NoIntegration { shell, tabs })
}

/// The number behind a name.
fn slot<'a>(thresholds: &'a mut Thresholds, name: &str) -> Option<&'a mut u64> {
    Some(match name {
        "leavers_percent" => &mut thresholds.leavers_percent,
        "leavers_count" => &mut thresholds.leavers_count,
        "week_leavers_percent" => &mut thresholds.week_leavers_percent,
        "week_leavers_count" => &mut thresholds.week_leavers_count,
        "short_read_percent" => &mut thresholds.short_read_percent,
        "short_read_count" => &mut thresholds.short_read_count,
        "identity_percent" => &mut thresholds.identity_percent,
        "identity_count" => &mut thresholds.identity_count,
        "joiners_percent" => &mut thresholds.joiners_percent,
        "joiners_count" => &mut thresholds.joiners_count,
        _ => return None,
    })
}

/// The thresholds as texts, by name.
fn typed(mut thresholds: Thresholds) -> BTreeMap<String, String> {
    let names = RULES.iter().flat_map(|(_, percent, count)| [*percent, *count]);
    names.filter_map(|name| Some((name.to_owned(), slot(&mut thresholds, name)?.to_string()))).collect()
}

/// The thresholds that were typed, and what is no number.
fn parsed(words: Words, entries: &BTreeMap<String, String>) -> Result<Thresholds, Wrongs> {
    let (mut thresholds, mut wrongs) = (Thresholds::default(), Wrongs::default());
    for name in RULES.iter().flat_map(|(_, percent, count)| [*percent, *count]) {
        let text = entries.get(name).map(|text| text.trim()).unwrap_or_default();
        match (text.parse::<u32>(), slot(&mut thresholds, name)) {
            (Ok(number), Some(slot)) => *slot = number.into(),
            _ => wrongs.add(name, words.t("flaw-not-a-number")),
        }
    }
    if wrongs.is_empty() { Ok(thresholds) } else { Err(wrongs) }
}

fn page(
    manager: &Manager,
    (said, source): (Option<&str>, &str),
    (mut set, entries): (Thresholds, &BTreeMap<String, String>),
    wrongs: &Wrongs,
) -> Guard {
    let words = manager.words;
    let (shell, tabs) = frame(manager, "guard", said);
    let mut rule = |(rule, percent, count): (&str, &'static str, &'static str)| {
        let mut number = |name| slot(&mut set, name).map_or(0, |number| *number);
        let sentence =
            words.of("guard-sentence-", rule).count("percent", number(percent)).count("count", number(count));
        let text = |name: &str| entries.get(name).cloned().unwrap_or_default();
        Rule {
            title: words.of("guard-title-", rule).to_string(),
            sentence: sentence.to_string(),
            why: words.of("guard-why-", rule).to_string(),
            percent: Input::number(percent, words.of("guard-percent-", rule), "%").value(text(percent)).told(wrongs),
            count: Input::number(count, words.of("guard-count-", rule), words.t("unit-people"))
                .value(text(count))
                .told(wrongs),
        }
    };
    Guard {
        shell,
        tabs,
        may_change: manager.may(Action::ChangeSettings),
        summary: wrongs.summary(words),
        source: if source == personio::DESCRIPTION.key { personio::DESCRIPTION.name } else { source }.to_owned(),
        rules: RULES.into_iter().map(&mut rule).collect(),
    }
}

async fn show(manager: Manager, Path(At { source }): Path<At>, Query(query): Query<Said>) -> Page {
    let integration = manager.integration(&source).await?;
    let set = manager.web.engine.guard_of(&integration)?;
    draw(&page(&manager, (query.said.as_deref(), &source), (set, &typed(set)), &Wrongs::default()))
}

async fn change(
    manager: Manager,
    Path(At { source }): Path<At>,
    Form(entries): Form<BTreeMap<String, String>>,
) -> Page {
    let integration = manager.integration(&source).await?;
    let set = manager.web.engine.guard_of(&integration)?;
    let wrongs = match parsed(manager.words, &entries) {
        Err(wrongs) => wrongs,
        Ok(wanted) => match manager.web.engine.change_guard(&integration, wanted, &manager.actor()).await {
            Ok(()) => return Ok(go_on(&manager.at(format!("settings/guard/{source}")), "guard-saved")),
            Err(error) => told(manager.words, error)?,
        },
    };
    again(&page(&manager, (None, &source), (set, &entries), &wrongs))
}

fn told(words: Words, error: EngineError) -> Result<Wrongs, Failure> {
    let EngineError::Mistakes(mistakes) = error else { return Err(error.into()) };
    let mut wrongs = Wrongs::default();
    for mistake in mistakes.0 {
        if let Place::Guard(name) = mistake.place {
            wrongs.add(name, words.of("flaw-", mistake.flaw.code()));
        }
    }
    Ok(wrongs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    #[test]
    fn every_threshold_can_be_typed() {
        let set = Thresholds { leavers_percent: 1, joiners_count: 2, ..Thresholds::default() };
        assert_eq!(typed(set).len(), 10);
        let words = Words::new(Language::English);
        assert_eq!(parsed(words, &typed(set)).ok(), Some(set));
        let wrong = BTreeMap::from([("leavers_percent".to_owned(), "-1".to_owned())]);
        assert!(parsed(words, &wrong).is_err_and(|wrongs| wrongs.at("leavers_percent").is_some()));
    }
}
