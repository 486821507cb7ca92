//! The file of all members.

use std::{ops::ControlFlow, time::Duration};

use anyhow::ensure;
use testkit::{Line, Site};

use super::{
    super::{figures::Spread, report::thousands},
    milliseconds,
};
use crate::{commands::clock, pages::programs::PROGRAMME};

/// How often it is fetched.
const TIMES: usize = 3;

/// What fetching it came to, each time.
pub(super) struct Export(Vec<Fetched>);

struct Fetched {
    rows: usize,
    bytes: usize,
    first: Duration,
    whole: Duration,
}

impl Export {
    pub(super) fn told(&self) -> String {
        let spread = |of: fn(&Fetched) -> f64| Spread::of(self.0.iter().map(of));
        let rows = self.0.first().map_or(0, |fetched| fetched.rows as u64);
        format!(
            "The file of all {} members, {TIMES} times:\n\n| | |\n|---|---:|\n| rows a second | {} |\n| MB a second | {} \
             |\n| first byte, ms | {} |\n| the whole, s | {} |",
            thousands(rows),
            spread(|fetched| per_second(fetched.rows, fetched.whole)),
            spread(|fetched| per_second(fetched.bytes, fetched.whole) / 1e6),
            spread(|fetched| milliseconds(fetched.first)),
            spread(|fetched| fetched.whole.as_secs_f64())
        )
    }
}

#[expect(clippy::cast_precision_loss, reason = "no file has 2^52 bytes")]
fn per_second(number: usize, time: Duration) -> f64 {
    number as f64 / time.as_secs_f64()
}

/// Fetches it, and keeps nothing of it.
pub(super) fn run(site: &Site) -> anyhow::Result<Export> {
    (0..TIMES).map(|_| once(site)).collect::<anyhow::Result<_>>().map(Export)
}

fn once(site: &Site) -> anyhow::Result<Fetched> {
    let (mut lines, mut bytes, mut first) = (0, 0, None);
    let begin = clock();
    let answer = Line::new(site).follow(site, &format!("/manage/{PROGRAMME}/members.csv"), |piece| {
        first.get_or_insert_with(|| begin.elapsed());
        bytes += piece.len();
        lines += piece.split(|byte| *byte == b'\n').count() - 1;
        ControlFlow::Continue(())
    })?;
    ensure!(answer.status == 200, "the file was answered by {}", answer.status);
    // The first line names the columns.
    let rows = lines.saturating_sub(1);
    Ok(Fetched { rows, bytes, first: first.unwrap_or_default(), whole: begin.elapsed() })
}
