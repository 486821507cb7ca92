//! Plain tables and files for people.

use std::io::Write;

use anyhow::Result;
use engine::import::Report;
use unicode_width::UnicodeWidthStr;

/// Prints a line. Where nobody reads any more, that is an error, which [`crate::exit`] takes for the
/// end; `println!` would panic.
macro_rules! say {
    ($($words:tt)*) => {{
        use std::io::Write as _;
        writeln!(std::io::stdout(), $($words)*)
    }};
}
pub(crate) use say;

/// Prints rows in columns that are as wide as they need to be; the first row is the heading.
pub(crate) fn print(rows: &[Vec<String>]) -> Result<()> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max();
    let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or_default()).collect();
    let mut out = std::io::stdout().lock();
    for row in rows {
        let cells = row.iter().zip(&widths).map(|(cell, width)| {
            let space = " ".repeat(width - cell.width());
            if is_number(cell) { format!("{space}{cell}") } else { format!("{cell}{space}") }
        });
        writeln!(out, "{}", cells.collect::<Vec<_>>().join("  ").trim_end())?;
    }
    Ok(())
}

fn is_number(cell: &str) -> bool {
    !cell.is_empty() && cell.chars().all(|c| c.is_ascii_digit() || c == ',')
}

/// Text of others as one line that says nothing to a terminal: no control character is left.
pub(crate) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

/// A whole number with its thousands apart: 47,500.
pub(crate) fn number(number: u64) -> String {
    let digits = number.to_string();
    let first = digits.len() % 3;
    let mut parts: Vec<&str> = Vec::new();
    if first > 0 {
        parts.push(&digits[..first]);
    }
    parts.extend((first..digits.len()).step_by(3).map(|at| &digits[at..at + 3]));
    parts.join(",")
}

/// The numbers of imports side by side, each with its heading.
pub(crate) fn impact(reports: &[(&str, &Report)]) -> Vec<Vec<String>> {
    let line = |label: &str, get: &dyn Fn(&Report) -> u64| {
        let numbers = reports.iter().map(|(_, report)| number(get(report)));
        std::iter::once(label.to_owned()).chain(numbers).collect()
    };
    let heading = std::iter::once(String::new()).chain(reports.iter().map(|(heading, _)| (*heading).to_owned()));
    let mut rows = vec![
        heading.collect(),
        line("People read", &|report| report.counts.read),
        line("  join", &|report| report.counts.join),
        line("  updated", &|report| report.counts.update),
        line("  leave", &|report| report.counts.leave),
        line("  rejoin", &|report| report.counts.rejoin),
        line("  rejected", &|report| report.counts.reject),
        line("  unchanged", &|report| report.counts.unchanged),
        line("  not eligible", &|report| report.counts.not_eligible),
        line("  start later", &|report| report.counts.starts_later),
        line("Errors", &|report| report.counts.errors),
        line("Warnings", &|report| report.counts.warnings),
    ];
    if reports.iter().all(|(heading, _)| heading.is_empty()) {
        rows.remove(0);
    }
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_others_is_one_line_without_commands() {
        assert_eq!(plain("Ada\u{1b}[2J\r\nLovelace\u{9b}"), "Ada [2J  Lovelace ");
    }

    #[test]
    fn numbers_are_readable() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(47_500), "47,500");
        assert_eq!(number(1_000_000), "1,000,000");
    }
}
