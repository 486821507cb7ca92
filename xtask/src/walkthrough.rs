//! `cargo xtask walkthrough`: the pictures and the film of the guide, from the browser test of the whole set-up.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, bail};
use testkit::target;

use crate::{
    axe,
    commands::{cargo, command_step, run as run_command, step},
    debian,
};

/// The test that leaves the pictures, and where it leaves them.
const TEST: &str = "portal::set_up::an_administrator_who_has_never_seen_rollcall_connects_personio_in_a_few_clicks";

/// What is seen, and what is said of it.
struct Scene {
    /// The name of the picture.
    picture: &'static str,
    /// For how many seconds it is seen.
    seconds: u32,
    /// In each of the languages.
    captions: [&'static str; 2],
}

const fn scene(picture: &'static str, seconds: u32, captions: [&'static str; 2]) -> Scene {
    Scene { picture, seconds, captions }
}

/// The files of captions, in the order of a scene's: English, German.
const CAPTIONS: [&str; 2] = ["set-up.vtt", "set-up.de.vtt"];

/// The whole set-up. The numbers in the guide's picture names are places in this list.
const SCENES: [Scene; 12] = [
    scene(
        "first-run",
        4,
        [
            "The first link leads to a form: who you are, and what your programme is called.",
            "Der erste Link führt zu einem Formular: wer Sie sind, und wie Ihr Programm heißt.",
        ],
    ),
    scene(
        "explore",
        3,
        [
            "Under Integrations, Explore Integrations, choose Personio.",
            "Unter Integrationen, Integrationen entdecken, wählen Sie Personio.",
        ],
    ),
    scene(
        "initial-setup",
        4,
        [
            "Initial Setup: when imports run, and whether new members get a welcome e-mail.",
            "Grundeinstellungen: wann Importe laufen, und ob neue Mitglieder eine Willkommens-E-Mail bekommen.",
        ],
    ),
    scene(
        "authorize",
        4,
        ["Authorize says what is read, and what never is.", "Autorisieren sagt, was gelesen wird, und was nie."],
    ),
    scene(
        "credentials",
        4,
        [
            "Enter the Client ID and the Client Secret that you made in Personio.",
            "Geben Sie Client-ID und Client-Secret ein, die Sie in Personio angelegt haben.",
        ],
    ),
    scene(
        "connected",
        3,
        [
            "They are checked at once. Finish Setup stores them; Save goes on.",
            "Sie werden sofort geprüft. „Einrichtung abschließen“ speichert sie, „Speichern“ geht weiter.",
        ],
    ),
    scene(
        "mapping",
        5,
        [
            "Mapping: each of our fields gets an attribute. Most are suggested, with sample values.",
            "Zuordnung: Jedes unserer Felder bekommt ein Attribut. Die meisten sind vorgeschlagen, mit Beispielwerten.",
        ],
    ),
    scene(
        "segment",
        4,
        [
            "The segment says who may be a member, and counts as you choose.",
            "Das Segment sagt, wer Mitglied sein darf, und zählt beim Auswählen mit.",
        ],
    ),
    scene(
        "review",
        5,
        [
            "Review shows by name who would join. Nothing has happened so far.",
            "Die Vorschau zeigt mit Namen, wer beitreten würde. Bisher ist nichts geschehen.",
        ],
    ),
    scene(
        "published",
        3,
        ["After Publish the integration is live.", "Nach dem Veröffentlichen ist die Integration in Betrieb."],
    ),
    scene(
        "importing",
        4,
        [
            "Import data now starts the first import. The bar shows how far it is.",
            "„Daten jetzt importieren“ startet den ersten Import. Der Balken zeigt, wie weit er ist.",
        ],
    ),
    scene(
        "completed",
        4,
        [
            "At the end the page says how many people joined.",
            "Am Ende sagt die Seite, wie viele Personen beigetreten sind.",
        ],
    ),
];

/// How long one picture takes to become the next, in tenths of a second.
const FADE: u32 = 4;
/// The largest picture and the largest film, in bytes.
const LARGEST_PICTURE: u64 = 60_000;
const LARGEST_FILM: u64 = 1_500_000;
/// Includes the guide; rebuilt when it changes.
const INCLUDES: &str = "crates/web/src/pages/help/shelf.rs";

pub(crate) fn run() -> anyhow::Result<()> {
    debian::provide(debian::FOR_TESTS)?;
    debian::provide(debian::FOR_FILMS)?;
    axe::provide()?;
    let taken = target().join("screenshots").join(TEST.replace("::", "-"));
    let test = ["test", "--package", "rollcall", "--test", "front", "--", "--exact", TEST];
    command_step("set everything up in a browser", &mut cargo(test))?;
    let root = target().join("..");
    let place = root.join("docs/guide/pictures");
    fs::create_dir_all(&place).with_context(|| format!("{} cannot be made", place.display()))?;
    step("pictures", || pictures(&taken, &place))?;
    step("film", || film(&taken, &place))?;
    // The compiler does not see by itself that a folder which is built in has changed.
    let includes = root.join(INCLUDES);
    let content = fs::read(&includes).with_context(|| format!("{} cannot be read", includes.display()))?;
    fs::write(&includes, content).with_context(|| format!("{} cannot be written", includes.display()))
}

