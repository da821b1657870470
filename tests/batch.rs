//! Many documents, some of which do harm, and runs that are cut short.

mod support;

use std::fs;
use std::io::Write;
use std::process::Child;
use std::thread;
use std::time::Duration;

use rawzip::CompressionMethod;
use rawzip::ZipArchiveWriter;
use rawzip::path::EntryPath;
use serde_json::Value;
use support::program::FILES;
use support::program::Folder;
use support::program::OTHER;
use support::program::PLAN;
use support::program::row;

/// `count` plans in `in`, none of them like another.
fn plans(test: &str, count: usize) -> Folder {
    (0..count).fold(Folder::new(test), |folder, number| {
        let text = PLAN.replace("weekends", &format!("weekends of week {number}"));
        folder.with(&format!("in/{}/{number}.txt", number % 5), text)
    })
}

/// A zip of `files`, packed.
fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipArchiveWriter::new(Vec::new());
    for (name, bytes) in files {
        let entry = writer.new_file(EntryPath::verbatim(name.as_bytes())).compression_method(CompressionMethod::DEFLATE);
        let (mut entry, config) = entry.start().unwrap();
        let mut data = config.wrap(flate2::write::DeflateEncoder::new(&mut entry, flate2::Compression::best()));
        data.write_all(bytes).unwrap();
        let (encoder, descriptor) = data.finish().unwrap();
        encoder.finish().unwrap();
        entry.finish(descriptor).unwrap();
    }
    writer.finish().unwrap()
}

fn statuses(folder: &Folder) -> Vec<String> {
    folder.documents().into_iter().map(|(_, status, _)| status).collect()
}

#[test]
fn workers_and_this_process_give_the_same() {
    let folder = plans("isolation", 20).with("in/junk.bin", [0_u8; 500]).with("in/other.csv", OTHER);
    assert_eq!(folder.run("convert in -o workers --jobs 3").code, Some(1));
    assert_eq!(folder.run("convert in -o here --in-process").code, Some(1));
    assert!(folder.files("workers") == folder.files("here"));
    assert!(folder.run("convert in --in-process").out == folder.run("convert in").out);
}

#[test]
fn archives_are_read_and_never_written() {
    let inner = zip(&[("deep/plan.txt", PLAN.as_bytes()), ("Thumbs.db", b"x")]);
    let bytes = zip(&[("../../out.csv", OTHER.as_bytes()), ("inner.zip", &inner), ("copy.txt", PLAN.as_bytes())]);
    let folder = Folder::new("archives").with("in/returns.zip", &bytes).with("in/z.txt", PLAN);
    for flags in ["", " --in-process"] {
        assert_eq!(folder.run(&format!("convert in -o out --force{flags}")).code, Some(0));
        assert_eq!(
            folder.documents(),
            [
                row("returns.zip/%2E%2E/%2E%2E/out.csv", "ok", None),
                row("returns.zip/copy.txt", "ok", None),
                row("returns.zip/inner.zip/Thumbs.db", "skipped", None),
                row("returns.zip/inner.zip/deep/plan.txt", "duplicate", None),
                row("z.txt", "duplicate", None),
            ]
        );
    }
    assert_eq!(fs::read_dir(folder.0.join("in")).unwrap().count(), 2);
    assert!(!folder.0.join("../out.csv").exists());
    let shown = folder.run("dump matches in/returns.zip/inner.zip/deep/plan.txt");
    assert_eq!((shown.code, shown.out), (Some(0), folder.run("dump matches in/z.txt").out));
    assert_eq!(folder.run("dump matches in/returns.zip/none.txt").code, Some(1));
    let ran = folder.run_with("convert - --name returns.zip -o out", &bytes);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(statuses(&folder), ["ok", "ok", "skipped", "duplicate"]);
}

