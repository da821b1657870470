//! The program as its users meet it: arguments, streams, files and exit statuses.

mod support;

use std::fs;
use std::io::Read;
use std::io::Write;
use std::process::Command;

use serde_json::Value;
use support::program::Folder;
use support::program::OTHER;
use support::program::PLAN;
use support::program::lines;
use support::program::row;

#[test]
fn records_go_to_standard_output_and_nothing_else() {
    let ran = Folder::new("stdout").with("plan.txt", PLAN).run("convert plan.txt");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let records = lines(&ran.out);
    assert_eq!(records.len(), 2);
    assert_eq!(records[1]["changes"][0]["number"], 5);
    assert_eq!(records[0]["document"]["name"], "plan.txt");
    assert!(ran.err.contains("1 input: 1 ok") && ran.err.contains("2 items"), "{}", ran.err);
}

#[test]
fn a_folder_receives_three_files_and_a_hidden_journal() {
    let folder = Folder::new("three-files").with("in/plan.txt", PLAN);
    let ran = folder.run("convert in --output deep/out --quiet");
    assert_eq!((ran.code, ran.out.as_str(), ran.err.as_str()), (Some(0), "", ""));
    let mut names: Vec<_> = fs::read_dir(folder.0.join("deep/out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, [".hicm", "audit.jsonl", "documents.jsonl", "records.jsonl"]);
    assert_eq!(folder.lines("deep/out/audit.jsonl").len(), 3);
}

#[test]
fn what_fails_fails_alone() {
    let folder = Folder::new("bad-input")
        .with("in/a.txt", PLAN)
        .with("in/again/copy.txt", PLAN)
        .with("in/empty.txt", "")
        .with("in/junk.bin", [0_u8, 159, 146, 150, 1, 2, 3, 0, 0, 7].repeat(50))
        .with("in/z.csv", OTHER)
        .with("in/~$z.xlsx", "owner");
    fs::create_dir_all(folder.0.join("none/inside")).unwrap();
    let ran = folder.run("convert in none gone.txt -o out");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    assert_eq!(
        folder.documents(),
        [
            row("a.txt", "ok", None),
            row("again/copy.txt", "duplicate", None),
            row("empty.txt", "failed", Some("empty")),
            row("junk.bin", "failed", Some("unsupported")),
            row("z.csv", "ok", None),
            row("~$z.xlsx", "skipped", None),
            row("none", "failed", Some("empty")),
            row("gone.txt", "failed", Some("not_found")),
        ]
    );
    assert_eq!(folder.lines("out/records.jsonl").len(), 4);
    for name in ["empty.txt: ", "junk.bin: ", "none: ", "gone.txt: "] {
        assert!(ran.err.contains(name), "{name} is not named: {}", ran.err);
    }
}

#[test]
fn duplicates_and_lock_files_are_no_failure() {
    let folder = Folder::new("no-failure").with("a.txt", PLAN).with("b.txt", PLAN).with(".DS_Store", "x");
    let ran = folder.run("convert . -o out");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let documents = folder.lines("out/documents.jsonl");
    assert_eq!(documents[2]["duplicate_of"], documents[1]["document"]["id"]);
}

#[test]
fn the_output_is_the_same_for_any_number_of_threads() {
    let mut folder = Folder::new("jobs").with("in/copy.txt", PLAN).with("in/other.csv", OTHER);
    for number in 0..60 {
        let text = PLAN.replace("weekends", &format!("weekends of week {number}"));
        folder = folder.with(&format!("in/{}/{number}.txt", number % 7), text);
    }
    assert_eq!(folder.run("convert in -o one --jobs 1").code, Some(0));
    assert_eq!(folder.run("convert in -o four --jobs 4").code, Some(0));
    for name in ["records.jsonl", "documents.jsonl", "audit.jsonl"] {
        let read = |run: &str| fs::read(folder.0.join(run).join(name)).unwrap();
        assert!(read("one") == read("four"), "{name} differs");
    }
    let printed = folder.run("convert in --jobs 3").out;
    assert_eq!(printed.into_bytes(), fs::read(folder.0.join("one/records.jsonl")).unwrap());
}

#[test]
fn a_run_does_not_read_its_own_output() {
    let folder = Folder::new("own-output").with("in/plan.txt", PLAN).with("in/out/.hicm/records.jsonl.part", "{");
    let run = || {
        assert_eq!(folder.run("convert in -o in/out").code, Some(0));
        ["records.jsonl", "documents.jsonl", "audit.jsonl"].map(|name| fs::read(folder.0.join("in/out").join(name)).unwrap())
    };
    assert!(run() == run());
    assert_eq!(folder.lines("in/out/documents.jsonl").len(), 1);
}

#[test]
fn standard_input_is_a_document() {
    let folder = Folder::new("stdin");
    let ran = folder.run_with("convert - --name other.csv", OTHER);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    assert_eq!(lines(&ran.out)[0]["document"]["name"], "other.csv");
    assert_eq!(lines(&ran.out)[0]["document"]["format"], "csv");
}

#[test]
fn inputs_come_from_lists() {
    let folder = Folder::new("lists").with("a b.txt", PLAN).with("in/c.csv", OTHER).with("list", "a b.txt\r\n\nin\n");
    assert_eq!(lines(&folder.run("convert --files-from list").out).len(), 4);
    let ran = folder.run_with("convert --files-from - -0 -o out", "in/c.csv\0a b.txt\0gone\n.txt\0");
    assert_eq!(ran.code, Some(1));
    let documents = folder.documents();
    assert_eq!(documents[..2], [row("in/c.csv", "ok", None), row("a b.txt", "ok", None)]);
    assert_eq!(documents[2], row("gone\n.txt", "failed", Some("not_found")));
}

#[test]
fn wrong_usage_has_its_own_status() {
    let folder = Folder::new("usage")
        .with("plan.txt", PLAN)
        .with("empty-list", "\n")
        .with("nul-list", "a\0b\0")
        .with("wrong.json", "{\"schema\": 1}");
    for (arguments, said) in [
        ("convert", "INPUT"),
        ("convert plan.txt --jobs 0", "--jobs"),
        ("convert plan.txt --jobs 100000", "1024"),
        ("convert plan.txt --name x.csv", "--name"),
        ("convert - --files-from -", "standard input"),
        ("convert --files-from empty-list", "empty-list"),
        ("convert --files-from no-list", "no-list"),
        ("convert --files-from nul-list", "with -0"),
        ("convert plan.txt -0", "--files-from"),
        ("convert plan.txt --model wrong.json", "wrong.json"),
        ("convert plan.txt --output plan.txt/out", "plan.txt/out"),
        ("convert plan.txt --max-bytes many", "--max-bytes"),
        ("convert plan.txt -v -q", "--quiet"),
        ("dump nothing plan.txt", "nothing"),
        ("frobnicate", "frobnicate"),
    ] {
        let ran = folder.run(arguments);
        assert_eq!((ran.code, ran.out.as_str()), (Some(2), ""), "{arguments}");
        assert!(ran.err.contains(said), "{arguments}: {}", ran.err);
    }
}

#[test]
fn a_failed_run_leaves_what_was_there() {
    let folder = Folder::new("kept").with("plan.txt", PLAN).with("wrong.json", "{}").with("out/records.jsonl", "before\n");
    assert_eq!(folder.run("convert plan.txt -o out --model wrong.json").code, Some(2));
    assert_eq!(fs::read_to_string(folder.0.join("out/records.jsonl")).unwrap(), "before\n");
}

#[test]
fn limits_refuse_and_say_what_to_do() {
    let folder = Folder::new("limits").with("plan.txt", PLAN).with("long.txt", "x".repeat(5000));
    let ran = folder.run("convert plan.txt long.txt -o out --max-bytes 1K");
    assert_eq!(ran.code, Some(1));
    assert_eq!(folder.documents(), [row("plan.txt", "ok", None), row("long.txt", "failed", Some("too_large"))]);
    assert!(ran.err.contains("5000 bytes") && ran.err.contains("--max-bytes"), "{}", ran.err);
    assert_eq!(folder.run("convert long.txt -o out --max-line-bytes 1K").code, Some(1));
    assert_eq!(folder.documents(), [row("long.txt", "failed", Some("too_large"))]);
}

#[test]
fn a_closed_pipe_is_quiet_success() {
    let folder = Folder::new("pipe").with("plans.txt", PLAN.repeat(20));
    for arguments in ["convert plans.txt -q", "dump grid plans.txt", "dump matches --json plans.txt", "completions bash", "man"] {
        let mut child = folder.command(arguments).spawn().unwrap();
        drop(child.stdout.take());
        let mut err = String::new();
        child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
        assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""), "{arguments}");
    }
}

