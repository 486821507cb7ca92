//! Everything of a programme as one archive, readable without Rollcall: a tar file with one file of JSON lines for
//! each table, and a manifest.

use std::io::{self, Seek, Write};

use futures::TryStreamExt;
use serde::Serialize;
use store::Programme;
use tar::{Builder, Header};

use crate::{Actor, Deed, Engine, EngineError, EngineResult};

/// Rises whenever readers have to read something differently.
const FORMAT: u32 = 1;

/// A table that was exported.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Exported {
    /// The table, and the file: `members` is `members.jsonl`.
    pub table: String,
    /// How many rows it has.
    pub rows: u64,
}

#[derive(Serialize)]
struct Manifest<'a> {
    format: u32,
    rollcall: &'static str,
    programme: &'a str,
    exported_at: String,
    tables: &'a [Exported],
}

impl Engine {
    /// Writes everything of the programme, as it stands at this moment, but no secrets: neither passwords nor tokens nor what is
    /// sealed.
    pub async fn export_programme<W: Write + Seek + Send>(
        &self,
        programme: &Programme,
        archive: W,
        by: &Actor,
    ) -> EngineResult<Vec<Exported>> {
        let export = self.store.export(programme.number()).await?;
        let mut archive = Builder::new(archive);
        let mut exported = Vec::new();
        let folder = &programme.slug;
        for table in &export.tables {
            let mut header = self.header();
            let name = format!("{folder}/{}.jsonl", table.name);
            let mut file = archive.append_writer(&mut header, name).map_err(unwritten)?;
            let mut rows = std::pin::pin!(export.rows(table).await?);
            let mut count = 0;
            while let Some(row) = rows.try_next().await? {
                serde_json::to_writer(&mut file, &row).map_err(|error| unwritten(error.into()))?;
                file.write_all(b"\n").map_err(unwritten)?;
                count += 1;
            }
            file.finish().map_err(unwritten)?;
            exported.push(Exported { table: table.name.clone(), rows: count });
        }
        let manifest = Manifest {
            format: FORMAT,
            rollcall: env!("CARGO_PKG_VERSION"),
            programme: &programme.slug,
            exported_at: self.world.now().to_string(),
            tables: &exported,
        };
        let text = serde_json::to_vec_pretty(&manifest).map_err(|error| unwritten(error.into()))?;
        let mut header = self.header();
        header.set_size(text.len() as u64);
        archive.append_data(&mut header, format!("{folder}/manifest.json"), text.as_slice()).map_err(unwritten)?;
        archive.into_inner().and_then(|mut written| written.flush()).map_err(unwritten)?;
        self.note(programme.number(), by, Deed::new("programme.exported", &programme.slug)).await?;
        Ok(exported)
    }

    fn header(&self) -> Header {
        let mut header = Header::new_gnu();
        header.set_mode(0o600);
        header.set_mtime(u64::try_from(self.world.now().as_second()).unwrap_or_default());
        header
    }
}

#[expect(clippy::needless_pass_by_value, reason = "the shape that `map_err` takes")]
fn unwritten(error: io::Error) -> EngineError {
    EngineError::Broken(format!("the archive could not be written: {error}"))
}
