//! Set-up files.

use std::{collections::BTreeMap, fmt};

use super::{CLIENT_ID, CLIENT_SECRET, PROGRAMME};

/// Tables in the order of the file; rows of the segment come last.
const TABLES: &[&str] = &["programme", "integration", "mapping", "custom_fields", "guard"];

/// A set-up file in the making. Values are written as TOML has them.
#[derive(Debug, Clone)]
pub(crate) struct SetUp {
    tables: BTreeMap<&'static str, BTreeMap<String, String>>,
    segment: Vec<String>,
}

/// Text as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    format!("{text:?}")
}

impl SetUp {
    pub(super) fn new(base_url: &str) -> Self {
        let empty = Self { tables: BTreeMap::new(), segment: Vec::new() };
        let programme = [("slug", PROGRAMME), ("name", "Acme Rewards"), ("time_zone", "Europe/Berlin")];
        let integration = [
            ("source", "personio"),
            ("owner", "hr@acme.example"),
            ("base_url", base_url),
            ("client_id", CLIENT_ID),
            ("client_secret", CLIENT_SECRET),
            ("frequency", "daily"),
        ];
        let mapping = [
            ("employee_id", "id"),
            ("email", "email"),
            ("first_name", "first_name"),
            ("last_name", "last_name"),
            ("department", "department"),
            ("contract_start_date", "hire_date"),
        ];
        let tables = [("programme", &programme[..]), ("integration", &integration), ("mapping", &mapping)];
        let all = tables.into_iter().flat_map(|(table, rows)| rows.iter().map(move |(key, text)| (table, key, text)));
        all.fold(empty, |set_up, (table, key, text)| set_up.with(table, key, quoted(text))).with(
            "integration",
            "requests_per_minute",
            "0",
        )
    }

    /// One more line, or another in its place.
    pub(crate) fn with(mut self, table: &'static str, key: &str, value: impl Into<String>) -> Self {
        self.tables.entry(table).or_default().insert(key.to_owned(), value.into());
        self
    }

    pub(crate) fn without(mut self, table: &'static str, key: &str) -> Self {
        self.tables.entry(table).or_default().remove(key);
        self
    }

    /// A field of the member, fed by an attribute.
    pub(crate) fn map(self, field: &str, attribute: &str) -> Self {
        self.with("mapping", field, quoted(attribute))
    }

    /// Who comes back, and who is who, is settled by the day of birth where it is mapped.
    pub(crate) fn map_birth(self) -> Self {
        self.map("date_of_birth", BIRTH)
    }

    pub(crate) fn custom(self, name: &str, attribute: &str) -> Self {
        self.with("custom_fields", name, quoted(attribute))
    }

    pub(crate) fn guard(self, threshold: &str, number: u64) -> Self {
        self.with("guard", threshold, number.to_string())
    }

    /// A row of the segment; `rule` is `include` or `exclude`.
    pub(crate) fn segment(mut self, attribute: &str, rule: &str, values: &[&str]) -> Self {
        let values: Vec<String> = values.iter().map(|value| quoted(value)).collect();
        self.segment.push(format!("attribute = {}\n{rule} = [{}]\n", quoted(attribute), values.join(", ")));
        self
    }
}

/// The attribute that holds the day of birth.
pub(crate) const BIRTH: &str = "dynamic_1830002";

impl fmt::Display for SetUp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for table in TABLES {
            let Some(rows) = self.tables.get(table) else { continue };
            writeln!(f, "[{table}]")?;
            rows.iter().try_for_each(|(key, value)| writeln!(f, "{key} = {value}"))?;
            writeln!(f)?;
        }
        self.segment.iter().try_for_each(|row| writeln!(f, "[[segment]]\n{row}"))
    }
}
