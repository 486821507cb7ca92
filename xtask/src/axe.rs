//! Getting axe-core, which looks for barriers in the pages that the browser tests open.

use std::{fs, process::Command};

use anyhow::{Context, bail};

use crate::commands::{run, step};

/// Installs the pinned version from the npm registry where it is not there already. npm compares the checksum.
pub(crate) fn provide() -> anyhow::Result<()> {
    if testkit::axe_is_installed() {
        return Ok(());
    }
    step("install axe-core", || {
        let place = testkit::axe_place();
        fs::create_dir_all(&place).with_context(|| format!("{} cannot be made", place.display()))?;
        for (name, text) in testkit::AXE_MANIFEST {
            let file = place.join(name);
            fs::write(&file, text).with_context(|| format!("{} cannot be written", file.display()))?;
        }
        let mut npm = Command::new("npm");
        run(npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--silent"]).current_dir(&place))
    })?;
    if !testkit::axe_is_installed() {
        bail!("axe-core still missing after `npm ci` in {}", testkit::axe_place().display());
    }
    Ok(())
}