fn taken_as(taken: &Path, scene: &Scene) -> PathBuf {
    taken.join(format!("{}.png", scene.picture))
}

/// With 256 colours: pages have hardly more.
fn pictures(taken: &Path, place: &Path) -> anyhow::Result<()> {
    for (number, scene) in (1..).zip(&SCENES) {
        let picture = place.join(format!("set-up-{number}-{}.png", scene.picture));
        let mut smaller = Command::new("pngquant");
        smaller.args(["--force", "--strip", "--speed", "1", "--quality", "50-95", "--output"]).arg(&picture);
        run_command(smaller.arg("256").arg("--").arg(taken_as(taken, scene)))?;
        no_larger(&picture, LARGEST_PICTURE)?;
    }
    Ok(())
}

fn film(taken: &Path, place: &Path) -> anyhow::Result<()> {
    let film = place.join("set-up.webm");
    let mut make = Command::new("ffmpeg");
    make.args(["-y", "-hide_banner", "-loglevel", "error"]);
    for scene in &SCENES {
        // Each is there while it comes and while it goes.
        let seconds = format!("{}", f64::from(10 * scene.seconds + 2 * FADE) / 10.0);
        make.args(["-loop", "1", "-framerate", "10", "-t", &seconds, "-i"]).arg(taken_as(taken, scene));
    }
    make.args(["-filter_complex", &fades(), "-map", "[film]", "-c:v", "libvpx-vp9", "-crf", "40", "-b:v", "0"]);
    make.args(["-row-mt", "1", "-deadline", "good", "-cpu-used", "2", "-g", "60", "-pix_fmt", "yuv420p", "-an"]);
    run_command(make.arg(&film))?;
    no_larger(&film, LARGEST_FILM)?;
    for (language, name) in CAPTIONS.into_iter().enumerate() {
        let captions = place.join(name);
        let text = captions_text(language);
        fs::write(&captions, text).with_context(|| format!("{} cannot be written", captions.display()))?;
    }
    Ok(())
}

/// One picture becomes the next, all along.
fn fades() -> String {
    let tenths = |number: u32| format!("{}.{}", number / 10, number % 10);
    let mut filters = Vec::new();
    let mut so_far = "0:v".to_owned();
    let mut at = 0;
    for (next, scene) in (1..SCENES.len()).zip(&SCENES) {
        at += 10 * scene.seconds;
        let fade = format!("xfade=transition=fade:duration={}:offset={}", tenths(FADE), tenths(at));
        filters.push(format!("[{so_far}][{next}:v]{fade}[f{next}];"));
        so_far = format!("f{next}");
    }
    format!("{}[{so_far}]trim=duration={},format=yuv420p[film]", filters.concat(), length())
}

/// The length of the film in seconds.
fn length() -> u32 {
    SCENES.iter().map(|scene| scene.seconds).sum()
}

/// The captions in the language with this place in [`CAPTIONS`].
fn captions_text(language: usize) -> String {
    let time = |seconds: u32| format!("00:{:02}:{:02}.000", seconds / 60, seconds % 60);
    let mut at = 0;
    let cues = SCENES.iter().map(|Scene { seconds, captions, .. }| {
        let from = at;
        at += seconds;
        format!("\n{} --> {}\n{}\n", time(from), time(at), captions[language])
    });
    format!("WEBVTT\n{}", cues.collect::<String>())
}

fn no_larger(file: &Path, most: u64) -> anyhow::Result<()> {
    let size = fs::metadata(file).with_context(|| format!("{} is not there", file.display()))?.len();
    if size > most {
        bail!("{} has {size} bytes; at most {most} are wanted", file.display());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_follow_one_another_until_the_film_ends() {
        for (language, first, last) in [(0, "The first link", "At the end"), (1, "Der erste Link", "Am Ende")] {
            let text = captions_text(language);
            assert!(text.starts_with(&format!("WEBVTT\n\n00:00:00.000 --> 00:00:04.000\n{first}")));
            let end = format!("--> 00:00:{}.000\n{last}", length());
            assert!(text.contains(&end), "{text}");
            assert_eq!(text.matches(" --> ").count(), SCENES.len());
        }
    }

    #[test]
    fn every_picture_becomes_the_next_when_its_time_is_over() {
        let filter = fades();
        assert!(filter.starts_with("[0:v][1:v]xfade=transition=fade:duration=0.4:offset=4.0[f1];[f1][2:v]"));
        assert!(filter.ends_with("offset=43.0[f11];[f11]trim=duration=47,format=yuv420p[film]"), "{filter}");
    }
}
