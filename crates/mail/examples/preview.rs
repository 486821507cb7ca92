//! Writes every sample mail into a folder, to look at in a browser:
//! `cargo run -p rollcall-mail --example preview -- target/mails`

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    for sample in rollcall_mail::samples::all()? {
        println!("{}: {}", sample.name, sample.mail.subject);
        for (screen, dark) in [("light", false), ("dark", true)] {
            fs::write(folder.join(format!("{}-{screen}.html", sample.name)), sample.mail.html_on(dark))?;
        }
        fs::write(folder.join(format!("{}.txt", sample.name)), &sample.mail.text)?;
    }
    Ok(())
}
