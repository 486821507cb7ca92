//! The report: stretches of a page, of which each part of the measuring writes its own anew.

use std::{fs, path::Path};

use anyhow::Context;

use super::Part;

/// The marks around the stretch of a part.
fn marks(part: Part) -> (String, String) {
    let begin = format!("<!-- What follows is written by `cargo xtask bench --part {part}`. -->");
    let end = format!("<!-- Here ends what is written by `cargo xtask bench --part {part}`. -->");
    (begin, end)
}

/// A stretch: what was measured, on what and by which command, before what came of it.
pub(super) fn stretch(part: Part, machine: &[String], options: &str, text: &str) -> String {
    let about = machine.join("\n- ");
    format!("- {about}\n- Command: `cargo xtask bench --part {part} {}`\n\n{}", options.trim(), text.trim())
}

/// Whether the page has a place for a part: better found out before an hour of measuring than after it.
pub(super) fn check(file: &Path, part: Part) -> anyhow::Result<()> {
    placed(file, part, "").map(|_| ())
}

/// Puts the stretch of a part in the place of the former one.
pub(super) fn write(file: &Path, part: Part, stretch: &str) -> anyhow::Result<()> {
    let text = placed(file, part, stretch)?;
    fs::write(file, text).with_context(|| format!("{} cannot be written", file.display()))
}

fn placed(file: &Path, part: Part, stretch: &str) -> anyhow::Result<String> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let (begin, end) = marks(part);
    put(&text, (&begin, &end), stretch)
        .with_context(|| format!("{} has no stretch between “{begin}” and “{end}”", file.display()))
}

fn put(text: &str, (begin, end): (&str, &str), stretch: &str) -> Option<String> {
    let (before, rest) = text.split_once(begin)?;
    let (_, after) = rest.split_once(end)?;
    Some(format!("{before}{begin}\n\n{}\n\n{end}{after}", stretch.trim()))
}

/// A number as people write it.
pub(super) fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let parts = digits.as_bytes().rchunks(3).rev().map(String::from_utf8_lossy);
    parts.collect::<Vec<_>>().join(",")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_stretch_between_the_marks_is_written_anew() {
        let (ours, others) = (marks(Part::Program), marks(Part::Limits));
        let text = format!("# Title\n\n{}\nold\n{}\n\n{}\nkept\n{}\n", ours.0, ours.1, others.0, others.1);
        let new = put(&text, (&ours.0, &ours.1), "\nnew\n").unwrap();
        let expected = format!("# Title\n\n{}\n\nnew\n\n{}\n\n{}\nkept\n{}\n", ours.0, ours.1, others.0, others.1);
        assert_eq!(new, expected);
        assert_eq!(put(&new, (&ours.0, &ours.1), "new").unwrap(), new);
        assert_eq!(put("# Title\n", (&ours.0, &ours.1), "new"), None);
    }

    #[test]
    fn numbers_are_written_as_people_write_them() {
        assert_eq!([7, 1_000, 123_456, 1_234_567].map(thousands), ["7", "1,000", "123,456", "1,234,567"]);
    }
}
