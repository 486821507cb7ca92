//! Chance that always falls the same way: all of it comes from a seed.

use rand_chacha::{
    ChaCha8Rng,
    rand_core::{Rng, SeedableRng},
};

/// A reproducible source of choices. Draws are mapped by hand, so that a new release of a random
/// number library cannot change who the people of a seed are.
pub(crate) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of a seed for one purpose; purposes do not disturb each other.
    pub(crate) fn new(seed: u64, purpose: u64) -> Self {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        rng.set_stream(purpose);
        Self(rng)
    }

    /// Any number.
    pub(crate) fn number(&mut self) -> u32 {
        self.0.next_u32()
    }

    /// A number from 0 up to, but not including, `end`; 0 where there is nothing to choose from.
    pub(crate) fn below(&mut self, end: u32) -> u32 {
        let wide = u64::from(self.0.next_u32()) * u64::from(end);
        u32::try_from(wide >> 32).unwrap_or_default()
    }

    /// A number between two, both included.
    pub(crate) fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most.saturating_sub(least) + 1)
    }

    /// Whether something comes true that does so `per_mille` times in a thousand.
    pub(crate) fn chance(&mut self, per_mille: u32) -> bool {
        self.below(1000) < per_mille
    }

    /// A place in a list of that length.
    pub(crate) fn place(&mut self, length: usize) -> usize {
        self.below(u32::try_from(length).unwrap_or(u32::MAX)) as usize
    }

    /// As many as `per_mille` of `all` come to; what is left after the comma is left to chance.
    pub(crate) fn share(&mut self, all: usize, per_mille: u32) -> usize {
        let thousandths = all * per_mille as usize;
        thousandths / 1000 + usize::from(self.place(1000) < thousandths % 1000)
    }

    /// The place of one weight among several, heavier ones more often.
    pub(crate) fn weighted(&mut self, weights: impl Iterator<Item = u32> + Clone) -> usize {
        let mut left = self.below(weights.clone().sum());
        for (place, weight) in weights.enumerate() {
            if left < weight {
                return place;
            }
            left -= weight;
        }
        0
    }
}

/// Scatters a number over all 64 bits: for choices that depend on nothing but the number.
pub(crate) fn scatter(number: u64) -> u64 {
    let mixed = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^ (mixed >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_always_falls_the_same_way() {
        let throws = |seed, purpose| {
            let mut dice = Dice::new(seed, purpose);
            [dice.below(1000), dice.below(1000), dice.below(1000)]
        };
        assert_eq!(throws(1, 0), throws(1, 0));
        assert_ne!(throws(1, 0), throws(2, 0));
        assert_ne!(throws(1, 0), throws(1, 1));
    }

    #[test]
    fn throws_stay_in_their_bounds() {
        let mut dice = Dice::new(7, 0);
        for _ in 0..1000 {
            assert!((3..=5).contains(&dice.between(3, 5)));
            assert!(dice.weighted([1, 0, 4].into_iter()) != 1);
        }
        assert_eq!(dice.share(250, 8), 2);
    }
}
