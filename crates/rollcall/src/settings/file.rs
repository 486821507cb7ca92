//! Reading a configuration file: each mistake is told with its line and what to do.

use std::path::Path;

use clap::CommandFactory;
use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{Given, Setting, contents, nearest};
use crate::cli::Cli;

/// The end of a name whose value is the path of a file that holds it.
const IN_FILE: &str = "_file";

/// What a file says of settings; what is `wrong` with it is added there.
pub(super) fn read(path: &Path, all: &[Setting], in_data: bool, wrong: &mut Vec<String>) -> Vec<Given> {
    let text = match std::fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) => {
            let text = format!(
                "The configuration file {} cannot be read: {error}. Name a file that is there and readable.",
                path.display()
            );
            wrong.push(text);
            return Vec::new();
        }
    };
    let table = match DeTable::parse(&text) {
        Ok(table) => table.into_inner(),
        Err(error) => {
            let line = error.span().map_or(1, |span| line(&text, span.start));
            wrong.push(format!("{}:{line}: this is not TOML: {}.", path.display(), error.message()));
            return Vec::new();
        }
    };
    let mut given: Vec<Given> = Vec::new();
    for (key, value) in &table {
        let place = format!("{}:{}", path.display(), line(&text, key.span().start));
        match one(key.get_ref(), value, all, in_data) {
            Ok((setting, _)) if given.iter().any(|one| one.setting.id == setting.id) => {
                wrong.push(format!(
                    "{place}: `{}` and `{}{IN_FILE}` are both set. Keep one of them.",
                    setting.key, setting.key
                ));
            }
            Ok((setting, value)) => given.push(Given { setting, value, from: place }),
            Err(error) => wrong.push(format!("{place}: {error}")),
        }
    }
    given.retain(|one| !(one.setting.is_switch && one.value == "false"));
    given
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// One entry: which setting, and its value as an option would have it.
fn one(key: &str, value: &Spanned<DeValue<'_>>, all: &[Setting], in_data: bool) -> Result<(Setting, String), String> {
    let known = |key: &str| all.iter().find(|setting| setting.key == key);
    let elsewhere = || key.strip_suffix(IN_FILE).and_then(known).filter(|setting| setting.is_secret);
    let (setting, value) = match (known(key), elsewhere()) {
        (Some(setting), _) => (setting, plain(key, setting, value.get_ref())?),
        (None, Some(setting)) => {
            let path =
                value.get_ref().as_str().ok_or_else(|| format!("`{key}` has to be the path of a file, in quotes."))?;
            (setting, contents(Path::new(path)).map_err(|error| format!("`{key}`: {error}"))?)
        }
        (None, None) => {
            let meant = nearest(key, all.iter().map(|setting| setting.key.as_str()));
            let remedy = meant.map_or_else(
                || "`rollcall config reference` lists all.".to_owned(),
                |meant| format!("Did you mean `{meant}`?"),
            );
            return Err(format!("there is no setting `{key}`. {remedy}"));
        }
    };
    if setting.key == "data" && in_data {
        return Err(
            "this file was found in the data directory, so it cannot name it. Set ROLLCALL_DATA or --data.".to_owned()
        );
    }
    check(setting, &value)?;
    Ok((setting.clone(), value))
}

fn plain(key: &str, setting: &Setting, value: &DeValue<'_>) -> Result<String, String> {
    if setting.is_switch {
        let set = value.as_bool().ok_or_else(|| format!("`{key}` has to be true or false."))?;
        return Ok(set.to_string());
    }
    match value {
        DeValue::String(text) => Ok(text.clone().into_owned()),
        DeValue::Integer(number) => Ok(number.as_str().replace('_', "")),
        _ => Err(format!("`{key}` has to be a number, or a text in quotes.")),
    }
}

/// Whether the value is one that the option would take.
fn check(setting: &Setting, value: &str) -> Result<(), String> {
    let Err(error) = Cli::command().try_get_matches_from(setting.alone(value)) else { return Ok(()) };
    let text = error.to_string();
    let why = text.lines().next().unwrap_or_default();
    // `error: invalid value 'x' for '--name <VALUE>': why`
    let why = why.rsplit_once(">': ").map_or(why, |(_, why)| why);
    let value = if setting.is_secret { "this value" } else { &format!("“{value}”") };
    Err(format!("`{}` cannot be {value}: {why}. It is: {}.", setting.key, setting.about))
}
