use serde_json::Value;
use serde_json::json;

use super::*;
use crate::model::text::fold;

/// The smallest model that keeps every rule.
fn small() -> Value {
    let changes: Vec<Value> =
        (1..=8).map(|n| json!({"number": n, "id": format!("change_{n}"), "name": format!("Name {n}")})).collect();
    let levels = ["not_yet_established", "plans_in_place", "established", "mature", "exemplary"];
    let rags = ["red", "amber", "green", "blue", "none"];
    json!({
        "schema": "hicm.model/1",
        "changes": changes,
        "outside": [{"id": "parking", "name": "Parking"}],
        "editions": [{"name": "2015", "changes": [{"number": 1, "name": "Name 1", "change": 1}]}],
        "maturity": levels.map(|level| json!({"level": level, "words": [level]})),
        "rag": rags.map(|value| json!({"value": value, "words": [value]})),
        "headers": [{"meaning": "action", "words": ["Action"]}, {"meaning": "due", "words": ["By when"]}],
        "milestone_openings": ["Outcome"],
        "summaries": ["Total"],
        "unassigned": ["-", "tbc"],
        "body_words": ["team"],
        "areas": [{"code": "E09000001", "name": "Westmarch"}, {"code": "E09000002", "name": "Eastvale"}],
        "area_groups": [{"words": ["The Marches"], "codes": ["E09000001", "E09000002"]}],
    })
}

/// `small` with the value at a JSON pointer changed.
fn with(pointer: &str, value: Value) -> String {
    let mut model = small();
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    match model.pointer_mut(parent) {
        Some(Value::Object(map)) => drop(map.insert(key.to_owned(), value)),
        Some(Value::Array(items)) => match items.get_mut(key.parse::<usize>().unwrap_or(usize::MAX)) {
            Some(slot) => *slot = value,
            None => items.push(value),
        },
        _ => panic!("no {pointer}"),
    }
    model.to_string()
}

fn message(text: &str) -> String {
    Vocabulary::from_user(text).map_or_else(|error| error.to_string(), |_| "no error".to_owned())
}

/// Asserts that the error for `text` holds every one of `parts`.
#[track_caller]
fn fails(text: &str, parts: &[&str]) {
    let message = message(text);
    for part in parts {
        assert!(message.contains(part), "{message:?} lacks {part:?}");
    }
}

#[track_caller]
fn breaks(pointer: &str, value: Value, parts: &[&str]) {
    fails(&with(pointer, value), parts);
}

#[track_caller]
fn extended(extension: &Value) -> Vocabulary {
    match Vocabulary::from_user(&extension.to_string()) {
        Ok(vocabulary) => vocabulary,
        Err(error) => panic!("{error}"),
    }
}

fn extension(key: &str, value: Value) -> Value {
    let mut file = json!({"schema": "hicm.model/1", "extends": true});
    if let Value::Object(map) = &mut file {
        map.insert(key.to_owned(), value);
    }
    file
}

#[test]
fn the_embedded_model_keeps_every_rule_and_is_not_the_empty_one() {
    assert_eq!(message(include_str!("../../../schema/model.json")), "no error");
    assert_eq!(Vocabulary::embedded().check(), Ok(()));
    assert_eq!(Vocabulary::embedded().changes.len(), 8);
}

#[test]
fn the_embedded_model_says_nothing_twice() {
    let model = Vocabulary::embedded();
    let headers = model.headers.iter().map(|e| &e.words);
    let words = model.maturity.iter().map(|e| &e.words).chain(model.rag.iter().map(|e| &e.words)).chain(headers);
    let names = model.changes.iter().flat_map(|c| [&c.aliases, &c.cues]).chain(model.outside.iter().map(|o| &o.aliases));
    for list in words.chain(names).chain([
        &model.milestone_openings,
        &model.outcomes,
        &model.summaries,
        &model.body_words,
        &model.joined_names,
    ]) {
        let mut folded: Vec<String> = list.iter().map(|text| fold(text)).collect();
        folded.sort();
        let count = folded.len();
        folded.dedup();
        assert_eq!(folded.len(), count, "{list:?}");
    }
}

