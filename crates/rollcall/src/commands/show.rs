//! People of a plan, by name.

use std::collections::BTreeMap;

use anyhow::Result;
use domain::{
    field::Field,
    ids::ImportId,
    plan::{Change, Kind},
};
use engine::Engine;
use futures::TryStreamExt;
use serde_json::{Value, json};
use store::Import;

use crate::table::{plain, say};

/// Prints who is concerned and how, at most so many.
pub(crate) async fn people(engine: &Engine, id: ImportId, most: Option<usize>) -> Result<()> {
    let import = engine.import_by_number(id).await?;
    let plan = engine.store().plan(import.programme(), id, import.try_number);
    let mut rows = std::pin::pin!(plan.rows(None).await?);
    let mut by_kind: BTreeMap<Kind, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.try_next().await? {
        let lines = by_kind.entry(row.change.kind).or_default();
        if most.is_none_or(|most| lines.len() <= most) {
            lines.push(plain(&line(&row.change, row.skipped.then(|| passed_over(&import, row.change.kind)))));
        }
    }
    for (kind, lines) in by_kind {
        say!("\n{}", title(kind))?;
        let shown = most.unwrap_or(usize::MAX);
        for line in lines.iter().take(shown) {
            say!("  {line}")?;
        }
        if lines.len() > shown {
            say!("  … and more: `rollcall imports show {id}`")?;
        }
    }
    Ok(())
}

fn title(kind: Kind) -> &'static str {
    match kind {
        Kind::Join => "Join",
        Kind::Update => "Updated",
        Kind::Leave => "Leave",
        Kind::Rejoin => "Rejoin",
        Kind::Reject => "Rejected (see the problems)",
        Kind::Refresh => "Unchanged",
    }
}

/// Why a row was not applied.
fn passed_over(import: &Import, kind: Kind) -> &'static str {
    if kind == Kind::Leave && import.approved_without_leavers() {
        "left out of the approval: the member stays for now"
    } else {
        "skipped: the member was changed meanwhile"
    }
}

/// One person in one line: who, why, and what changes.
fn line(change: &Change, passed_over: Option<&str>) -> String {
    let name = if change.name.is_empty() { "(no name)" } else { &change.name };
    let id = change.employee_id.as_deref().unwrap_or("no employee ID");
    let mut line = format!("{name} ({id})");
    if let Some(reason) = &change.reason {
        line.push_str(": ");
        line.push_str(&reason.text());
    }
    if change.kind != Kind::Join {
        let parts: Vec<String> =
            change.before.iter().map(|(field, before)| difference(field, before.as_deref(), change)).collect();
        if !parts.is_empty() {
            line.push_str(" · ");
            line.push_str(&parts.join(", "));
        }
    }
    if let Some(why) = passed_over {
        line.push_str(" · ");
        line.push_str(why);
    }
    line
}

fn difference(field: &Field, before: Option<&str>, change: &Change) -> String {
    let quoted = |value: Option<&str>| value.map_or_else(|| "–".to_owned(), |value| format!("“{value}”"));
    let after = change.after.get(field).map(String::as_str);
    format!("{}: {} → {}", field.label(), quoted(before), quoted(after))
}

/// One person as JSON: the values that change, before and after.
pub(crate) fn json(change: &Change, skipped: bool) -> Value {
    let after = change.after.iter().filter(|(field, _)| field.is_shown());
    let changed = |field: &Field| change.before.iter().any(|(changed, _)| changed == field);
    let after: BTreeMap<String, &String> = after
        .filter(|(field, _)| change.kind == Kind::Join || changed(field))
        .map(|(field, value)| (field.to_string(), value))
        .collect();
    let before: BTreeMap<String, &Option<String>> =
        change.before.iter().map(|(field, value)| (field.to_string(), value)).collect();
    json!({
        "kind": change.kind,
        "employee_id": change.employee_id,
        "name": change.name,
        "reason": change.reason.as_ref().map(ToString::to_string),
        "before": before,
        "after": after,
        "skipped": skipped,
    })
}