#[test]
fn texts_are_ranked() {
    let folder = Folder::new("match");
    let ran = folder.run("match seven-day --json");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let ranked = lines(&ran.out);
    let keys: Vec<&String> = ranked[0].as_object().unwrap().keys().collect();
    assert_eq!(keys, ["text", "changes", "alternatives"]);
    let ranked = lines(&folder.run_with("match --json", "Trusted assessors\r\n\nSeven-day services").out);
    assert_eq!(ranked.len(), 3);
    assert_eq!((&ranked[0]["text"], &ranked[0]["changes"][0]["number"]), (&"Trusted assessors".into(), &6.into()));
    assert_eq!(ranked[0]["changes"][0]["evidence"]["at"], Value::Null);
    assert_eq!(ranked[1]["changes"], Value::Array(Vec::new()));
    assert_eq!(ranked[2]["changes"][0]["id"], "seven_day_services");
    let human = folder.run_with("match", "Trusted assessors\n").out;
    assert!(human.contains("6  ") && !human.contains('\u{1b}'), "{human}");
}

#[test]
fn a_model_file_adds_words() {
    let extension = r#"{"schema": "hicm.model/1", "extends": true, "changes": [{"number": 4, "aliases": ["Straight to sofa"]}]}"#;
    let folder = Folder::new("model").with("ours.json", extension);
    let ranked = lines(&folder.run_with("match --json --model ours.json", "Straight to sofa\n").out);
    assert_eq!(ranked[0]["changes"][0]["number"], 4);
    let told = folder.run_with("convert - --model ours.json", PLAN).err;
    assert!(told.contains("1 input: 1 ok") && told.contains("  1  5 Seven-day services"), "{told}");
    let wrong = Folder::new("model-wrong").with("ours.json", extension.replace("\"aliases\"", "\"alias\""));
    let ran = wrong.run("match x --model ours.json");
    assert_eq!(ran.code, Some(2));
    assert!(ran.err.contains("ours.json") && ran.err.contains("alias"), "{}", ran.err);
}