#[test]
fn the_embedded_model_has_each_first_name_once() {
    let names: Vec<&str> = Vocabulary::embedded().first_names.iter().flat_map(|names| names.split(' ')).collect();
    let mut sorted = names.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert!(names.len() > 3000);
    assert_eq!(sorted.len(), names.len());
    assert!(names.iter().all(|name| **name == fold(name)));
}

#[test]
fn the_embedded_model_has_words_for_every_meaning() {
    let model = Vocabulary::embedded();
    for meaning in HeaderEntry::meanings() {
        assert!(model.headers.iter().any(|h| h.meaning == meaning && h.words.len() >= 15), "{meaning}");
    }
}

#[test]
fn every_meaning_reads_back() {
    for meaning in HeaderEntry::meanings() {
        assert!(HeaderEntry { meaning: meaning.to_owned(), words: Vec::new() }.meaning().is_some(), "{meaning}");
    }
}

#[test]
fn the_small_model_has_no_error() {
    assert_eq!(message(&small().to_string()), "no error");
    assert_eq!(message(&format!("\u{feff}{}", small())), "no error");
}

#[test]
fn a_model_survives_writing_and_reading() {
    let written = serde_json::to_string(Vocabulary::embedded()).unwrap_or_default();
    assert!(Vocabulary::parse(&written).as_ref() == Ok(&**Vocabulary::embedded()));
}

#[test]
fn syntax_errors_have_a_place() {
    fails("{\n  \"schema\": }", &["line 2, column 13", "not valid JSON", "expected value"]);
    fails("", &["line 1, column 0", "EOF"]);
    fails(&format!("{} x", small()), &["line 1", "trailing"]);
}

#[test]
fn shape_errors_name_the_key() {
    fails("[]", &["the file", "invalid"]);
    fails("{\"schema\": \"hicm.model/1\"}", &["the file", "missing field `changes`"]);
    breaks(
        "/changes/2/aliases",
        json!("D"),
        &["changes[2].aliases", "line 1, column", "invalid type: string \"D\", expected a sequence"],
    );
    breaks("/changes/2/nmae", json!("D"), &["changes[2]", "unknown field `nmae`", "`name`"]);
    breaks("/changes/2/number", json!(9), &["changes[2].number", "1 to 8, found 9"]);
    breaks("/changes/2/number", json!("3"), &["changes[2].number", "invalid type: string \"3\", expected u8"]);
    breaks("/changes/2", json!({"number": 3, "id": "x"}), &["changes[2]", "missing field `name`"]);
    breaks("/maturity/0/level", json!("splendid"), &["maturity[0].level", "unknown variant `splendid`", "`exemplary`"]);
    breaks("/headers/0/words/0", json!(null), &["headers[0].words[0]", "null"]);
    breaks("/extends", json!("yes"), &["extends", "expected a boolean"]);
}

