//! A file of members as a table: what its columns stand for, and its lines.

use domain::field::Field;

use super::UploadFile;
use crate::{administrators::Flaw, members::MemberEntries};

/// The most lines of a file.
const MOST_LINES: usize = 100_000;

/// The field that each column stands for; none for one that nobody knows.
pub(super) fn headings(file: UploadFile<'_>) -> Result<Vec<Option<Field>>, Flaw> {
    let text = whole(file.text)?;
    let mut reader = reader(text);
    let headings = reader.headers().map_err(|_| Flaw::NotATable)?;
    let columns: Vec<Option<Field>> =
        headings.iter().map(|name| file.columns.get(&name.to_lowercase()).cloned()).collect();
    if columns.contains(&Some(Field::Email)) { Ok(columns) } else { Err(Flaw::NoEmailColumn) }
}

/// The lines of a file, each with its number and what stands in its cells.
pub(super) fn lines(text: &str, headings: &[Option<Field>]) -> Result<Vec<(i32, MemberEntries)>, Flaw> {
    let mut lines = Vec::new();
    for record in reader(whole(text)?).records() {
        let record = record.map_err(|_| Flaw::NotATable)?;
        let line = record.position().map_or(0, csv::Position::line);
        let cells = record.iter().zip(headings);
        let typed: MemberEntries =
            cells.filter_map(|(cell, field)| Some((field.clone()?, undone(cell).to_owned()))).collect();
        if typed.values().all(String::is_empty) {
            continue;
        }
        if lines.len() == MOST_LINES {
            return Err(Flaw::TooManyLines);
        }
        lines.push((i32::try_from(line).unwrap_or(i32::MAX), typed));
    }
    if lines.is_empty() { Err(Flaw::Missing) } else { Ok(lines) }
}

/// The text without the mark that spreadsheets begin it with.
fn whole(text: &str) -> Result<&str, Flaw> {
    let text = text.trim_start_matches('\u{feff}');
    if text.trim().is_empty() {
        return Err(Flaw::Missing);
    }
    // A database takes no character of this kind, and no file of people holds one.
    if text.contains(['\u{fffd}', '\0']) { Err(Flaw::NotUtf8) } else { Ok(text) }
}

/// Reads cells by the mark that the heading has most of.
fn reader(text: &str) -> csv::Reader<&[u8]> {
    let heading = text.lines().next().unwrap_or_default();
    let often = |mark: char| heading.matches(mark).count();
    let mark = [';', '\t', ','].into_iter().max_by_key(|mark| often(*mark)).unwrap_or(',');
    csv::ReaderBuilder::new()
        .delimiter(u8::try_from(mark).unwrap_or(b','))
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(text.as_bytes())
}

/// What our own files put before a cell that a spreadsheet would take for a formula is taken away again.
fn undone(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
