//! What holds for any directory, one file a theme; and each rule, told as a small story.

mod emails;
mod identity;
mod membership;
mod rehires;
mod renumbered;
mod stable;
mod stories;
mod sums;
mod untouched;
mod world;