#[test]
fn rules_name_the_key() {
    breaks("/schema", json!("hicm.model/2"), &["schema (line 1, column", "expected \"hicm.model/1\", found \"hicm.model/2\""]);
    breaks("/title_words", json!(["plan", "road map"]), &["title_words[1] (line 1, column", "a single word", "\"road map\""]);
    breaks("/change_words", json!(["hic", "no"]), &["change_words[1] (line 1, column", "three letters or more", "\"no\""]);
    breaks(
        "/date_words",
        json!([{"kind": "label", "words": ["bay", "page table"]}, {"kind": "moved", "words": ["put table"]}]),
        &["date_words[1].words[0]", "a word of one kind only", "date_words[0].words[1]"],
    );
    breaks("/date_words", json!([{"kind": "label", "words": ["bay", "e-mail"]}]), &["date_words[0].words[1]", "letters only"]);
    breaks(
        "/value_words",
        json!([{"kind": "level", "words": ["rung"]}, {"kind": "rating", "words": ["rung ;"]}, {"kind": "level", "words": []}]),
        &["value_words[1].words[0]", "letters or digits"],
    );
    breaks(
        "/value_words",
        json!([{"kind": "level", "words": ["rung"]}, {"kind": "level", "words": []}]),
        &["value_words[1].kind", "each once"],
    );
    breaks(
        "/date_words",
        json!([{"kind": "task", "words": []}, {"kind": "task", "words": []}]),
        &["date_words[1].kind", "each once"],
    );
    breaks("/changes/7/number", json!(2), &["changes[7].number", "each number once", "changes[1].number"]);
    breaks("/changes/1/id", json!("Change two"), &["changes[1].id", "\"Change two\""]);
    breaks("/changes/1/id", json!("a__b"), &["changes[1].id", "single underscores"]);
    breaks("/outside/0/id", json!("change_3"), &["outside[0].id", "used once", "changes[2].id"]);
    breaks("/changes/3/cues", json!(["bed", " "]), &["changes[3].cues[1]", "a blank one"]);
    breaks("/changes/3/aliases", json!(["—"]), &["changes[3].aliases[0]", "letters or digits"]);
    breaks("/headers/1/meaning", json!("deadline"), &["headers[1].meaning", "due", "\"deadline\""]);
    breaks("/headers/1/words", json!(["ACTION"]), &["headers[1].words[0]", "headers[0].words[0]"]);
    breaks("/rag/1/words", json!(["Red"]), &["rag[1].words[0]", "rag[0].words[0]"]);
    breaks("/rag/9", json!({"value": "red", "words": []}), &["rag[5].value", "rag[0].value"]);
    breaks("/editions/0/changes/1", json!({"number": 1, "name": "Other", "change": null}), &["editions[0].changes[1].number"]);
    breaks("/editions/0/changes/1", json!({"number": 0, "name": "Other", "change": null}), &["changes[1].number", "from 1"]);
    breaks("/areas/0/code", json!("W06000001"), &["areas[0].code", "W06000001"]);
    breaks("/areas/1/code", json!("E09000001"), &["areas[1].code", "each code once"]);
    breaks("/areas/1/aliases", json!(["WESTMARCH"]), &["areas[1].aliases[0]", "areas[0].name"]);
    breaks("/area_groups/0/codes/1", json!("E09000003"), &["area_groups[0].codes[1]", "\"E09000003\""]);
    breaks("/extends", json!(false), &["extends", "found false"]);
}

#[test]
fn a_missing_entry_is_named() {
    let mut model = small();
    model["changes"].as_array_mut().map(|changes| changes.remove(4));
    fails(&model.to_string(), &["changes (line", "no 5"]);
    let mut model = small();
    model["maturity"].as_array_mut().map(|levels| levels.remove(1));
    fails(&model.to_string(), &["maturity", "none for plans_in_place"]);
}

#[test]
fn an_alias_under_two_changes_names_both() {
    breaks("/changes/3/aliases", json!(["Other", "NAME (2)"]), &["changes[3].aliases[1]", "\"NAME (2)\"", "changes[1].name"]);
    breaks("/outside/0/aliases", json!(["Name 7"]), &["outside[0].aliases[0]", "changes[6].name"]);
    let name = json!({"number": 2, "name": "Name 3", "change": 2});
    breaks("/editions/0/changes/1", name, &["editions[0].changes[1].name", "changes[2].name"]);
}

