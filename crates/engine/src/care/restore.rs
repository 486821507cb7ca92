//! Restoring a backup into an installation that has nothing yet.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use store::{
    Address, Restore, Store,
    backup::{self, BackupError, Manifest},
    copy,
};
use thiserror::Error;

use crate::{Actor, Deed, Engine, EngineResult, Replayed, SecretKey, Settings, World};

/// The name of the database while it is being restored, in the data directory.
const WORKING: &str = "restoring.db";

/// Why a backup cannot be restored. Nothing was changed.
#[derive(Debug, Error)]
pub enum RestoreError {
    /// There is an installation already.
    #[error(
        "There is a database already: {place}. A backup is restored only where there is none. Stop Rollcall and move that one away, or name another place with --data or --database-url."
    )]
    Taken {
        /// Where, without a password.
        place: String,
    },
    /// Stored secrets cannot be opened.
    #[error(
        "The secret key here is not the one that this backup's secrets were sealed with. Put that one into `secret.key` in the data directory, or into ROLLCALL_SECRET_KEY. If it is lost, restore with `--with-another-key`: credentials of HR systems, secrets of subscriptions and one-time codes are then to be entered anew."
    )]
    OtherKey,
}

/// What is to be restored, and how.
#[derive(Debug, Clone)]
pub struct Restoring {
    /// The backup.
    pub backup: PathBuf,
    /// The database to be.
    pub target: Address,
    /// The data directory.
    pub data: PathBuf,
    /// The lists of those who were erased since.
    pub erasures: Vec<PathBuf>,
    /// Whether it is known that stored secrets cannot be opened.
    pub another_key: bool,
}

/// What was restored.
#[derive(Debug, Clone)]
pub struct Restored {
    /// The backup.
    pub manifest: Manifest,
    /// What the lists of erasures came to.
    pub replayed: Replayed,
    /// How many programmes there are now.
    pub programmes: usize,
}

/// Makes an installation of a backup. It is held: nothing is imported or sent until somebody releases it. Whoever was erased
/// since the backup was taken is erased again first. Where something goes wrong, there is no installation.
pub async fn restore(
    wanted: &Restoring,
    key: SecretKey,
    world: Arc<dyn World>,
    settings: Settings,
    by: &Actor,
) -> EngineResult<Restored> {
    let working = wanted.data.join(WORKING);
    let taken = || RestoreError::Taken { place: wanted.target.for_people() };
    match &wanted.target {
        Address::File(file) if file.exists() => return Err(taken().into()),
        Address::File(_) => {}
        Address::Server(_) => match Store::open_empty(&wanted.target).await {
            Err(store::StoreError::NotEmpty { .. }) => return Err(taken().into()),
            opened => opened?.close().await?,
        },
    }
    // Whoever tried before may have been interrupted; that file was nobody's yet.
    backup::clear(&working);
    let (store, manifest) = Store::of_backup(&wanted.backup, &working).await?;
    let prepared = prepare(wanted, &store, &manifest, (key, world, settings), by).await;
    let restored = match prepared {
        Ok((replayed, programmes)) => {
            put(wanted, store, &working).await.map(|()| Restored { manifest, replayed, programmes })
        }
        Err(error) => {
            drop(store.close().await);
            Err(error)
        }
    };
    backup::clear(&working);
    restored
}

/// Brings the restored database to where it may become an installation's.
async fn prepare(
    wanted: &Restoring,
    store: &Store,
    manifest: &Manifest,
    (key, world, settings): (SecretKey, Arc<dyn World>, Settings),
    by: &Actor,
) -> EngineResult<(Replayed, usize)> {
    let engine = Engine::new(store.clone(), key, world, settings);
    let (_, shut) = engine.check_key().await?;
    if shut > 0 {
        if !wanted.another_key {
            return Err(RestoreError::OtherKey.into());
        }
        store.forget_lost_keys().await?;
    }
    let replayed = engine.replay(&wanted.erasures, manifest.at).await?;
    store
        .hold(&Restore {
            id: engine.new_id(),
            backup_at: manifest.at,
            restored_at: engine.now(),
            erased: i64::try_from(replayed.erased).unwrap_or(i64::MAX),
            released_at: None,
            released_by: None,
        })
        .await?;
    let programmes = store.programmes().await?;
    let after = serde_json::json!({
        "backup_at": manifest.at,
        "erased_again": replayed.erased,
        "programmes_deleted_again": replayed.programmes,
    });
    for programme in &programmes {
        let deed = Deed {
            action: "installation.restored",
            subject: &programme.slug,
            before: None::<()>,
            after: Some(after.clone()),
        };
        engine.note(programme.number(), by, deed).await?;
    }
    Ok((replayed, programmes.len()))
}

/// Puts the restored database in its place.
async fn put(wanted: &Restoring, store: Store, working: &Path) -> EngineResult<()> {
    match &wanted.target {
        Address::File(file) => {
            // The log is merged into the file, which is all there is then.
            store.close().await?;
            backup::clear_beside(working);
            backup::sync(working)?;
            if file.exists() {
                return Err(RestoreError::Taken { place: wanted.target.for_people() }.into());
            }
            fs::rename(working, file).map_err(|error| BackupError::file(file, &error))?;
            backup::sync(file)?;
        }
        Address::Server(_) => {
            let target = Store::open_empty(&wanted.target).await?;
            copy::copy_all(&store, &target, &|_| {}).await?;
            target.close().await?;
            store.close().await?;
        }
    }
    Ok(())
}