#[test]
fn a_bomb_in_an_archive_fails_alone() {
    let zeros = vec![b' '; 60 << 20];
    let bytes = zip(&[("a.txt", PLAN.as_bytes()), ("bomb.txt", &zeros)]);
    let folder =
        Folder::new("bombs").with("in/bomb.zip", &bytes).with("in/cut.zip", &bytes[..bytes.len() / 2]).with("in/z.csv", OTHER);
    assert_eq!(folder.run("convert in -o out").code, Some(1));
    assert_eq!(
        folder.documents(),
        [
            row("bomb.zip/a.txt", "ok", None),
            row("bomb.zip/bomb.txt", "failed", Some("too_large")),
            row("cut.zip", "failed", Some("unreadable")),
            row("z.csv", "ok", None),
        ]
    );
}

#[test]
fn documents_that_do_harm_are_caught() {
    let ran = Folder::new("doctor").run("doctor --self-test");
    assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
    for what in ["hangs: caught", "panics: caught", "aborts: caught", "stack: caught", "all memory: caught", "no harm: converted"]
    {
        assert!(ran.out.contains(what), "{what}: {}", ran.out);
    }
}

#[test]
fn what_is_unchanged_is_not_converted_again() {
    let folder = plans("kept", 12).with("in/junk.bin", [0_u8; 500]).with("in/copy.txt", PLAN).with("in/copy2.txt", PLAN);
    let ours = r#"{"schema": "hicm.model/1", "extends": true, "changes": [{"number": 4, "aliases": ["Straight to sofa"]}]}"#;
    let folder = folder.with("ours.json", ours);
    let converted = |arguments: &str| {
        let ran = folder.run(&format!("convert in -o out -v --log-format json {arguments}"));
        let done = ran.err.lines().filter(|line| line.contains("\"done\"")).collect::<Vec<_>>();
        (done.len(), done.iter().filter(|line| line.contains("\"kept\":false")).count())
    };
    assert_eq!(converted(""), (15, 15));
    let first = folder.files("out");
    // A duplicate is told anew each time, for nothing has to be converted.
    assert_eq!(converted(""), (15, 1));
    assert!(folder.files("out") == first);
    fs::write(folder.0.join("in/0/new.csv"), OTHER).unwrap();
    // Limits decide only whether a document gives anything.
    assert_eq!(converted("--jobs 1 --timeout 50s --max-memory 2G"), (16, 2));
    let with_new = folder.files("out");
    assert_eq!(folder.run("convert in -o anew").code, Some(1));
    assert!(with_new == folder.files("anew"));
    assert_eq!(converted("--model ours.json"), (16, 16));
    assert_eq!(converted(""), (16, 16));
    assert_eq!(converted("--force"), (16, 16));
    assert!(with_new == folder.files("out"));
    fs::remove_file(folder.0.join("in/0/new.csv")).unwrap();
    assert_eq!(converted(""), (15, 1));
    assert!(folder.files("out") == first);
}

#[test]
fn files_that_were_changed_by_others_are_written_again() {
    let folder = plans("meddled", 6);
    assert_eq!(folder.run("convert in -o out").code, Some(0));
    let first = folder.files("out");
    for file in FILES {
        let path = folder.0.join("out").join(file);
        let mut bytes = fs::read(&path).unwrap();
        bytes[40] ^= 1;
        fs::write(&path, bytes).unwrap();
        assert_eq!(folder.run("convert in -o out").code, Some(0));
        assert!(folder.files("out") == first, "{file}");
        fs::remove_file(&path).unwrap();
        assert_eq!(folder.run("convert in -o out").code, Some(0));
        assert!(folder.files("out") == first, "{file}");
    }
    fs::write(folder.0.join("out/.hicm/journal.sqlite"), "this is no journal").unwrap();
    assert_eq!(folder.run("convert in -o out").code, Some(0));
    assert!(folder.files("out") == first);
}

/// Ends a run after a while, without giving it the chance to do anything about it; whether it was still running.
fn end_after(mut child: Child, time: Duration) -> bool {
    thread::sleep(time);
    let running = child.try_wait().unwrap().is_none();
    let _ = child.kill();
    let _ = child.wait_with_output();
    running
}

