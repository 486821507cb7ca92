//! Tokens: whoever has one is let in, so they are stored as hashes and never printed.

use std::fmt;

use crate::{Engine, World};

/// Something that opens a door. It is shown to its owner once.
#[derive(Clone, PartialEq, Eq)]
pub struct Token(String);

impl Token {
    /// The token as it is handed over.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub(crate) fn new(text: String) -> Self {
        Self(text)
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

/// 256 unpredictable bits, in hexadecimal digits.
pub(crate) fn random(world: &dyn World) -> String {
    let mut bytes = [0; 32];
    world.fill(&mut bytes);
    blake3::Hash::from_bytes(bytes).to_hex().to_string()
}

/// What a token is recognised by in the database.
pub(crate) fn recognised(token: &str) -> String {
    blake3::hash(token.as_bytes()).to_hex().to_string()
}

impl Engine {
    pub(crate) fn new_token(&self) -> Token {
        Token(random(&*self.world))
    }
}
