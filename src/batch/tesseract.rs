//! Reads pictures with Tesseract, a program of its own.

mod boxes;

use std::io::Read;
use std::io::Write;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use super::worker::Helper;
use crate::model::location::Rect;
use crate::model::page::Word;
use crate::model::picture::GreyPicture;
use crate::model::picture::NotRead;
use crate::model::picture::ReadsPictures;

/// Time for one page; a full page takes some five seconds on one processor.
const TIMEOUT: Duration = Duration::from_secs(90);

/// Time for an answer about itself, which takes some 20 ms.
const ANSWER_TIME: Duration = Duration::from_secs(10);

/// How often it is asked whether the program has ended.
const POLL: Duration = Duration::from_millis(10);

/// The program's table of words has this many columns; those that are used, by their place.
const COLUMNS: usize = 12;
const LEVEL: usize = 0;
const LEFT: usize = 6;
const TOP: usize = 7;
const WIDTH: usize = 8;
const HEIGHT: usize = 9;
const CONFIDENCE: usize = 10;
const TEXT: usize = 11;

/// What its header begins with.
const OPENING: &[u8] = b"level\t";

/// What is said of an answer without that header.
const NO_TABLE: &str = "Tesseract gave no table of words; check with hicm doctor that the program of that name is the right one";

/// The level of words in that table.
const WORDS: &str = "5";

/// Confidence below which a word without letters and digits is dirt.
const DIRT: f32 = 0.5;

/// Runs Tesseract for each picture.
#[derive(Clone, Debug)]
pub struct Tesseract {
    program: String,
    languages: String,
    helper: Option<Helper>,
}

impl Tesseract {
    /// The program `tesseract` as it is found on the search path, for `languages` as it names them ("eng", "eng+cym").
    #[must_use]
    pub fn new(languages: &str) -> Self {
        Self { program: "tesseract".to_owned(), languages: languages.to_owned(), helper: None }
    }

    /// The same, run as a helper, under limits.
    #[must_use]
    pub fn helped(self, helper: Helper) -> Self {
        Self { helper: Some(helper), ..self }
    }

    fn command(&self) -> Command {
        let command = self.helper.as_ref().map(|helper| helper.command(&self.program));
        let mut command = command.unwrap_or_else(|| Command::new(&self.program));
        alone(&mut command);
        command
    }

    /// The languages that it has data for; `None` where there is no such program, or none that answers.
    #[must_use]
    pub fn languages(&self) -> Option<Vec<String>> {
        let mut command = self.command();
        command.arg("--list-langs").stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null());
        let mut child = command.spawn().ok()?;
        let output = child.stdout.take()?;
        // Some hundred languages fit into the pipe.
        wait(&mut child, ANSWER_TIME).filter(|succeeded| *succeeded)?;
        let listed = read_all(output);
        // The first line says where they are.
        Some(String::from_utf8_lossy(&listed).lines().skip(1).map(|line| line.trim().to_owned()).collect())
    }

    fn start(&self, picture: &GreyPicture) -> Result<Child, NotRead> {
        let dots_per_inch = picture.dots_per_inch.to_string();
        // Sparse text: tables are columns of short texts, which the layout analysis for prose would join or leave out.
        let arguments = ["stdin", "stdout", "-l", &self.languages, "--psm", "11", "--dpi", &dots_per_inch, "tsv"];
        self.command()
            .args(arguments)
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(|error| {
                NotRead(format!(
                    "install Tesseract to have it read (Debian: apt install tesseract-ocr); it cannot be started: {error}"
                ))
            })
    }
}

impl ReadsPictures for Tesseract {
    fn words(&self, picture: &GreyPicture) -> Result<Vec<Word>, NotRead> {
        let mut child = self.start(picture)?;
        let input = child.stdin.take();
        let output = child.stdout.take();
        let messages = child.stderr.take();
        thread::scope(|scope| {
            // Written and read side by side: the program writes before it has read all, and a full pipe would stop it.
            scope.spawn(move || input.map(|mut input| write_pgm(picture, &mut input)));
            let output = scope.spawn(move || output.map(read_all).unwrap_or_default());
            let messages = scope.spawn(move || messages.map(read_all).unwrap_or_default());
            let ended = wait(&mut child, TIMEOUT);
            let table = output.join().unwrap_or_default();
            let messages = messages.join().unwrap_or_default();
            match ended {
                Some(true) if table.starts_with(OPENING) => Ok(words(&String::from_utf8_lossy(&table), picture)),
                Some(true) => Err(NotRead(NO_TABLE.to_owned())),
                Some(false) => Err(failed(&messages)),
                None => Err(NotRead(format!("Tesseract took longer than {} s for it", TIMEOUT.as_secs()))),
            }
        })
    }

    fn is_ready(&self) -> bool {
        let has = self.languages().unwrap_or_default();
        self.languages.split('+').all(|wanted| has.iter().any(|language| language == wanted))
    }
}

