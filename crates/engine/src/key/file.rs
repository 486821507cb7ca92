//! The file that keys stand in, one a line, the present one first. It is never written in place: whoever reads it
//! finds it as it was or as it is, and a power cut leaves one of the two.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
    time::SystemTime,
};

use tempfile::NamedTempFile;

use super::{KeyError, Ring, SecretKey};
use crate::World;

impl SecretKey {
    /// The keys in a file that only its owner may read; made with one when it is not there.
    pub fn in_file(path: &Path, world: &dyn World) -> Result<Self, KeyError> {
        if !path.exists() {
            let made = write(path, &[fresh(world)]).map_err(|error| failed(path, &error))?;
            match made.persist_noclobber(path) {
                Ok(_) => keep(path).map_err(|error| failed(path, &error))?,
                // Another process was first: its key counts.
                Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(failed(path, &error.error)),
            }
        }
        Ok(Self::new(read(path)?, Some(path.to_owned())))
    }
}

/// When the file was written last, and how long it is; `None` when it cannot be seen.
pub(super) fn written(path: &Path) -> Option<(SystemTime, u64)> {
    let about = fs::metadata(path).ok()?;
    Some((about.modified().ok()?, about.len()))
}

pub(super) fn read(path: &Path) -> Result<Ring, KeyError> {
    // The time first: what is written in between is read again.
    let written = written(path);
    let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    Ok(Ring { written, ..Ring::parse(&text, &path.display().to_string())? })
}

/// Puts a new key before those in the file.
pub(super) fn add(path: &Path, world: &dyn World) -> Result<(), KeyError> {
    let mut lines = vec![fresh(world)];
    let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    lines.extend(text.split_whitespace().map(str::to_owned));
    replace(path, &lines)
}

/// Leaves only the present key in the file.
pub(super) fn drop_older(path: &Path) -> Result<(), KeyError> {
    let text = fs::read_to_string(path).map_err(|error| failed(path, &error))?;
    let lines: Vec<String> = text.split_whitespace().take(1).map(str::to_owned).collect();
    replace(path, &lines)
}

fn fresh(world: &dyn World) -> String {
    let mut key = [0; 32];
    world.fill(&mut key);
    blake3::Hash::from_bytes(key).to_hex().to_string()
}

fn replace(path: &Path, lines: &[String]) -> Result<(), KeyError> {
    let made = write(path, lines).map_err(|error| failed(path, &error))?;
    made.persist(path).map_err(|error| failed(path, &error.error))?;
    keep(path).map_err(|error| failed(path, &error))
}

/// A file beside this one, which only its owner may read, and which is on the disk.
fn write(path: &Path, lines: &[String]) -> io::Result<NamedTempFile> {
    let mut made = NamedTempFile::new_in(directory(path))?;
    made.write_all((lines.join("\n") + "\n").as_bytes())?;
    made.as_file().sync_all()?;
    Ok(made)
}

/// Has the name of a file on the disk too.
fn keep(path: &Path) -> io::Result<()> {
    File::open(directory(path))?.sync_all()
}

fn directory(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

fn failed(path: &Path, error: &io::Error) -> KeyError {
    KeyError::File { path: path.display().to_string(), detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;
    use uuid::Uuid;

    use super::*;

    struct Counting(std::sync::atomic::AtomicU8);

    impl World for Counting {
        fn now(&self) -> jiff::Timestamp {
            jiff::Timestamp::UNIX_EPOCH
        }

        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(self.0.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
    }

    /// Whoever runs meanwhile seals with the new key at once, and opens what the old one sealed.
    #[test]
    fn a_new_key_in_the_file_is_known_to_whoever_has_it_open() {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join("secret.key");
        let world = Counting(0.into());
        let key = SecretKey::in_file(&path, &world).unwrap();
        let row = Uuid::from_u128(1);
        let old = key.seal(&"papi".to_owned().into(), row, &world).unwrap();
        add(&path, &world).unwrap();
        let new = key.seal(&"papi".to_owned().into(), row, &world).unwrap();
        assert_ne!(old[..9], new[..9]);
        assert!(new.starts_with(&key.mark_of_present()));
        for sealed in [&old, &new] {
            assert_eq!(key.open(sealed, row).unwrap().expose_secret(), "papi");
        }
        drop_older(&path).unwrap();
        assert!(matches!(key.open(&old, row), Err(KeyError::OtherKey)));
        assert_eq!(key.open(&new, row).unwrap().expose_secret(), "papi");
        assert_eq!(fs::read_dir(place.path()).unwrap().count(), 1, "nothing else is left there");
    }
}
