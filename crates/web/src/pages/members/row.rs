//! The list of members, line by line: what stands above the columns, and in them.

use domain::field::Field;
use store::{Integration, members::Listed};

use super::{called, columns::Column, standing};
use crate::{
    access::Manager,
    tell::{self, Badge},
    words::Words,
};

/// How many columns besides the name a narrow screen has room for.
const NARROW: usize = 2;

/// The top of a column beside the name.
pub(super) struct Head {
    column: Column,
    pub(super) name: String,
    /// Whether it is left out where there is no room.
    pub(super) is_wide: bool,
}

/// One member.
pub(super) struct Row {
    pub(super) at: String,
    pub(super) name: String,
    pub(super) email: String,
    pub(super) standing: Badge,
    pub(super) is_excluded: bool,
    pub(super) locked_until: Option<String>,
    pub(super) cells: Vec<Cell>,
}

/// What stands in a column; in that of where they stand no text.
pub(super) struct Cell {
    /// What stands above the column.
    pub(super) head: String,
    pub(super) text: Option<String>,
    pub(super) is_wide: bool,
    /// Whether it is a day, which stays in one line.
    pub(super) is_day: bool,
}

pub(super) fn heads(words: Words, columns: Vec<Column>) -> Vec<Head> {
    let head = |(place, column): (usize, Column)| Head { name: column.name(words), is_wide: place >= NARROW, column };
    columns.into_iter().enumerate().map(head).collect()
}

pub(super) fn row(
    manager: &Manager,
    listed: &Listed,
    integrations: &[Integration],
    close_day: u32,
    heads: &[Head],
) -> Row {
    let member = &listed.member;
    let cell = |head: &Head| Cell {
        head: head.name.clone(),
        text: text(manager, listed, integrations, &head.column),
        is_wide: head.is_wide,
        is_day: matches!(head.column, Column::Since | Column::Of(Field::DateOfBirth | Field::ContractStartDate)),
    };
    let locked = member.locked_until.filter(|until| manager.clock.today() <= *until);
    Row {
        at: manager.at(format_args!("members/{}", member.id)),
        name: called(manager.words, member),
        email: member.fields.get(&Field::Email).cloned().unwrap_or_default(),
        standing: standing(manager, listed, close_day),
        is_excluded: false,
        locked_until: locked.map(|until| manager.clock.short_day(until)),
        cells: heads.iter().map(cell).collect(),
    }
}

fn text(manager: &Manager, listed: &Listed, integrations: &[Integration], column: &Column) -> Option<String> {
    let (words, member) = (manager.words, &listed.member);
    let text = match column {
        Column::State => return None,
        Column::EmployeeId => member.employee_id.clone().unwrap_or_default(),
        Column::Of(field) => {
            let value = member.fields.get(field);
            value.map(|value| tell::value(words, &manager.clock, field, value)).unwrap_or_default()
        }
        Column::Way => {
            let from = member.integration.and_then(|id| integrations.iter().find(|one| one.id == id.0));
            from.map_or_else(|| words.t("members-by-hand").to_string(), |one| tell::source(&one.source))
        }
        Column::Since => manager.clock.day(listed.created_at),
    };
    Some(text)
}