#[test]
fn names_of_a_model_file_are_checked() {
    let names = |four: &str| {
        format!(
            "{{\"schema\": \"hicm.model/1\", \"extends\": true,\n \"changes\": [{{\"number\": 4, \"aliases\": [\"{four}\"]}}]}}"
        )
    };
    let folder = Folder::new("check").with("good.json", names("Straight to sofa")).with("bad.json", names("Weekand working"));
    let folder = folder.with("broken.json", "{");
    let good = folder.run("model check good.json");
    assert_eq!(good.code, Some(0), "{}{}", good.out, good.err);
    let bad = folder.run("model check bad.json");
    assert_eq!(bad.code, Some(1), "{}", bad.err);
    assert!(bad.out.starts_with("bad.json:2:") && bad.out.contains("near: changes[0].aliases[0]"), "{}", bad.out);
    let told = lines(&folder.run("model check --json bad.json").out);
    assert_eq!((&told[0]["kind"], &told[0]["line"], &told[0]["name"]), (&"near".into(), &2.into(), &"Weekand working".into()));
    assert_eq!(folder.run("model check broken.json").code, Some(2));
    let twice = r#"{"schema": "hicm.model/1", "extends": true,
 "headers": [{"meaning": "due", "words": ["Lead", "Action"]}],
 "maturity": [{"level": "mature", "words": ["Established"]}]}"#;
    let ran = folder.with("twice.json", twice).run("model check twice.json");
    assert_eq!(ran.code, Some(1), "{}", ran.err);
    for key in ["twice.json:2:", "headers[0].words[0]", "headers[0].words[1]", "twice.json:3:", "maturity[0].words[0]"] {
        assert!(ran.out.contains(key), "{key} in {}", ran.out);
    }
}

#[test]
fn weak_changes_are_left_out_when_asked() {
    let folder = Folder::new("min-confidence").with("plan.txt", PLAN);
    let all = lines(&folder.run("convert plan.txt").out);
    let ran = folder.run("convert plan.txt --min-confidence 1");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for (record, full) in lines(&ran.out).iter().zip(&all) {
        let change = &full["changes"][0];
        assert_eq!(record["changes"], Value::Array(Vec::new()));
        assert_eq!(
            (&record["alternatives"][0]["number"], &record["diagnostics"][0]["code"]),
            (&change["number"], &"change-unsure".into())
        );
    }
    let ranked = lines(&folder.run("match --json --min-confidence 1 weekend").out);
    assert_eq!((&ranked[0]["changes"], &ranked[0]["alternatives"][0]["number"]), (&Value::Array(Vec::new()), &5.into()));
    assert_eq!(folder.run("match --min-confidence 2 x").code, Some(2));
}

