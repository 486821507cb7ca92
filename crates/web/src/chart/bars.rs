//! Bars of joins, updates and leavers, one on top of the other.

use askama::Template;

use super::scale::{ABOVE, TALL, Tenths, axis, part, top};
use crate::words::Words;

/// What one bar stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bar {
    /// The short name under it.
    pub(crate) short: String,
    /// The name in the table.
    pub(crate) name: String,
    /// Who joined, with those who came back.
    pub(crate) join: u64,
    /// Who was updated.
    pub(crate) update: u64,
    /// Who left.
    pub(crate) leave: u64,
}

impl Bar {
    fn sum(&self) -> u64 {
        self.join.saturating_add(self.update).saturating_add(self.leave)
    }
}

/// A chart of bars.
#[derive(Template)]
#[template(path = "chart/bars.html")]
pub(crate) struct Bars {
    words: Words,
    id: String,
    title: String,
    /// What the first column of the table holds.
    first: String,
    /// Whether updates are told at all.
    updates: bool,
    entries: Vec<Bar>,
}

/// A bar as it is drawn.
struct Drawn<'a> {
    bar: &'a Bar,
    /// Where it begins, in percent.
    x: Tenths,
    /// Where its name stands, in percent.
    middle: Tenths,
    pieces: Vec<Piece>,
    /// Whether there is room for its name at all.
    is_named: bool,
    /// Whether a narrow screen has no room for its name.
    is_wide_only: bool,
}

/// One part of a bar: where it begins and how tall it is.
struct Piece {
    kind: &'static str,
    y: Tenths,
    height: Tenths,
}

impl Bars {
    /// A chart with this name on its page; the oldest bar comes first.
    pub(crate) fn new(words: Words, id: impl Into<String>, title: String, first: String, entries: Vec<Bar>) -> Self {
        Self { words, id: id.into(), title, first, updates: true, entries }
    }

    /// Of joiners and leavers only.
    pub(crate) fn without_updates(mut self) -> Self {
        self.updates = false;
        self
    }

    fn top(&self) -> u64 {
        top(self.entries.iter().map(Bar::sum).max().unwrap_or_default())
    }

    fn axis(&self) -> [(u64, Tenths); 3] {
        axis(self.top())
    }

    /// How wide the axis has to be for its longest number, in pixels.
    fn margin(&self) -> usize {
        self.words.num(self.top()).chars().count() * 7 + 10
    }

    /// The share of the width that each bar has, in tenths of a percent.
    fn slot(&self) -> u64 {
        // A few bars are not drawn as walls.
        1_000 / u64::try_from(self.entries.len()).unwrap_or(1).max(6)
    }

    fn drawn<'a>(&'a self) -> Vec<Drawn<'a>> {
        let (slot, count) = (self.slot(), self.entries.len());
        // Long names, as of German months, run into each other where there are many.
        let is_crowded = count > 9 && self.entries.iter().any(|bar| bar.short.chars().count() > 7);
        let drawn = |(number, bar): (usize, &'a Bar)| {
            // Every other name; the last one stays.
            let is_second = (count - number).is_multiple_of(2);
            let begin = slot * u64::try_from(number).unwrap_or_default();
            Drawn {
                bar,
                x: Tenths(begin + slot / 5),
                middle: Tenths(begin + slot / 2),
                pieces: self.pieces(bar),
                is_named: !(is_crowded && is_second),
                is_wide_only: count > 6 && is_second,
            }
        };
        self.entries.iter().enumerate().map(drawn).collect()
    }

    fn width(&self) -> Tenths {
        Tenths(self.slot() * 3 / 5)
    }

    /// The parts of a bar from bottom to top. Small ones do not push others out of the picture.
    fn pieces(&self, bar: &Bar) -> Vec<Piece> {
        let top = self.top();
        let mut floor = ABOVE + TALL;
        let mut pieces = Vec::new();
        for (kind, value) in [("join", bar.join), ("update", bar.update), ("leave", bar.leave)] {
            let height = part(value, top, TALL).min(floor);
            if height > 0 {
                floor -= height;
                pieces.push(Piece { kind, y: Tenths(floor), height: Tenths(height) });
            }
        }
        pieces
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn chart(bars: Vec<Bar>) -> Bars {
        Bars::new(Words::new(Language::English), "impact", "Impact".into(), "Import".into(), bars)
    }

    fn bar(join: u64, update: u64, leave: u64) -> Bar {
        Bar { short: "23".into(), name: "23 Nov".into(), join, update, leave }
    }

    #[test]
    fn parts_stand_on_each_other() {
        let chart = chart(vec![bar(25, 50, 25)]);
        assert_eq!(chart.top(), 100);
        let pieces = chart.pieces(&chart.entries[0]);
        let drawn: Vec<_> = pieces.iter().map(|piece| (piece.kind, piece.y.0, piece.height.0)).collect();
        assert_eq!(drawn, [("join", 1_040, 300), ("update", 440, 600), ("leave", 140, 300)]);
    }

    #[test]
    fn nothing_and_very_much_are_drawn() {
        for bars in [vec![], vec![bar(0, 0, 0)], vec![bar(u64::MAX, u64::MAX, 1); 12], vec![bar(1, 0, 0); 40]] {
            let chart = chart(bars);
            let html = chart.render().unwrap();
            assert_eq!(html.matches("<tr>").count(), chart.entries.len() + 1);
            assert!(!html.contains("style="));
            for bar in &chart.entries {
                for piece in chart.pieces(bar) {
                    assert!(piece.y.0 + piece.height.0 <= ABOVE + TALL);
                }
            }
            assert!(chart.drawn().iter().all(|drawn| drawn.x.0 + chart.width().0 <= 1_000));
        }
    }

    #[test]
    fn a_narrow_screen_keeps_the_last_name() {
        let chart = chart(vec![bar(1, 1, 1); 12]);
        let wide: Vec<_> = chart.drawn().iter().map(|drawn| drawn.is_wide_only).collect();
        assert_eq!(wide[8..], [true, false, true, false]);
    }
}
