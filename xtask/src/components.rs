//! What is built into the program besides our own: by name and version, with the licences that want to be passed on.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use serde_json::{Value, json};

use crate::commands::cargo;

/// How files begin that hold a licence, or a notice that goes with it.
const LEGAL: [&str; 5] = ["LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE"];

/// Something of somebody else that is built in.
pub(crate) struct Component {
    name: String,
    version: String,
    /// As an SPDX expression; empty where its package does not say.
    licence: String,
    /// The checksum of its archive in the registry.
    sha256: Option<String>,
    directory: PathBuf,
}

/// Everything that the program is linked with on this kind of machine, by name.
pub(crate) fn of_program() -> anyhow::Result<Vec<Component>> {
    let host = host()?;
    let arguments = ["metadata", "--locked", "--format-version", "1", "--filter-platform", host.as_str()];
    let output = cargo(arguments).output().context("cargo metadata did not start")?;
    if !output.status.success() {
        bail!("cargo metadata: {}", String::from_utf8_lossy(&output.stderr).trim());
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata")?;
    let checksums = checksums()?;
    let linked = linked(&metadata)?;
    let others =
        array(&metadata["packages"]).filter(|one| linked.contains(text(&one["id"])) && !one["source"].is_null());
    let component = |one: &Value| {
        let (name, version) = (text(&one["name"]).to_owned(), text(&one["version"]).to_owned());
        let manifest = Path::new(text(&one["manifest_path"]));
        Component {
            licence: text(&one["license"]).replace('/', " OR "),
            sha256: checksums.get(&(name.clone(), version.clone())).cloned(),
            directory: manifest.parent().unwrap_or(manifest).to_owned(),
            name,
            version,
        }
    };
    let mut components: Vec<Component> = others.map(component).collect();
    components.sort_by(|one, other| (&one.name, &one.version).cmp(&(&other.name, &other.version)));
    Ok(components)
}

/// The numbers of all packages that the program depends on to run; what only builds or tests it is left out.
fn linked(metadata: &Value) -> anyhow::Result<BTreeSet<&str>> {
    let needs: BTreeMap<&str, &Value> =
        array(&metadata["resolve"]["nodes"]).map(|node| (text(&node["id"]), &node["deps"])).collect();
    let program = array(&metadata["packages"]).find(|one| one["name"] == "rollcall").context("there is no rollcall")?;
    let mut found = BTreeSet::new();
    let mut next = vec![text(&program["id"])];
    while let Some(id) = next.pop() {
        if found.insert(id) {
            let deps = needs.get(id).copied().into_iter().flat_map(array);
            let runs = deps.filter(|dep| array(&dep["dep_kinds"]).any(|kind| kind["kind"].is_null()));
            next.extend(runs.map(|dep| text(&dep["pkg"])));
        }
    }
    Ok(found)
}

/// What `Cargo.lock` says of archives, by name and version.
fn checksums() -> anyhow::Result<BTreeMap<(String, String), String>> {
    let lock = Path::new(env!("CARGO_MANIFEST_DIR")).join("../Cargo.lock");
    let lock = fs::read_to_string(&lock).with_context(|| format!("{} cannot be read", lock.display()))?;
    let entry = |entry: &str| {
        let value = |key: &str| {
            let line = entry.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "));
            line.map(|line| line.trim_matches('"').to_owned())
        };
        Some(((value("name")?, value("version")?), value("checksum")?))
    };
    Ok(lock.split("[[package]]").filter_map(entry).collect())
}

/// A bill of materials, in the form of CycloneDX.
pub(crate) fn bill(components: &[Component]) -> Value {
    let component = |one: &Component| {
        let purl = format!("pkg:cargo/{}@{}", one.name, one.version);
        let hashes: Vec<Value> = one.sha256.iter().map(|sum| json!({ "alg": "SHA-256", "content": sum })).collect();
        let mut told = json!({
            "type": "library", "bom-ref": purl, "name": one.name, "version": one.version, "purl": purl, "hashes": hashes,
        });
        if !one.licence.is_empty() {
            told["licenses"] = json!([{ "expression": one.licence }]);
        }
        told
    };
    json!({
        "bomFormat": "CycloneDX",
        "specVersion": "1.5",
        "version": 1,
        "metadata": { "component": { "type": "application", "name": "rollcall", "version": env!("CARGO_PKG_VERSION") } },
        "components": components.iter().map(component).collect::<Vec<_>>(),
    })
}

/// The licences and notices of all components, each text once.
pub(crate) fn notices(components: &[Component]) -> anyhow::Result<String> {
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut told = String::from("What is built into Rollcall besides its own, and under which licences.\n\n");
    for one in components {
        let name = format!("{} {}", one.name, one.version);
        writeln!(told, "{name}: {}", one.licence)?;
        for path in legal(&one.directory)? {
            // One that is not UTF-8 is passed on as well as it can be read.
            let text = fs::read(&path).with_context(|| format!("{} cannot be read", path.display()))?;
            let text = String::from_utf8_lossy(&text).replace("\r\n", "\n").trim().to_owned();
            if !text.is_empty() {
                texts.entry(text).or_default().push(name.clone());
            }
        }
    }
    for (text, mut names) in texts {
        names.dedup();
        write!(told, "\n{}\n{}\n\n{text}\n", "=".repeat(80), names.join(", "))?;
    }
    Ok(told)
}

fn legal(directory: &Path) -> anyhow::Result<Vec<PathBuf>> {
    let entries = fs::read_dir(directory).with_context(|| format!("{} cannot be read", directory.display()))?;
    let mut paths: Vec<PathBuf> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    let is_legal = |path: &Path| {
        let name = path.file_name().map(|name| name.to_string_lossy().to_uppercase()).unwrap_or_default();
        path.is_file() && LEGAL.iter().any(|begin| name.starts_with(begin))
    };
    paths.retain(|path| is_legal(path));
    paths.sort();
    Ok(paths)
}

/// The kind of this machine, as the compiler calls it.
fn host() -> anyhow::Result<String> {
    let output = Command::new("rustc").arg("-vV").output().context("rustc did not start")?;
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    let host = told.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.context("rustc does not say what machine this is")?.to_owned())
}

fn array(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_program_is_linked_with_is_known_with_its_licence_and_text() {
        let components = of_program().unwrap();
        let bill = bill(&components);
        let named = |name: &str| array(&bill["components"]).find(|one| one["name"] == name);
        for name in ["tokio", "sqlx", "rustls"] {
            let one = named(name).unwrap_or_else(|| panic!("{name} is built in"));
            assert!(one["licenses"][0]["expression"].as_str().is_some_and(|licence| licence.contains("MIT")), "{one}");
            assert_eq!(one["hashes"][0]["content"].as_str().map(str::len), Some(64), "{one}");
        }
        for name in ["proptest", "thirtyfour", "rollcall-domain", "rollcall-fuzz"] {
            assert!(named(name).is_none(), "{name} is not of others, or not built in");
        }
        let notices = notices(&components).unwrap();
        assert!(notices.contains("Permission is hereby granted") && notices.contains("tokio"), "notices");
    }
}