#[test]
fn what_may_be_said_twice() {
    let edition = json!({"number": 9, "name": "Parking", "change": null});
    assert_eq!(message(&with("/editions/0/changes/1", edition)), "no error");
    assert_eq!(message(&with("/changes/0/aliases", json!(["name 1"]))), "no error");
    assert_eq!(message(&with("/headers/2", json!({"meaning": "group", "words": ["Action"]}))), "no error");
    let successor = json!({"code": "E06000003", "name": "Westmarch", "from_year": 2020});
    assert_eq!(message(&with("/areas/2", successor)), "no error");
}

#[test]
fn an_error_has_the_line_of_its_value() {
    let text = serde_json::to_string_pretty(&small()).unwrap_or_default().replace("\"tbc\"", "\"\"");
    let line = text.lines().position(|l| l.trim() == "\"\"").unwrap_or_default() + 1;
    fails(&text, &[&format!("unassigned[1] (line {line}, column 5)")]);
}

#[test]
fn an_extension_adds_to_the_embedded_model() {
    let base = Vocabulary::embedded();
    let added = extension(
        "changes",
        json!([{"number": 6, "aliases": ["Reliable assessors", "TRUSTED assessors"], "cues": ["one form"]}]),
    );
    let grown = extended(&added);
    let (old, new) = (&base.changes[5], &grown.changes[5]);
    assert_eq!((new.id.as_str(), new.name.as_str()), (old.id.as_str(), old.name.as_str()));
    assert_eq!(
        new.aliases.get(old.aliases.len()..),
        Some(["Reliable assessors".to_owned(), "TRUSTED assessors".to_owned()].as_slice())
    );
    assert_eq!(new.cues.last().map(String::as_str), Some("one form"));
    assert!(grown.headers == base.headers);
}

#[test]
fn an_empty_extension_changes_nothing() {
    assert!(extended(&json!({"schema": "hicm.model/1", "extends": true})) == **Vocabulary::embedded());
}

#[test]
fn an_extension_twice_is_as_once() {
    let text = extension("headers", json!([{"meaning": "due", "words": ["Home by"]}])).to_string();
    let once = Vocabulary::embedded().extend(&text);
    let twice = once.clone().and_then(|model| model.extend(&text));
    assert!(once.is_ok());
    assert!(once == twice);
}

#[test]
fn words_beside_values_can_be_added_to() {
    let file = json!({
        "schema": "hicm.model/1",
        "extends": true,
        "date_words": [{"kind": "meeting", "words": ["moot"]}],
        "position_words": ["nowadays"],
        "intention_words": ["hope to"],
        "advice_words": ["had better"],
        "value_words": [{"kind": "tag_link", "words": ["item"]}],
        "period_labels": ["Span"],
        "period_openings": ["spanning"],
        "other_documents": ["amends"],
        "dated_by": ["penned"],
        "quarter_words": ["so far"],
        "superseded": ["bygone"],
        "question_words": ["kindly"],
        "change_words": ["shift"],
        "places": ["wharf"],
        "colours": ["jade"],
        "coloured_things": ["ribbon"],
        "key_links": ["betokens"],
    });
    let (grown, base) = (extended(&file), Vocabulary::embedded());
    let meetings = |model: &Vocabulary| model.date_words.iter().find(|e| e.kind == DateWordKind::Meeting).map(|e| e.words.len());
    assert_eq!(meetings(&grown), meetings(base).map(|count| count + 1));
    let links = |model: &Vocabulary| model.value_words(ValueWordKind::TagLink).last().map(str::to_owned);
    assert_eq!((links(base).as_deref(), links(&grown).as_deref()), (Some("reference"), Some("item")));
    let added = [
        &grown.position_words,
        &grown.intention_words,
        &grown.advice_words,
        &grown.period_labels,
        &grown.period_openings,
        &grown.other_documents,
        &grown.dated_by,
        &grown.quarter_words,
        &grown.superseded,
        &grown.question_words,
        &grown.change_words,
        &grown.places,
        &grown.colours,
        &grown.coloured_things,
        &grown.key_links,
    ];
    assert_eq!(
        added.map(|list| list.last().map(String::as_str).unwrap_or_default()),
        [
            "nowadays",
            "hope to",
            "had better",
            "Span",
            "spanning",
            "amends",
            "penned",
            "so far",
            "bygone",
            "kindly",
            "shift",
            "wharf",
            "jade",
            "ribbon",
            "betokens"
        ]
    );
}

