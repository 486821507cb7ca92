//! How long answers took.

use super::super::{report::thousands, times::Times};

/// What was measured of one page.
pub(super) struct Row {
    pub(super) page: String,
    /// Counted from when it was to be asked for.
    pub(super) times: Times,
    /// Counted from when it was asked for: without the wait for others that were slow.
    pub(super) own: Times,
    pub(super) bytes: usize,
}

/// All of them as Markdown, in milliseconds.
pub(super) fn table(rows: &[Row]) -> String {
    let mut lines = vec![
        "| page | requests | median, ms | p99, ms | without the wait for others, median, ms | bytes |\n\
         |---|---:|---:|---:|---:|---:|"
            .to_owned(),
    ];
    for Row { page, times, own, bytes } in rows {
        let bytes = thousands(*bytes as u64);
        lines.push(format!(
            "| `{page}` | {} | {:.1} | {:.1} | {:.1} | {bytes} |",
            times.count(),
            times.rank(50),
            times.rank(99),
            own.rank(50)
        ));
    }
    lines.join("\n")
}
