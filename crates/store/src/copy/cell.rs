//! One value of a row, in a form that both databases agree on.

use sea_orm::{DbBackend, DbErr, QueryResult, Value};
use uuid::Uuid;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    /// 32 bits.
    Small,
    /// 64 bits.
    Number,
    Fraction,
    Truth,
    Text,
    Bytes,
}

impl Kind {
    /// What a column of this declared type holds, in the words of either database. SQLite calls all whole numbers
    /// the same.
    pub(super) fn of(declared: &str, backend: DbBackend) -> Option<Self> {
        Some(match declared {
            "uuid" | "uuid_text" => Self::Uuid,
            "integer" | "int" if backend == DbBackend::Postgres => Self::Small,
            "bigint" | "integer" | "int" => Self::Number,
            "double" | "double precision" => Self::Fraction,
            "boolean" => Self::Truth,
            "text" | "varchar" | "character varying" => Self::Text,
            "blob" | "bytea" => Self::Bytes,
            _ => return None,
        })
    }
}

impl Kind {
    /// What can be the same column in the other database.
    pub(super) fn width_aside(self) -> Self {
        if self == Self::Small { Self::Number } else { self }
    }
}

/// A value.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Cell {
    Nothing,
    Uuid(Uuid),
    Number(i64),
    Fraction(f64),
    Truth(bool),
    Text(String),
    Bytes(Vec<u8>),
}

impl Cell {
    pub(super) fn read(row: &QueryResult, at: usize, kind: Kind) -> Result<Self, DbErr> {
        Ok(match kind {
            Kind::Uuid => row.try_get_by_index::<Option<Uuid>>(at)?.map(Self::Uuid),
            Kind::Small => row.try_get_by_index::<Option<i32>>(at)?.map(|number| Self::Number(number.into())),
            Kind::Number => row.try_get_by_index::<Option<i64>>(at)?.map(Self::Number),
            Kind::Fraction => row.try_get_by_index::<Option<f64>>(at)?.map(Self::Fraction),
            Kind::Truth => row.try_get_by_index::<Option<bool>>(at)?.map(Self::Truth),
            Kind::Text => row.try_get_by_index::<Option<String>>(at)?.map(Self::Text),
            Kind::Bytes => row.try_get_by_index::<Option<Vec<u8>>>(at)?.map(Self::Bytes),
        }
        .unwrap_or(Self::Nothing))
    }

    /// The value as a parameter for a column of this kind.
    pub(super) fn value(self, kind: Kind) -> Value {
        match (self, kind) {
            (Self::Uuid(uuid), _) => uuid.into(),
            (Self::Number(number), Kind::Small) => i32::try_from(number).ok().into(),
            (Self::Number(number), _) => number.into(),
            (Self::Fraction(number), _) => number.into(),
            (Self::Truth(truth), _) => truth.into(),
            (Self::Text(text), _) => text.into(),
            (Self::Bytes(bytes), _) => bytes.into(),
            (Self::Nothing, kind) => nothing(kind),
        }
    }
}

/// No value, for a column of this kind.
fn nothing(kind: Kind) -> Value {
    match kind {
        Kind::Uuid => None::<Uuid>.into(),
        Kind::Small => None::<i32>.into(),
        Kind::Number => None::<i64>.into(),
        Kind::Fraction => None::<f64>.into(),
        Kind::Truth => None::<bool>.into(),
        Kind::Text => None::<String>.into(),
        Kind::Bytes => None::<Vec<u8>>.into(),
    }
}

impl std::fmt::Display for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Uuid(uuid) => uuid.fmt(f),
            Self::Number(number) => number.fmt(f),
            Self::Truth(truth) => truth.fmt(f),
            // Keys may be hashes or employee IDs: neither belongs into a message.
            _ => f.write_str("…"),
        }
    }
}