#[test]
fn a_record_is_explained_from_what_a_run_wrote() {
    let folder = Folder::new("explain").with("plan.txt", PLAN);
    folder.run("convert plan.txt -o out");
    let records = folder.lines("out/records.jsonl");
    let id = records[1]["id"].as_str().unwrap();
    fs::remove_file(folder.0.join("plan.txt")).unwrap();
    let ran = folder.run(&format!("explain {id} out"));
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    for part in ["plan.txt, line 3", "5 Seven-day services", "name ", "sum", "█", "therapy rota"] {
        assert!(ran.out.contains(part), "{part:?} is not in\n{}", ran.out);
    }
    let signals = records[1]["changes"][0]["evidence"]["signals"].as_array().unwrap();
    assert_eq!((&signals[0]["kind"], &signals[0]["change"]), (&"name".into(), &5.into()));
    let unknown = folder.run("explain 0-0-0 out");
    assert_eq!(unknown.code, Some(2));
    assert!(unknown.err.contains("no record 0-0-0"), "{}", unknown.err);
    let text = folder.run("match --explain weekend").out;
    assert!(text.contains("words") && text.contains("weekend") && text.contains("sum"), "{text}");
}

#[test]
fn records_are_compared_with_labels() {
    let labels = "{\"lines\": [2], \"changes\": [1], \"fields\": {\"action\": \"Set a date of discharge on admission\", \
                  \"lead\": \"Ward manager\"}, \"due\": [{\"edtf\": \"2017-10-31\"}]}\n\
                  {\"lines\": [3], \"changes\": [3], \"also\": [5], \"fields\": {\"action\": \"Open the therapy rota at weekends\"}}\n\
                  {\"lines\": [9], \"changes\": [2], \"fields\": {\"action\": \"A row that is not there\"}}\n";
    let folder = Folder::new("eval").with("plan.txt", PLAN).with("labels/plan.jsonl", labels).with("bad.jsonl", "{}");
    folder.run("convert plan.txt -o out");
    let ran = folder.run("eval --labels labels out/records.jsonl --json");
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let told = &lines(&ran.out)[0];
    let share = |key: &str| (told[key]["right"].as_u64().unwrap(), told[key]["of"].as_u64().unwrap());
    assert_eq!((share("items"), share("records"), share("exact"), share("changes")), ((2, 3), (2, 2), (1, 3), (2, 3)));
    assert_eq!((&told["dates"]["due"]["right"], &told["fields"]["action"]["right"]), (&1.into(), &2.into()));
    assert_eq!((&told["lost"][0]["at"], &told["by_basis"]["section"]["right"]), (&"9".into(), &2.into()));
    let human = folder.run("eval --labels labels/plan.jsonl out/records.jsonl");
    assert!(human.out.contains("changes right or accepted  0.667  2 of 3"), "{}", human.out);
    let bad = folder.run("eval --labels bad.jsonl out/records.jsonl");
    assert_eq!(bad.code, Some(2));
    assert!(bad.err.contains("bad.jsonl, label 1"), "{}", bad.err);
    let other = folder.run("eval --labels labels out/documents.jsonl");
    assert_eq!(other.code, Some(2));
    assert!(other.err.contains("documents.jsonl, line 1: expected records"), "{}", other.err);
}

#[test]
fn labels_of_one_document_are_not_held_against_the_others() {
    let label = "{\"lines\": [2], \"changes\": [1], \"fields\": {\"action\": \"Set a date of discharge on admission\"}}\n";
    let other = PLAN.replace("admission", "arrival");
    let folder = Folder::new("eval-one").with("in/plan.txt", PLAN).with("in/second.txt", &other).with("plan.jsonl", label);
    folder.run("convert in -o out");
    let ran = folder.run("eval --labels plan.jsonl out --json");
    assert_eq!((ran.code, &lines(&ran.out)[0]["records"]["of"]), (Some(0), &2.into()), "{}", ran.err);
}