#[test]
fn every_list_can_be_added_to() {
    let file = json!({
        "schema": "hicm.model/1",
        "extends": true,
        "outside": [{"id": "housing", "aliases": ["Roofs"]}, {"id": "parking", "name": "Parking"}],
        "editions": [{"name": "2015", "changes": [{"number": 1, "name": "Early start", "change": 1}]}, {"name": "2030", "changes": []}],
        "maturity": [{"level": "mature", "words": ["Ripe"]}],
        "rag": [{"value": "blue", "words": ["Azure"]}],
        "rag_states": [{"value": "red", "words": ["Doomed"]}],
        "headers": [{"meaning": "spread", "words": ["How wide"]}],
        "milestone_openings": ["Waypoint"],
        "outcomes": ["Harvest"],
        "summaries": ["Tally"],
        "model_names": ["The Great Eight"],
        "ticks": ["#"],
        "unticked": ["nope"],
        "planned": ["dreamt of"],
        "placeholders": ["Write here"],
        "unassigned": ["~"],
        "body_words": ["guild"],
        "joined_names": ["Bread and Butter"],
        "named_bodies": ["Jane Doe"],
        "whole_bodies": ["Hearth Aid"],
        "surnames": ["Quarter"],
        "first_names": ["Xanthippe", "JANE"],
        "areas": [{"code": "E09999999", "name": "Westmarch", "aliases": ["The March"]}],
        "area_groups": [{"words": ["Both Marches"], "codes": ["E09999999"]}],
        "cover_labels": ["Scribe"],
        "cover_titles": ["Flyleaf"],
        "apart": [{"about": "terms", "words": ["Jargon"], "beside": ["In plain words"]}, {"about": "rooms", "words": ["Room"]}],
    });
    let (grown, base) = (extended(&file), Vocabulary::embedded());
    assert_eq!(grown.outside.len(), base.outside.len() + 1);
    assert_eq!(grown.editions.len(), base.editions.len() + 1);
    assert_eq!(grown.editions[0].changes.len(), base.editions[0].changes.len());
    assert_eq!(grown.editions[0].changes[0].name, "Early start");
    assert!(grown.maturity.iter().any(|e| e.level == Level::Mature && e.words.ends_with(&["Ripe".to_owned()])));
    assert!(grown.rag.iter().any(|e| e.value == Rag::Blue && e.words.ends_with(&["Azure".to_owned()])));
    assert!(grown.rag_states.iter().any(|e| e.value == Rag::Red && e.words.ends_with(&["Doomed".to_owned()])));
    assert!(grown.headers.iter().any(|e| e.meaning == "spread" && e.words.ends_with(&["How wide".to_owned()])));
    let added = [&grown.ticks, &grown.unticked, &grown.planned, &grown.placeholders].map(|list| list.last().map(String::as_str));
    assert_eq!(added, [Some("#"), Some("nope"), Some("dreamt of"), Some("Write here")]);
    assert_eq!(grown.model_names.last().map(String::as_str), Some("The Great Eight"));
    assert_eq!(grown.outcomes.last().map(String::as_str), Some("Harvest"));
    assert_eq!(grown.unassigned.last().map(String::as_str), Some("~"));
    assert_eq!(grown.joined_names.last().map(String::as_str), Some("Bread and Butter"));
    let added = [&grown.named_bodies, &grown.whole_bodies, &grown.surnames, &grown.first_names];
    assert_eq!(
        added.map(|list| list.last().map(String::as_str)),
        [Some("Jane Doe"), Some("Hearth Aid"), Some("Quarter"), Some("JANE")]
    );
    assert_eq!(grown.areas.len(), base.areas.len() + 1);
    assert_eq!(grown.area_groups.len(), base.area_groups.len() + 1);
    let added = [&grown.cover_labels, &grown.cover_titles].map(|list| list.last().map(String::as_str));
    assert_eq!(added, [Some("Scribe"), Some("Flyleaf")]);
    assert_eq!(grown.apart.len(), base.apart.len() + 1);
    assert!(
        grown
            .apart
            .iter()
            .any(|e| e.words.ends_with(&["Jargon".to_owned()]) && e.beside.ends_with(&["In plain words".to_owned()]))
    );
}

