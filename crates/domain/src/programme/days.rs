//! Numbers of days as people type them.

/// A whole number; `None` for anything else.
pub(super) fn number(text: &str) -> Option<u32> {
    let text = text.trim();
    text.bytes().all(|byte| byte.is_ascii_digit()).then(|| text.parse().ok())?
}

/// Days with commas or spaces between, each once and in order; `None` where something is no number of a day.
pub(super) fn list(text: &str) -> Option<Vec<u32>> {
    let days = text.split(|c: char| c == ',' || c.is_whitespace()).filter(|day| !day.is_empty());
    let mut days: Vec<u32> = days.map(|day| number(day).filter(|day| *day > 0)).collect::<Option<_>>()?;
    days.sort_unstable();
    days.dedup();
    Some(days)
}

/// The same, written.
pub(super) fn typed(days: &[u32]) -> String {
    days.iter().map(u32::to_string).collect::<Vec<_>>().join(", ")
}
