//! Writes every sample mail into a folder, to look at in a browser:
//! `cargo run -p rollcall-mail --example preview -- target/mails`

use std::{env, error::Error, fs, path::PathBuf};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = PathBuf::from(env::args().nth(1).ok_or("which folder?")?);
    fs::create_dir_all(&folder)?;
    for sample in rollcall_mail::samples::all()? {
        println!("{}: {}", sample.name, sample.mail.subject);
        fs::write(folder.join(format!("{}.html", sample.name)), &sample.mail.html)?;
        fs::write(folder.join(format!("{}.txt", sample.name)), &sample.mail.text)?;
    }
    Ok(())
}