#[test]
fn every_plain_list_can_be_added_to() {
    let Ok(Value::Object(base)) = serde_json::to_value(Vocabulary::embedded()) else { panic!("a vocabulary is an object") };
    let plain = |list: &&Value| list.as_array().is_some_and(|texts| texts.iter().all(Value::is_string));
    for (key, old) in base.iter().filter(|(_, list)| plain(list)) {
        let grown = serde_json::to_value(extended(&extension(key, json!(["Xyzzy"])))).unwrap_or_default();
        assert!(old.as_array().is_some_and(|texts| !texts.is_empty()), "{key} is empty");
        assert_eq!(grown[key].as_array().map(Vec::len), old.as_array().map(|texts| texts.len() + 1), "{key}");
        assert_eq!(grown[key].as_array().and_then(|texts| texts.last()), Some(&json!("Xyzzy")), "{key}");
    }
}

#[test]
fn an_extension_replaces_what_it_names() {
    let grown = extended(&extension("changes", json!([{"number": 2, "id": "flow", "name": "Flow of patients"}])));
    assert_eq!((grown.changes[1].id.as_str(), grown.changes[1].name.as_str()), ("flow", "Flow of patients"));
    let area = &Vocabulary::embedded().areas[0];
    let grown = extended(&extension("areas", json!([{"code": area.code, "name": "Westmarch"}])));
    assert_eq!((grown.areas[0].name.as_str(), &grown.areas[0].aliases), ("Westmarch", &area.aliases));
}

#[test]
fn an_error_of_an_extension_names_its_own_keys() {
    let changes = json!([{"number": 1, "cues": ["x"]}, {"number": 2, "aliases": ["Flow chart", "Trusted assessors"]}]);
    fails(
        &extension("changes", changes).to_string(),
        &["changes[1].aliases[1] (line 1", "the embedded model has as changes[5].name"],
    );
    let changes = json!([{"number": 2, "aliases": ["Twice"]}, {"number": 5, "aliases": ["Twice"]}]);
    fails(&extension("changes", changes).to_string(), &["changes[1].aliases[0]", "also changes[0].aliases[0]"]);
    let outside = json!([{"id": "parking", "name": "Parking", "aliases": ["Home first"]}]);
    fails(&extension("outside", outside).to_string(), &["outside[0].aliases[0]", "embedded model"]);
    fails(&extension("outside", json!([{"id": "parking"}])).to_string(), &["outside[0]", "a name beside a new id"]);
    fails(&extension("headers", json!([{"meaning": "soon", "words": ["x"]}])).to_string(), &["headers[0].meaning", "\"soon\""]);
    fails(&extension("body_words", json!([""])).to_string(), &["body_words[0] (line 1", "a blank one"]);
    fails(&extension("hues", json!([])).to_string(), &["unknown field `hues`"]);
    fails("{\"schema\": \"x\", \"extends\": true}", &["schema (line 1, column 12)", "found \"x\""]);
}

