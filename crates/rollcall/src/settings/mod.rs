//! Settings from a file, besides environment and options. There is one table of settings: the options of the command
//! line that have an environment variable. What a file says takes the place of an option's default, so that the
//! environment goes before the file, and an option before both.

mod file;
mod reference;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
};

use clap::{Arg, ArgAction, ArgMatches, Command, CommandFactory, FromArgMatches, parser::ValueSource};

pub(crate) use reference::reference;

use crate::{cli::Cli, exit::Usage};

/// The name of the file in the data directory.
const FILE: &str = "rollcall.toml";

/// The command whose options are settings too.
const SERVE: &str = "serve";

/// What ends the name of a setting whose value stands in a file of its own.
const IN_FILE: &str = "_FILE";

/// Something that can be set.
#[derive(Debug, Clone)]
pub(crate) struct Setting {
    /// The option without its hyphens, which is also its name in the file but for `_`.
    long: String,
    /// Its name in the file.
    pub(crate) key: String,
    /// Its environment variable.
    pub(crate) env: String,
    id: String,
    about: String,
    heading: String,
    value_name: String,
    default: Option<String>,
    /// It is not to be shown.
    pub(crate) is_secret: bool,
    is_switch: bool,
    of_serve: bool,
}

/// What a file says, in the place of a default.
#[derive(Debug, Clone)]
struct Given {
    setting: Setting,
    value: String,
    from: String,
}

/// A setting as it is in effect.
#[derive(Debug, Clone)]
pub(crate) struct InEffect {
    pub(crate) setting: Setting,
    /// None where it is not set and has no default.
    pub(crate) value: Option<String>,
    /// Where it comes from, for people.
    pub(crate) from: String,
}

/// The command, and what is set.
pub(crate) struct Asked {
    pub(crate) cli: Cli,
    pub(crate) settings: Vec<InEffect>,
    /// The configuration file, if there is one.
    pub(crate) file: Option<PathBuf>,
    /// What the environment says wrongly of `serve`; other commands do without.
    pub(crate) wrong_for_serve: Option<String>,
}

impl Setting {
    fn of(arg: &Arg, of_serve: bool) -> Option<Self> {
        let (long, env) = (arg.get_long()?, arg.get_env()?);
        if arg.get_id() == "config" {
            return None;
        }
        let is_switch = matches!(arg.get_action(), ArgAction::SetTrue);
        let text = |text: &std::ffi::OsStr| text.to_string_lossy().into_owned();
        Some(Self {
            long: long.to_owned(),
            key: long.replace('-', "_"),
            env: text(env),
            id: arg.get_id().to_string(),
            about: arg.get_help().map(ToString::to_string).unwrap_or_default(),
            heading: arg.get_help_heading().unwrap_or("Serving").to_owned(),
            value_name: arg.get_value_names().and_then(<[_]>::first).map(ToString::to_string).unwrap_or_default(),
            default: arg.get_default_values().first().map(|value| text(value)).filter(|_| !is_switch),
            is_secret: arg.is_hide_env_values_set(),
            is_switch,
            of_serve,
        })
    }

    /// The arguments of a command that sets only this, to see whether its value is a good one.
    fn alone(&self, value: &str) -> Vec<String> {
        let option = if self.is_switch { format!("--{}", self.long) } else { format!("--{}={value}", self.long) };
        let command = if self.of_serve { SERVE } else { "doctor" };
        ["rollcall", command].map(str::to_owned).into_iter().chain([option]).collect()
    }
}

/// All settings, as the command line knows them.
pub(crate) fn settings() -> Vec<Setting> {
    let command = Cli::command();
    let everywhere = command.get_arguments().filter_map(|arg| Setting::of(arg, false));
    let serve = command.find_subcommand(SERVE).into_iter().flat_map(Command::get_arguments);
    let mut all: Vec<Setting> = everywhere.chain(serve.filter_map(|arg| Setting::of(arg, true))).collect();
    all.sort_by_key(|setting| (setting.heading != "Installation", setting.heading.clone()));
    all
}

/// What was asked for, by options, environment and files. Wrong options end the program here, as ever; whatever is
/// wrong with a file comes back, all of it.
pub(crate) fn asked() -> Result<Asked, Usage> {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    let first = Cli::command().get_matches_from(&arguments);
    let place = Cli::from_arg_matches(&first).unwrap_or_else(|error| error.exit()).place;
    let all = settings();
    let file = match place.config {
        Some(file) => Some(file),
        None => Some(place.data.join(FILE)).filter(|file| file.exists()),
    };
    let in_data = file.as_deref() == Some(&place.data.join(FILE));
    let mut wrong = Vec::new();
    let mut given = file.as_deref().map(|file| file::read(file, &all, in_data, &mut wrong)).unwrap_or_default();
    in_files_of_their_own(&all, &mut given, &mut wrong);
    if !wrong.is_empty() {
        return Err(Usage(wrong.join("\n")));
    }
    let matches = with(Cli::command(), &given).get_matches_from(&arguments);
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    let (serve, wrong_for_serve) = match matches.subcommand() {
        Some((SERVE, serve)) => (Some(serve.clone()), None),
        _ => match with(Cli::command(), &given).try_get_matches_from(["rollcall", SERVE]) {
            Ok(mut matches) => (matches.remove_subcommand().map(|(_, serve)| serve), None),
            Err(error) => (None, error.to_string().lines().next().map(str::to_owned)),
        },
    };
    let in_effect = |setting: Setting| {
        let of = if setting.of_serve { serve.as_ref() } else { Some(&matches) };
        of.map_or(InEffect { setting: setting.clone(), value: None, from: String::new() }, |of| {
            effect(setting, of, &given)
        })
    };
    Ok(Asked { settings: all.into_iter().map(in_effect).collect(), cli, file, wrong_for_serve })
}