#[test]
fn a_run_that_is_killed_goes_on() {
    let folder = plans("killed", 300).with("in/junk.bin", [0_u8; 500]).with("in/copy.txt", PLAN).with("in/copy2.txt", PLAN);
    let zipped = zip(&[("a.txt", OTHER.as_bytes()), ("b.txt", PLAN.as_bytes())]);
    let folder = folder.with("in/2/returns.zip", &zipped);
    assert_eq!(folder.run("convert in -o whole").code, Some(1));
    let whole = folder.files("whole");
    let mut cut_short = 0;
    for round in 0..12_u64 {
        let child = folder.command("convert in -o out -q --jobs 2").spawn().unwrap();
        // From before the first document to about the end.
        cut_short += u32::from(end_after(child, Duration::from_millis(40 + round * 97)));
    }
    assert!(cut_short > 0);
    fs::write(folder.0.join("in/0/new.csv"), OTHER.replace("leaflet", "poster")).unwrap();
    let child = folder.command("convert in -o out -q").spawn().unwrap();
    end_after(child, Duration::from_millis(300));
    fs::remove_file(folder.0.join("in/0/new.csv")).unwrap();
    assert_eq!(folder.run("convert in -o out").code, Some(1));
    assert!(folder.files("out") == whole);
}

/// The first document never ends, and so keeps the others from their turn.
#[cfg(unix)]
#[test]
fn what_is_done_before_its_turn_is_kept() {
    let folder = plans("ahead", 6);
    let fifo = folder.0.join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let mut child = folder.command("convert fifo in -o out --jobs 2").spawn().unwrap();
    let pipe = fs::OpenOptions::new().write(true).open(&fifo).unwrap();
    let part = folder.0.join("out/.hicm/documents.jsonl.part");
    let is_kept = || fs::read_to_string(&part).is_ok_and(|lines| lines.lines().count() == 6);
    assert!((0..600).any(|_| {
        thread::sleep(Duration::from_millis(50));
        is_kept()
    }));
    // What is written is made last right after; a busy machine may take its time for that.
    thread::sleep(Duration::from_secs(1));
    child.kill().unwrap();
    child.wait().unwrap();
    drop(pipe);
    fs::remove_file(&fifo).unwrap();
    fs::write(&fifo, OTHER).unwrap();
    let ran = folder.run("convert fifo in -o out");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert!(ran.err.contains("6 of them as an earlier run had converted them"), "{}", ran.err);
    assert_eq!(folder.run("convert fifo in -o whole").code, Some(0));
    assert!(folder.files("out") == folder.files("whole"));
}

#[cfg(unix)]
#[test]
fn a_second_run_into_the_same_folder_waits_outside() {
    let folder = plans("busy", 2);
    let fifo = folder.0.join("fifo");
    assert!(std::process::Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let first = folder.command("convert fifo -o out").spawn().unwrap();
    // The first run reads the pipe once it has the folder.
    let mut pipe = fs::OpenOptions::new().write(true).open(&fifo).unwrap();
    let ran = folder.run("convert in -o out");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("another run") && ran.err.contains("out"), "{}", ran.err);
    pipe.write_all(PLAN.as_bytes()).unwrap();
    drop(pipe);
    assert_eq!(first.wait_with_output().unwrap().status.code(), Some(0));
    assert_eq!(statuses(&folder), ["ok"]);
}

#[cfg(unix)]
#[test]
fn a_run_does_not_wait_for_a_pipe_that_never_ends() {
    let folder = plans("silent-pipe", 2);
    assert!(std::process::Command::new("mkfifo").arg(folder.0.join("fifo")).status().unwrap().success());
    assert_eq!(folder.run("convert fifo in -o out --timeout 1s").code, Some(1));
    let ok = |name| row(name, "ok", None);
    assert_eq!(folder.documents(), [row("fifo", "failed", Some("timeout")), ok("0/0.txt"), ok("1/1.txt")]);
    let mut child = folder.command("convert fifo in -o cut --jobs 1").spawn().unwrap();
    // It has taken the folder, and with it the pipe.
    assert!((0..600).any(|_| {
        thread::sleep(Duration::from_millis(50));
        folder.0.join("cut/.hicm/journal.sqlite").exists()
    }));
    thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().unwrap().is_none());
    assert!(std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    assert_eq!(child.wait_with_output().unwrap().status.code(), Some(130));
}