#[test]
fn an_area_is_met_by_code_or_by_name() {
    let base = Vocabulary::embedded();
    let area = &base.areas[0];
    for key in [json!({"code": area.code}), json!({"name": area.name}), json!({"name": area.name.to_uppercase()})] {
        let mut entry = key.clone();
        entry["aliases"] = json!(["Over the Hill"]);
        let grown = extended(&extension("areas", json!([entry])));
        assert_eq!(grown.areas.len(), base.areas.len(), "{key}");
        assert_eq!(grown.areas[0].aliases.last().map(String::as_str), Some("Over the Hill"), "{key}");
        assert_eq!((&grown.areas[0].code, &grown.areas[0].name), (&area.code, &area.name));
    }
    let error = |entry: Value| message(&extension("areas", json!([entry])).to_string());
    assert!(error(json!({"code": "E09999999", "aliases": ["x y"]})).contains("areas[0] (line 1"));
    assert!(error(json!({"code": "E09999999"})).contains("a name beside a new code"));
    assert!(error(json!({"name": "Westmarch"})).contains("areas[0].name"));
    assert!(error(json!({"aliases": ["x y"]})).contains("a code or a name"));
}

#[test]
fn an_area_and_its_successor_are_told_by_the_year() {
    let area = |code: &str, year: Option<u16>| json!({"code": code, "name": "Westmarch", "from_year": year});
    let base = extended(&extension("areas", json!([area("E09999998", None), area("E09999999", Some(2020))])));
    let added = |entry: Value| base.extend(&extension("areas", json!([entry])).to_string()).map_err(|error| error.to_string());
    assert!(added(json!({"name": "Westmarch", "aliases": ["The March"]})).is_err_and(|e| e.contains("E09999998, E09999999")));
    let grown = added(json!({"name": "Westmarch", "from_year": 2020, "aliases": ["The March"]}));
    let last = grown.ok().and_then(|model| model.areas.last().cloned());
    assert_eq!(last.map(|area| (area.code, area.aliases)), Some(("E09999999".to_owned(), vec!["The March".to_owned()])));
}

#[test]
fn every_broken_rule_is_told() {
    let file = json!({
        "schema": "hicm.model/1",
        "extends": true,
        "maturity": [{"level": "mature", "words": ["Established", "Ripe"]}, {"level": "exemplary", "words": ["Ripe"]}],
        "headers": [{"meaning": "due", "words": ["Lead", "Action"]}],
        "rag": [{"value": "blue", "words": ["Red", " "]}],
    });
    let text = file.to_string();
    let read = ModelFile::parse(&text);
    let broken: Vec<String> = read.map(|read| read.breaches(&text)).unwrap_or_default().iter().map(ToString::to_string).collect();
    let keys: Vec<&str> = broken.iter().filter_map(|error| error.split(' ').next()).collect();
    assert_eq!(
        keys,
        [
            "rag[0].words[1]",
            "maturity[0].words[0]",
            "maturity[1].words[0]",
            "rag[0].words[0]",
            "headers[0].words[0]",
            "headers[0].words[1]"
        ]
    );
}

#[test]
fn an_alias_claimed_for_an_earlier_change_names_the_file_first() {
    let changes = json!([{"number": 1, "aliases": ["Trusted assessors"]}]);
    fails(
        &extension("changes", changes).to_string(),
        &["changes[0].aliases[0] (line 1", "embedded model has as changes[5].name"],
    );
}

#[test]
fn the_schema_of_the_file_knows_both_forms() {
    let schema = serde_json::to_value(schemars::schema_for!(ModelFile)).unwrap_or_default();
    assert_eq!(schema["anyOf"].as_array().map(Vec::len), Some(2));
    assert!(schema.to_string().contains("\"open_timescale\""));
}

#[test]
fn the_example_in_the_readme_is_an_extension() {
    let readme = include_str!("../../../schema/README.md");
    let example = readme.split("```json").nth(1).and_then(|rest| rest.split("```").next()).unwrap_or_default();
    assert_eq!(message(example), "no error");
    assert!(matches!(ModelFile::parse(example), Ok(ModelFile::Extension(_))));
}