/// The command with what files say in the place of defaults.
fn with(command: Command, given: &[Given]) -> Command {
    given.iter().cloned().fold(command, |command, Given { setting, value, .. }| {
        let set = move |arg: Arg| arg.default_value(value.clone());
        if setting.of_serve {
            command.mut_subcommand(SERVE, |serve| serve.mut_arg(setting.id, set))
        } else {
            command.mut_arg(setting.id, set)
        }
    })
}

fn effect(setting: Setting, matches: &ArgMatches, given: &[Given]) -> InEffect {
    let raw = matches.try_get_raw(&setting.id).ok().flatten();
    let value = raw.and_then(|mut values| values.next().map(|value| value.to_string_lossy().into_owned()));
    let from = match matches.value_source(&setting.id) {
        Some(ValueSource::CommandLine) => format!("--{}", setting.long),
        Some(ValueSource::EnvVariable) => setting.env.clone(),
        _ => given
            .iter()
            .find(|one| one.setting.id == setting.id)
            .map_or_else(|| "default".to_owned(), |one| one.from.clone()),
    };
    InEffect { setting, value, from }
}

/// `ROLLCALL_…_FILE`: secrets that the system hands over as files.
fn in_files_of_their_own(all: &[Setting], given: &mut Vec<Given>, wrong: &mut Vec<String>) {
    for setting in all.iter().filter(|setting| setting.is_secret) {
        let name = format!("{}{IN_FILE}", setting.env);
        let Some(path) = std::env::var_os(&name).filter(|path| !path.is_empty()) else { continue };
        if std::env::var_os(&setting.env).is_some() {
            wrong.push(format!("{} and {name} are both set. Keep one of them.", setting.env));
            continue;
        }
        match contents(Path::new(&path)) {
            Ok(value) => {
                given.retain(|one| one.setting.id != setting.id);
                given.push(Given { setting: setting.clone(), value, from: name });
            }
            Err(error) => wrong.push(format!("{name}: {error}")),
        }
    }
}

/// What a file holds, without the end of its last line.
fn contents(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        format!("the file {} cannot be read: {error}. Name a file that is there and readable.", path.display())
    })?;
    Ok(text.trim_end_matches(['\r', '\n']).to_owned())
}

/// Names of environment variables that look like settings and are none.
pub(crate) fn unknown_variables() -> Vec<(String, Option<String>)> {
    let all = settings();
    let known = |name: &str| {
        all.iter().any(|one| one.env == name || (one.is_secret && format!("{}{IN_FILE}", one.env) == name))
            || name == "ROLLCALL_CONFIG"
    };
    let names = std::env::vars_os().map(|(name, _)| name.to_string_lossy().into_owned());
    let mut unknown: Vec<String> = names.filter(|name| name.starts_with("ROLLCALL_") && !known(name)).collect();
    unknown.sort();
    let near = |name: &String| nearest(name, all.iter().map(|one| one.env.as_str()));
    unknown.into_iter().map(|name| (name.clone(), near(&name))).collect()
}

/// The name that was most likely meant.
fn nearest<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> Option<String> {
    let near = all.map(|one| (strsim::jaro_winkler(name, one), one)).filter(|(near, _)| *near > 0.85);
    near.max_by(|one, other| one.0.total_cmp(&other.0)).map(|(_, one)| one.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_has_one_name_in_three_places() {
        let all = settings();
        assert!(all.len() > 10);
        for setting in &all {
            let variable = format!("ROLLCALL_{}", setting.key.to_uppercase());
            assert_eq!(setting.env, variable, "--{}", setting.long);
            assert!(!setting.about.is_empty(), "--{}", setting.long);
        }
        let secret: Vec<&str> = all.iter().filter(|one| one.is_secret).map(|one| one.key.as_str()).collect();
        assert_eq!(secret, ["database_url", "secret_key", "secret_key_old", "smtp_url"]);
    }

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let keys = || settings().into_iter().map(|one| one.key).collect::<Vec<_>>();
        assert_eq!(nearest("smpt_url", keys().iter().map(String::as_str)).as_deref(), Some("smtp_url"));
        assert_eq!(nearest("colour", keys().iter().map(String::as_str)), None);
    }
}
