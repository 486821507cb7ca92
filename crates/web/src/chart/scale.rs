//! From numbers to places in a picture, in whole tenths of a pixel: the same on every machine.

use std::fmt;

/// How tall the drawing area is, in tenths of a pixel.
pub(super) const TALL: u64 = 1_200;

/// The space above it, in tenths of a pixel, where the topmost number stands.
pub(super) const ABOVE: u64 = 140;

/// A length or a place in tenths, written as a decimal number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tenths(pub(super) u64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

/// The number at the top of the axis: at least `most`, and a round one.
pub(super) fn top(most: u64) -> u64 {
    let mut step = 1_u64;
    loop {
        for round in [2, 4, 10] {
            let top = step.saturating_mul(round);
            if top >= most {
                return top;
            }
        }
        step = step.saturating_mul(10);
    }
}

/// `value` of `most`, as a part of `whole`. Something is never drawn as nothing.
pub(super) fn part(value: u64, most: u64, whole: u64) -> u64 {
    if value == 0 || most == 0 {
        return 0;
    }
    let part = u128::from(value.min(most)) * u128::from(whole) / u128::from(most);
    u64::try_from(part).unwrap_or(whole).max(15.min(whole))
}

/// The three numbers of an axis with the places of their lines, the topmost first.
pub(super) fn axis(top: u64) -> [(u64, Tenths); 3] {
    [(top, Tenths(ABOVE)), (top / 2, Tenths(ABOVE + TALL / 2)), (0, Tenths(ABOVE + TALL))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_axis_ends_with_a_round_number_whose_half_is_whole() {
        for (most, expected) in [(0, 2), (1, 2), (3, 4), (5, 10), (11, 20), (21, 40), (41, 100), (2_964, 4_000)] {
            assert_eq!(top(most), expected);
        }
        assert_eq!(top(u64::MAX), u64::MAX);
    }

    #[test]
    fn something_is_never_drawn_as_nothing_and_never_beyond_the_whole() {
        assert_eq!(part(0, 10, TALL), 0);
        assert_eq!(part(1, u64::MAX, TALL), 15);
        assert_eq!(part(u64::MAX, u64::MAX, TALL), TALL);
        assert_eq!(part(5, 10, TALL), TALL / 2);
        assert_eq!(part(5, 0, TALL), 0);
        assert_eq!(Tenths(1_234).to_string(), "123.4");
    }
}