/// `/dev/full` has no room for anything.
#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said_and_nothing_is_torn() {
    let folder = plans("full", 30);
    assert_eq!(folder.run("convert in -o out").code, Some(0));
    let before = folder.files("out");
    fs::create_dir_all(folder.0.join("out/.hicm")).unwrap();
    std::os::unix::fs::symlink("/dev/full", folder.0.join("out/.hicm/records.jsonl.part")).unwrap();
    let ran = folder.run("convert in -o out --force");
    // With --force the link is removed; without, the part cannot be written.
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    std::os::unix::fs::symlink("/dev/full", folder.0.join("out/.hicm/records.jsonl.part")).unwrap();
    let ran = folder.run("convert in -o out");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("records.jsonl"), "{}", ran.err);
    assert!(folder.files("out") == before);
}

#[test]
fn settings_come_from_the_file_and_the_environment() {
    let folder = Folder::new("settings").with("plan.txt", PLAN).with("hicm.toml", "max-bytes = \"1K\"\njobs = 2\n");
    let folder = folder.with("below/long.txt", "x".repeat(3000)).with("other.toml", "max-bytes = 5000\n");
    let below = |arguments: &str, variables: &[(&str, &str)]| {
        let mut command = folder.command(arguments);
        command.current_dir(folder.0.join("below")).envs(variables.iter().copied());
        let output = command.output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    assert!(below("convert long.txt", &[]).2.contains("limit of 1024"));
    assert!(!below("convert long.txt --max-bytes 1M", &[]).2.contains("limit of"));
    assert!(below("convert long.txt", &[("HICM_MAX_BYTES", "2000")]).2.contains("limit of 2000"));
    assert!(!below("convert long.txt --config ../other.toml", &[]).2.contains("limit of"));
    let shown = below("config show", &[("HICM_TIMEOUT", "5s")]).1;
    for part in ["jobs = 2", "hicm.toml:2", "timeout = \"5s\"", "HICM_TIMEOUT", "# max-cells = 4000000", "default"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let (code, _, err) = below("convert long.txt", &[("HICM_JOBS", "many")]);
    assert_eq!(code, Some(2));
    assert!(err.contains("HICM_JOBS") && err.contains("many"), "{err}");
    let alone = Folder::new("settings-without-file").with("plan.txt", PLAN);
    let told = |variable: &str| {
        let output = alone.command("convert plan.txt").env(variable, "100").output().unwrap();
        String::from_utf8(output.stderr).unwrap()
    };
    assert!(told("HICM_MAX_BYTES").contains("limit of 100"));
    assert!(told("HICM_MAX_BITES").contains("HICM_MAX_BITES"));
    let wrong = Folder::new("settings-wrong").with("hicm.toml", "jobs = 2\ntimout = 5\n");
    let ran = wrong.run("convert x");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("hicm.toml:2") && ran.err.contains("timout"), "{}", ran.err);
}

#[test]
fn the_worker_speaks_only_to_the_program() {
    let ran = Folder::new("worker").run("worker");
    assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""));
    assert!(ran.err.contains("hicm convert"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn odd_names_are_kept_and_shown_safely() {
    let folder = Folder::new("odd-names").with("in/a\nb\u{1b}[2J.txt", "").with("in/ .csv", OTHER).with("in/é–.csv", PLAN);
    let ran = folder.run("convert in -o out");
    assert_eq!(ran.code, Some(1));
    assert!(!ran.err.contains('\u{1b}'), "{}", ran.err);
    let names: Vec<String> = folder.lines("out/documents.jsonl").iter().map(name).collect();
    assert_eq!(names, [" .csv", "a\nb\u{1b}[2J.txt", "é–.csv"]);
}

/// A folder with a scan, and a command to convert it with `script` in the place of Tesseract.
#[cfg(unix)]
fn scan(test: &str, script: &str) -> (Folder, std::process::Command) {
    use std::os::unix::fs::PermissionsExt;
    let scan = fs::read(support::root().join("fixtures/pdf/scanned-askew.pdf")).unwrap();
    let folder = Folder::new(test).with("scan.pdf", scan).with("bin/tesseract", format!("#!/bin/sh\n{script}\n"));
    let program = folder.0.join("bin/tesseract");
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.0.join("bin").display(), std::env::var("PATH").unwrap());
    let mut command = folder.command("convert scan.pdf -o out");
    command.env("PATH", path);
    (folder, command)
}

#[cfg(unix)]
#[test]
fn a_program_that_only_bears_the_name_of_tesseract_is_told() {
    for (test, script, said) in [
        ("ocr-rubbish", "cat > /dev/null; head -c 100000 /dev/urandom", "hicm doctor"),
        ("ocr-fails", "echo 'Error opening data file eng.traineddata' >&2; exit 1", "tesseract-ocr-eng"),
        ("ocr-breaks", "kill -9 $$", "could not read it"),
    ] {
        let (folder, mut command) = scan(test, script);
        let ran = command.output().unwrap();
        assert_eq!(ran.status.code(), Some(1));
        let said_so = String::from_utf8_lossy(&ran.stderr).contains(said);
        assert!(said_so, "{test}: {}", String::from_utf8_lossy(&ran.stderr));
        assert_eq!(folder.documents()[0], row("scan.pdf", "failed", Some("needs_ocr")));
    }
}

#[cfg(unix)]
#[test]
fn a_scan_is_read_once_there_is_a_program_that_can() {
    let script = "case \"$*\" in *--list-langs*) echo Languages:; echo eng;; *) cat > /dev/null; printf 'level\\t\\n';; esac";
    let (folder, command) = scan("ocr-later", script);
    let status = || folder.documents()[0].1.clone();
    assert_eq!(folder.command("convert scan.pdf -o out").env("PATH", "/nowhere").status().unwrap().code(), Some(1));
    assert_eq!(folder.documents()[0], row("scan.pdf", "failed", Some("needs_ocr")));
    let kept = |mut command: std::process::Command| {
        let ran = command.output().unwrap();
        String::from_utf8_lossy(&ran.stderr).contains("as an earlier run")
    };
    let mut again = folder.command("convert scan.pdf -o out");
    again.env("PATH", "/nowhere");
    assert!(kept(again));
    assert!(!kept(command));
    assert_ne!(folder.documents()[0], row("scan.pdf", "failed", Some("needs_ocr")), "{}", status());
}

/// Where documents take turns with a worker that has too little memory to begin, the run says so and nothing of it is written.
#[cfg(target_os = "linux")]
#[test]
fn too_little_memory_to_begin_is_said() {
    let folder = Folder::new("little").with("plan.txt", PLAN);
    let ran = folder.run("convert plan.txt -o out --max-memory 32M");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("32 MiB") && ran.err.contains("--max-memory"), "{}", ran.err);
}

#[cfg(unix)]
#[test]
fn a_run_does_not_wait_for_a_tesseract_that_hangs() {
    let (folder, mut command) = scan("ocr-hangs", "sleep 300");
    let child = command.spawn().unwrap();
    thread::sleep(Duration::from_millis(1500));
    assert!(std::process::Command::new("kill").arg(child.id().to_string()).status().unwrap().success());
    let begun = std::time::Instant::now();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(begun.elapsed() < Duration::from_mins(1));
    assert!(!folder.0.join("out/documents.jsonl").exists());
}

fn name(line: &Value) -> String {
    line["document"]["name"].as_str().unwrap_or_default().to_owned()
}