#[test]
fn every_stage_can_be_seen() {
    let page =
        "<table><tr><td rowspan=2>Focus on choice</td><td>Print a leaflet</td></tr><tr><td>Train the ward</td></tr></table>";
    let folder = Folder::new("dump").with("plan.txt", PLAN).with("page.html", page).with("empty.txt", "");
    for stage in ["grid", "tables", "matches"] {
        let ran = folder.run(&format!("dump {stage} plan.txt --width 60"));
        assert_eq!(ran.code, Some(0), "{}", ran.err);
        assert!(ran.out.contains("By when") && ran.out.lines().all(|line| line.chars().count() <= 60), "{}", ran.out);
    }
    let tables = lines(&folder.run("dump tables --json page.html").out);
    let table = &tables[0]["tables"][0];
    assert_eq!(table["grid"], serde_json::json!([["Focus on choice", "Print a leaflet"], ["", "Train the ward"]]));
    assert_eq!(table["spans"], serde_json::json!([[0, 0, 2, 1]]));
    assert_eq!((&table["strategy"], &table["score"], &table["page"]), (&"html".into(), &Value::Null, &Value::Null));
    assert_eq!(lines(&folder.run("dump matches --json plan.txt").out)[1]["changes"][0]["number"], 5);
    assert_eq!(lines(&folder.run("dump grid --json plan.txt").out)[0]["rows"][2]["cells"][3]["text"], "March 2018");
    for (file, code) in [("empty.txt", 1), ("gone.txt", 1)] {
        let ran = folder.run(&format!("dump grid {file}"));
        assert_eq!(ran.code, Some(code));
        assert!(ran.err.contains(file), "{}", ran.err);
    }
}

#[test]
fn schemas_are_printed() {
    let folder = Folder::new("schemas");
    assert_eq!(folder.run("schema").out, folder.run("schema records").out);
    for which in ["records", "documents", "audit", "model", "columns duckdb documents"] {
        let ran = folder.run(&format!("schema {which}"));
        assert!(serde_json::from_str::<Value>(&ran.out).is_ok_and(|schema| schema.is_object()), "{which}");
    }
    assert!(folder.run("schema columns spark").out.contains("`fields` STRUCT<"));
}

#[test]
fn help_manual_and_completions_are_whole() {
    let folder = Folder::new("help");
    let help = folder.run("--help");
    assert_eq!((help.code, help.err.as_str()), (Some(0), ""));
    assert!(help.out.contains("Examples:") && help.out.contains("130"), "{}", help.out);
    assert!(folder.run("--version").out.starts_with("hicm "));
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        assert!(folder.run(&format!("completions {shell}")).out.contains("files-from"), "{shell}");
    }
    assert!(folder.run("man").out.contains(".TH hicm 1"));
    assert_eq!(folder.run("man --dir pages").code, Some(0));
    assert!(fs::read_to_string(folder.0.join("pages/hicm-convert.1")).unwrap().contains("files"));
}

#[test]
fn messages_can_be_json() {
    let folder = Folder::new("log").with("plan.txt", PLAN);
    let ran = folder.run("convert plan.txt gone.txt -o out --log-format json");
    let messages = lines(&ran.err);
    assert_eq!(messages[0]["fields"]["document"], "gone.txt");
    assert_eq!(messages[1]["fields"]["items"], 2);
    // The last that a worker says is there, too.
    let told = folder.run("convert plan.txt -vv").err;
    assert!(told.contains("DEBUG") && told.contains("found tables=1"), "{told}");
}

/// The child waits for the writer of a named pipe when the signal comes, so that nothing depends on time.
#[cfg(unix)]
#[test]
fn an_interrupted_run_leaves_nothing_half_written() {
    for signal in ["-INT", "-TERM", "-HUP"] {
        interrupt(signal);
    }
}

#[cfg(unix)]
fn interrupt(signal: &str) {
    let folder = Folder::new(&format!("interrupt{signal}")).with("plan.txt", PLAN).with("out/records.jsonl", "before\n");
    let fifo = folder.0.join("fifo");
    assert!(Command::new("mkfifo").arg(&fifo).status().unwrap().success());
    let child = folder.command("convert fifo plan.txt -o out --jobs 1").spawn().unwrap();
    let mut writer = fs::OpenOptions::new().write(true).open(&fifo).unwrap();
    assert!(Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap().success());
    writer.write_all(OTHER.as_bytes()).unwrap();
    drop(writer);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!folder.0.join("out/documents.jsonl").exists());
    assert_eq!(fs::read_to_string(folder.0.join("out/records.jsonl")).unwrap(), "before\n");
}