/// Waits for the end, and ends it by force after `most`. Whether it succeeded; none where the time was over.
fn wait(child: &mut Child, most: Duration) -> Option<bool> {
    let begin = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if begin.elapsed() < most => thread::sleep(POLL),
            Ok(None) => {
                end(child);
                return None;
            }
            Err(_) => return Some(false),
        }
    }
}

/// Makes the program the first of a group of processes: it may be a script that starts others.
fn alone(command: &mut Command) {
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(command, 0);
    #[cfg(not(unix))]
    let _ = command;
}

/// Ends the program and all that it has started, which would else keep its end of the pipes open.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = i32::try_from(child.id()).ok().and_then(rustix::process::Pid::from_raw) {
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    // Where it cannot be ended it has ended by itself.
    let _ = child.kill();
    let _ = child.wait();
}

fn read_all(mut from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read until then is used, or the exit status says that it failed.
    let _ = from.read_to_end(&mut bytes);
    bytes
}

fn write_pgm(picture: &GreyPicture, to: &mut impl Write) {
    // A program that ended early closes the pipe; its exit status says why.
    let _ = write!(to, "P5\n{} {}\n255\n", picture.width, picture.height).and_then(|()| to.write_all(&picture.pixels));
}

fn failed(messages: &[u8]) -> NotRead {
    let messages = String::from_utf8_lossy(messages);
    if messages.contains("Failed loading language") || messages.contains("Error opening data file") {
        let remedy = "install its language data (Debian: apt install tesseract-ocr-eng), or name another with --ocr-language";
        return NotRead(format!("Tesseract lacks a language: {remedy}"));
    }
    let last = messages.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("no message");
    NotRead(format!("Tesseract could not read it: {last}"))
}

/// The words of `table`, as Tesseract prints it for `picture`.
#[must_use]
pub fn words(table: &str, picture: &GreyPicture) -> Vec<Word> {
    let scale = 72.0 / f64::from(picture.dots_per_inch.max(1));
    let read: Vec<(&str, Word)> = table.lines().filter_map(|line| Some((line_of(line), word(line, scale)?))).collect();
    let lengths: Vec<usize> = read.chunk_by(|a, b| a.0 == b.0).map(<[_]>::len).collect();
    let mut words: Vec<Word> = read.into_iter().map(|(_, word)| word).collect();
    boxes::put_right(&mut words, &lengths);
    words
}

/// What tells a line from others: the numbers of its page, block, paragraph and of itself.
fn line_of(row: &str) -> &str {
    let mut tabs = row.match_indices('\t').map(|(at, _)| at);
    let from = tabs.next().unwrap_or(0);
    row.get(from..tabs.nth(3).unwrap_or(from)).unwrap_or_default()
}

fn word(line: &str, scale: f64) -> Option<Word> {
    let columns: Vec<&str> = line.splitn(COLUMNS, '\t').collect();
    let number = |at: usize| columns.get(at).and_then(|column| column.parse::<f64>().ok());
    let text = columns.get(TEXT).map(|text| text.trim()).filter(|text| !text.is_empty())?;
    if *columns.get(LEVEL)? != WORDS {
        return None;
    }
    let (left, top, width, height) = (number(LEFT)?, number(TOP)?, number(WIDTH)?, number(HEIGHT)?);
    let confidence = columns.get(CONFIDENCE)?.parse::<f32>().ok()? / 100.0;
    if confidence < 0.0 || (confidence < DIRT && !text.chars().any(char::is_alphanumeric)) {
        return None;
    }
    let bbox = Rect { x0: left * scale, y0: top * scale, x1: (left + width) * scale, y1: (top + height) * scale };
    Some(Word { confidence: Some(confidence.min(1.0)), ..Word::plain(text, bbox, height * scale) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_boxes_in_points() {
        let picture = GreyPicture { width: 1, height: 1, dots_per_inch: 144, pixels: vec![255] };
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
                     4\t1\t1\t1\t1\t0\t20\t40\t200\t30\t-1\t\n\
                     5\t1\t1\t1\t1\t1\t20\t40\t100\t30\t91.5\tTrusted\n\
                     5\t1\t1\t1\t1\t2\t130\t60\t4\t4\t12\t|\n";
        let words = words(table, &picture);
        let [word] = words.as_slice() else { panic!("{words:?}") };
        assert_eq!(word.text, "Trusted");
        assert!((word.bbox.x0, word.bbox.x1) == (10.0, 60.0) && word.bbox.y0 < 21.0 && word.bbox.y1 > 35.0, "{word:?}");
        assert_eq!(word.confidence, Some(0.915));
    }

    #[test]
    fn a_missing_program_is_told_with_its_remedy() {
        let reader = Tesseract { program: "tesseract-that-is-not-there".to_owned(), ..Tesseract::new("eng") };
        assert!(!reader.is_ready());
        let picture = GreyPicture { width: 1, height: 1, dots_per_inch: 300, pixels: vec![255] };
        let error = reader.words(&picture).expect_err("it is not there");
        assert!(error.to_string().contains("apt install tesseract-ocr"), "{error}");
    }
}
