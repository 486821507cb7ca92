//! Words that files and the database know by a stable name.

/// Gives an enum with a `NAMES` table its `as_str`, `Display` and `FromStr`; `$unknown` is the error
/// for a text that names none, and says so in `$message`.
macro_rules! named {
    ($name:ident, $unknown:ident, $message:literal) => {
        impl $name {
            /// The name in files and in the database.
            pub fn as_str(self) -> &'static str {
                Self::NAMES.iter().find(|(one, _)| *one == self).map_or("", |(_, name)| name)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        /// The text names none of them.
        #[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
        #[error($message)]
        pub struct $unknown(String);

        impl std::str::FromStr for $name {
            type Err = $unknown;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let found = Self::NAMES.iter().find(|(_, name)| *name == text);
                found.map(|(one, _)| *one).ok_or_else(|| $unknown(text.to_owned()))
            }
        }
    };
}

pub(crate) use named;
