//! A line over time, with the area under it.

use std::fmt::Write;

use askama::Template;

use super::scale::{ABOVE, TALL, Tenths, axis, part, top};
use crate::words::Words;

/// One point of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Point {
    /// When, in microseconds of UTC.
    pub(crate) at: i64,
    /// The day, short.
    pub(crate) short: String,
    /// The day, in the table.
    pub(crate) name: String,
    /// How many.
    pub(crate) value: u64,
}

/// A chart of one line.
#[derive(Template)]
#[template(path = "chart/line.html")]
pub(crate) struct Line {
    words: Words,
    id: String,
    title: String,
    /// What the first column of the table holds.
    first: String,
    /// What the second column holds.
    second: String,
    points: Vec<Point>,
}

/// How wide the picture is in its own measure; it is stretched to the page.
const WIDE: u64 = 10_000;

impl Line {
    /// A chart with this name on its page; the oldest point comes first.
    pub(crate) fn new(
        words: Words,
        id: impl Into<String>,
        title: String,
        (first, second): (String, String),
        points: Vec<Point>,
    ) -> Self {
        Self { words, id: id.into(), title, first, second, points }
    }

    fn top(&self) -> u64 {
        top(self.points.iter().map(|point| point.value).max().unwrap_or_default())
    }

    fn axis(&self) -> [(u64, Tenths); 3] {
        axis(self.top())
    }

    fn margin(&self) -> usize {
        self.words.num(self.top()).chars().count() * 7 + 10
    }

    /// The corners of the line. One point is a level line.
    fn corners(&self) -> Vec<(u64, Tenths)> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else { return Vec::new() };
        let span = u64::try_from(last.at.saturating_sub(first.at)).unwrap_or_default();
        let height = |value| Tenths(ABOVE + TALL - part(value, self.top(), TALL));
        if span == 0 {
            return vec![(0, height(last.value)), (WIDE, height(last.value))];
        }
        let corner = |point: &Point| {
            let after = u64::try_from(point.at.saturating_sub(first.at)).unwrap_or_default();
            let x = if after == 0 { 0 } else { part(after, span, WIDE) };
            (x, height(point.value))
        };
        self.points.iter().map(corner).collect()
    }

    fn line(&self) -> String {
        self.corners().iter().fold(String::new(), |mut line, (x, y)| {
            let _ = write!(line, "{}{x},{y}", if line.is_empty() { "" } else { " " });
            line
        })
    }

    fn area(&self) -> String {
        let floor = Tenths(ABOVE + TALL);
        let corners = self.corners();
        match (corners.first(), corners.last()) {
            (Some((first, _)), Some((last, _))) => format!("{first},{floor} {} {last},{floor}", self.line()),
            _ => String::new(),
        }
    }

    fn ends(&self) -> Option<(&Point, &Point)> {
        self.points.first().zip(self.points.last())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::Language;

    fn chart(points: &[(i64, u64)]) -> Line {
        let point = |(at, value): &(i64, u64)| Point { at: *at, short: "1".into(), name: "1".into(), value: *value };
        let points = points.iter().map(point).collect();
        let columns = ("Day".to_owned(), "Members".to_owned());
        Line::new(Words::new(Language::English), "members", "Members".into(), columns, points)
    }

    #[test]
    fn points_stand_where_their_time_is() {
        assert_eq!(chart(&[(0, 0), (50, 5), (100, 10)]).line(), "0,134.0 5000,74.0 10000,14.0");
        assert_eq!(chart(&[(0, 10)]).line(), "0,14.0 10000,14.0");
        assert_eq!(chart(&[(0, 10)]).area(), "0,134.0 0,14.0 10000,14.0 10000,134.0");
    }

    #[test]
    fn nothing_and_very_much_are_drawn() {
        for points in [&[][..], &[(5, 0)], &[(5, 1), (5, 2)], &[(i64::MIN, u64::MAX), (i64::MAX, 0)]] {
            let html = chart(points).render().unwrap();
            assert_eq!(html.matches("<tr>").count(), points.len() + 1);
            assert!(!html.contains("style="));
        }
    }
}
