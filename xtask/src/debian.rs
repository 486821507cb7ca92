//! What is needed besides Rust, and getting it on a Debian machine.

use std::{path::Path, process::Command};

use anyhow::{Context, bail};
use testkit::on_path;

use crate::commands::{run, step, works};

/// Something that is needed, and the Debian package it is in.
pub(crate) struct Need {
    what: &'static str,
    package: &'static str,
    is_there: fn() -> bool,
}

/// What the tests need.
pub(crate) const FOR_TESTS: &[Need] = &[
    Need { what: "PostgreSQL's server programs", package: "postgresql", is_there: testkit::postgres_is_installed },
    Need { what: "a mail server", package: "python3-aiosmtpd", is_there: testkit::mail_server_is_installed },
    Need { what: "OpenSSL's program", package: "openssl", is_there: || on_path("openssl").is_some() },
    Need { what: "Chromium", package: "chromium", is_there: || on_path("chromium").is_some() },
    Need { what: "Chromium's driver", package: "chromium-driver", is_there: || on_path("chromedriver").is_some() },
    Need { what: "Valgrind", package: "valgrind", is_there: || on_path("valgrind").is_some() },
    // Pictures of pages look like what people see. A desktop has fonts.
    Need { what: "fonts", package: "fonts-noto-core", is_there: || !is_debian() || has_fonts() },
    // Only to fetch axe-core; somebody who has that needs no npm.
    Need { what: "npm", package: "npm", is_there: || testkit::axe_is_installed() || on_path("npm").is_some() },
];

/// What pictures and a film are made with.
pub(crate) const FOR_FILMS: &[Need] = &[
    Need { what: "ffmpeg", package: "ffmpeg", is_there: || on_path("ffmpeg").is_some() },
    Need { what: "pngquant", package: "pngquant", is_there: || on_path("pngquant").is_some() },
];

/// Installs what is missing where that is possible without asking, and says what to do where it is not.
pub(crate) fn provide(needs: &'static [Need]) -> anyhow::Result<()> {
    let missing: Vec<&Need> = needs.iter().filter(|need| !(need.is_there)()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    if !(is_root() && works(Command::new("apt-get").arg("--version"))) {
        bail!("{}", advice(&missing));
    }
    step(&format!("install {}", packages.join(", ")), || {
        run(apt_get().arg("update"))?;
        run(apt_get().args(["install", "--yes", "--no-install-recommends"]).args(&packages))
    })
    .with_context(|| advice(&missing))?;
    match missing.into_iter().find(|need| !(need.is_there)()) {
        Some(need) => bail!("{} still missing after `{}` was installed", need.what, need.package),
        None => Ok(()),
    }
}

fn is_debian() -> bool {
    Path::new("/etc/debian_version").exists()
}

fn has_fonts() -> bool {
    Path::new("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf").exists()
}

fn apt_get() -> Command {
    let mut command = Command::new("apt-get");
    command.arg("--quiet=2").env("DEBIAN_FRONTEND", "noninteractive");
    command
}

fn is_root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn advice(missing: &[&Need]) -> String {
    let what: Vec<&str> = missing.iter().map(|need| need.what).collect();
    let packages: Vec<&str> = missing.iter().map(|need| need.package).collect();
    format!("{} missing. On Debian and Ubuntu: `sudo apt-get install {}`", what.join(" and "), packages.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_advice_names_what_is_missing_and_the_command() {
        let need = |what, package| Need { what, package, is_there: || false };
        let (one, two) = (need("a database", "postgresql"), need("a browser", "chromium"));
        assert_eq!(
            advice(&[&one, &two]),
            "a database and a browser missing. On Debian and Ubuntu: `sudo apt-get install postgresql chromium`"
        );
    }
}
