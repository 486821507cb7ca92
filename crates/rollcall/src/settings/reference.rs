//! The configuration file with every setting, explained: made of what the command line says of itself.

use std::fmt::Write;

use super::{IN_FILE, Setting, settings};

/// How wide lines are.
const WIDTH: usize = 100;

const INTRODUCTION: &str = "Rollcall's settings. Made by `rollcall config reference`; every line is what holds without it, or an example.\n\n\
    Put it where --config or ROLLCALL_CONFIG says, or as rollcall.toml into the data directory. An environment variable goes \
    before this file, an option of the command line before both. `rollcall config check` reads it and says what is wrong; \
    `rollcall config show` says what is in effect, and why.";

/// The whole file.
pub(crate) fn reference() -> String {
    let mut text = comment(INTRODUCTION);
    let mut heading = String::new();
    for setting in settings() {
        if setting.heading != heading {
            heading.clone_from(&setting.heading);
            let _ = write!(text, "\n# -- {heading} --\n");
        }
        let _ = write!(text, "\n{}# {} = {}\n", comment(&about(&setting)), setting.key, example(&setting));
        if setting.is_secret {
            let _ = writeln!(text, "# {}_file = \"/run/credentials/rollcall.service/{}\"", setting.key, setting.key);
        }
    }
    text
}

fn about(setting: &Setting) -> String {
    let secret = if setting.is_secret {
        format!(
            " A secret: keep it in a file of its own, which `{}_file` or the variable {}{IN_FILE} names.",
            setting.key, setting.env
        )
    } else {
        String::new()
    };
    format!("{}. Environment: {}.{secret}", setting.about.trim_end_matches('.'), setting.env)
}

fn example(setting: &Setting) -> String {
    if setting.is_switch {
        return "false".to_owned();
    }
    let numeric = ["SECONDS", "NUMBER", "DAYS"].contains(&setting.value_name.as_str());
    match &setting.default {
        Some(default) if default.parse::<i64>().is_ok() => default.clone(),
        Some(default) => format!("{default:?}"),
        None if numeric => "60".to_owned(),
        None => format!("{:?}", setting.value_name),
    }
}

/// The text as comment lines that are no wider than they should be.
fn comment(text: &str) -> String {
    let mut lines = String::new();
    for paragraph in text.split('\n') {
        let mut line = String::from("#");
        for word in paragraph.split_whitespace() {
            if line.chars().count() + 1 + word.chars().count() > WIDTH {
                lines.push_str(&line);
                lines.push('\n');
                line = String::from("#");
            }
            line.push(' ');
            line.push_str(word);
        }
        lines.push_str(&line);
        lines.push('\n');
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::{fs, path::Path};

    use super::*;

    /// The file in the repository is the one that the code makes; `ROLLCALL_RENEW=1` writes it anew.
    #[test]
    fn the_reference_in_the_repository_is_up_to_date() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../deploy/rollcall.toml");
        let made = reference();
        if std::env::var_os("ROLLCALL_RENEW").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let kept = fs::read_to_string(&path).unwrap_or_default();
        assert_eq!(kept, made, "run `ROLLCALL_RENEW=1 cargo test -p rollcall reference`");
    }

    #[test]
    fn each_line_of_the_reference_is_a_good_setting() {
        let lines = reference();
        let set = lines.lines().filter_map(|line| line.strip_prefix("# ")).filter(|line| {
            line.split_once(" = ").is_some_and(|(key, _)| key.chars().all(|c| c.is_ascii_lowercase() || c == '_'))
        });
        let set: Vec<&str> = set.collect();
        for line in &set {
            line.parse::<toml::Table>().unwrap_or_else(|error| panic!("{line}: {error}"));
        }
        assert!(set.len() > settings().len());
    }
}
