//! Delivery into a folder, one `.eml` file a message: what Rollcall does until it is told of a mail server.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::{Path, PathBuf},
};

use uuid::Uuid;

use crate::MailError;

/// Writes `<directory>/<id>.eml` and returns its path. The directory is made if need be.
///
/// A reader sees the whole message or none, even after a crash. Delivering the same id again replaces the file.
pub async fn deliver(directory: &Path, id: Uuid, message: Vec<u8>) -> Result<PathBuf, MailError> {
    let directory = directory.to_owned();
    let path = directory.join(format!("{id}.eml"));
    let failed = |path: &Path, source| MailError::Folder { path: path.to_owned(), source };
    let target = path.clone();
    match tokio::task::spawn_blocking(move || write(&directory, &target, id, &message)).await {
        Ok(Ok(())) => Ok(path),
        Ok(Err(error)) => Err(failed(&path, error)),
        Err(stopped) => Err(failed(&path, io::Error::other(stopped))),
    }
}

/// Removes what [`deliver`] wrote for this id, if anything.
pub async fn forget(directory: &Path, id: Uuid) -> Result<(), MailError> {
    let path = directory.join(format!("{id}.eml"));
    match tokio::fs::remove_file(&path).await {
        Err(source) if source.kind() != io::ErrorKind::NotFound => Err(MailError::Folder { path, source }),
        _ => Ok(()),
    }
}

fn write(directory: &Path, target: &Path, id: Uuid, message: &[u8]) -> io::Result<()> {
    fs::create_dir_all(directory)?;
    // The name is the id's own: what a crash leaves behind, the next attempt overwrites.
    let unfinished = directory.join(format!(".{id}.eml.part"));
    let mut file = File::create(&unfinished)?;
    file.write_all(message)?;
    file.sync_all()?;
    fs::rename(&unfinished, target)?;
    // The new name is durable only when the directory is.
    File::open(directory)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: Uuid = Uuid::from_u128(7);

    fn names(directory: &Path) -> Vec<String> {
        fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
    }

    #[tokio::test]
    async fn a_message_becomes_one_file_however_often_it_is_delivered() {
        let place = tempfile::tempdir().unwrap();
        let outbox = place.path().join("mail/outbox");
        for _ in 0..2 {
            let path = deliver(&outbox, ID, b"Subject: hello\r\n".to_vec()).await.unwrap();
            assert_eq!(path, outbox.join("00000000-0000-0000-0000-000000000007.eml"));
            assert_eq!(fs::read(path).unwrap(), b"Subject: hello\r\n");
        }
        assert_eq!(names(&outbox), ["00000000-0000-0000-0000-000000000007.eml"]);
        for _ in 0..2 {
            forget(&outbox, ID).await.unwrap();
            assert!(names(&outbox).is_empty());
        }
    }

    #[tokio::test]
    async fn what_a_crash_left_behind_is_overwritten() {
        let place = tempfile::tempdir().unwrap();
        fs::write(place.path().join(format!(".{ID}.eml.part")), "half a mess").unwrap();
        deliver(place.path(), ID, b"whole".to_vec()).await.unwrap();
        assert_eq!(names(place.path()), [format!("{ID}.eml")]);
    }

    #[tokio::test]
    async fn a_folder_that_cannot_be_written_is_named() {
        let place = tempfile::tempdir().unwrap();
        let file = place.path().join("a-file");
        fs::write(&file, "").unwrap();
        let error = deliver(&file, ID, Vec::new()).await.unwrap_err();
        assert!(error.to_string().contains("a-file"), "{error}");
    }
}
