//! Cells of invented plans.

use crate::model::vocabulary::AreaEntry;

use super::*;

fn vocabulary() -> Vocabulary {
    let list = |words: &str| words.split(';').map(|word| word.trim().to_owned()).collect();
    let area =
        |name: &str| AreaEntry { code: "E09000001".to_owned(), name: name.to_owned(), aliases: Vec::new(), from_year: None };
    Vocabulary {
        unassigned: list("t.b.c; n/a; na; n/k; vacant; to be confirmed; to be appointed; not applicable; -"),
        body_words: list(
            "ccg; ccgs; trust; trusts; council; councils; team; board; group; hub; nhs; uk; partnership; partners; provider; providers; \
             services; service; authority; hospital; hospitals; home; homes; care; sector; la; icb; foundation trust; committee; care",
        ),
        joined_names: list(
            "health and social care; health and wellbeing; voluntary, community and faith; Northby, Southby and Westby",
        ),
        areas: vec![area("Eastvale and Northmoor"), area("Blackmoor with Dale"), area("Port, Quay and Haven")],
        area_groups: Vec::new(),
        ..(**Vocabulary::embedded()).clone()
    }
}

#[track_caller]
fn reads(text: &str, column: PartyColumn, organisations: &[&str], leads: &[&str]) {
    let parties = Parties::new(&vocabulary());
    let got = parties.read(text, column, &KnownNames::default());
    assert_eq!((got.organisations, got.leads), (owned(organisations), owned(leads)), "{text:?}");
}

fn owned(names: &[&str]) -> Vec<String> {
    names.iter().map(|&name| name.to_owned()).collect()
}

#[track_caller]
fn leads(text: &str, names: &[&str]) {
    reads(text, PartyColumn::Lead, &[], names);
}

#[track_caller]
fn bodies(text: &str, names: &[&str]) {
    reads(text, PartyColumn::Organisation, names, &[]);
}

#[track_caller]
fn both(text: &str, organisations: &[&str], leads: &[&str]) {
    reads(text, PartyColumn::Organisation, organisations, leads);
}

#[test]
fn a_commissioner_or_the_local_authority_stands_alone() {
    let parties = Parties::new(Vocabulary::embedded());
    for (text, other) in [("Community Health & EVCCG", "EVCCG"), ("Community Health and Local Authority", "Local Authority")] {
        let got = parties.read(text, PartyColumn::Organisation, &KnownNames::default());
        assert_eq!(got.organisations, ["Community Health", other], "{text}");
    }
}

#[test]
fn people_at_every_mark() {
    let two = ["Jane Doe", "Piet Quill"];
    for mark in
        ["/", " / ", "/ ", ", ", "; ", " & ", " and ", " + ", "\n", "   ", "\n\u{2022} ", " | ", "/\n", " &\n", "\nand\n", "\n- "]
    {
        leads(&format!("Jane Doe{mark}Piet Quill"), &two);
    }
    leads("Jane Doe Peter Brown", &["Jane Doe", "Peter Brown"]);
    leads("Jane Doe, Peter Brown and Zeph Quill", &["Jane Doe", "Peter Brown", "Zeph Quill"]);
    leads("1. Jane Doe 2. Peter Brown", &["Jane Doe", "Peter Brown"]);
    leads("1) Jane Doe\n2) Peter Brown", &["Jane Doe", "Peter Brown"]);
    leads("\u{2022} Jane Doe\n\u{2022} Discharge Team", &["Jane Doe", "Discharge Team"]);
    leads("Jane & Peter", &["Jane", "Peter"]);
    leads("Jane Doe/Jane Doe/ JANE DOE", &["Jane Doe"]);
}

#[test]
fn forms_of_peoples_names() {
    leads("Dr. A. Dale / Cllr John O'Moor", &["Dr. A. Dale", "Cllr John O'Moor"]);
    leads("Mr Doe, Mrs Quill", &["Mr Doe", "Mrs Quill"]);
    leads("J. Doe & P Quill", &["J. Doe", "P Quill"]);
    leads("Mary Ann Doe", &["Mary Ann Doe"]);
    leads("Anne-Marie Doe-Quill", &["Anne-Marie Doe-Quill"]);
    leads("Ludwig van der Moor/ Ana de Quill", &["Ludwig van der Moor", "Ana de Quill"]);
    leads("JANE DOE / PETER QUILL", &["JANE DOE", "PETER QUILL"]);
    leads("Jane Ward & Peter West", &["Jane Ward", "Peter West"]);
    leads("\u{201c}Jane Doe\u{201d}", &["Jane Doe"]);
    leads("Jane Doe. Peter Quill.", &["Jane Doe", "Peter Quill"]);
}

#[test]
fn remarks_on_people_are_left_out() {
    for remark in [
        " (Head of Service)",
        " - Director of Nursing and Quality",
        ", Head of Service",
        ", COO",
        ": Head of Therapies",
        " (interim)",
        " (until March)",
        " until March",
        " [WHT]",
        " \u{2013} Westmarch Council",
        " Tel: 01234 567890",
        " (07700 900123)",
        " jane.doe@westmarch.example",
        ", to be confirmed",
        "/TBC",
        "?",
        " Head of Service",
        "\nDirector of Operations",
    ] {
        leads(&format!("Jane Doe{remark}"), &["Jane Doe"]);
    }
    leads("Jane Doe (CCG) and Piet Quill (LA)", &["Jane Doe", "Piet Quill"]);
    leads("Jane Doe - Head of Nursing and Peter Quill - Head of Therapies", &["Jane Doe", "Peter Quill"]);
    leads("SRO: Jane Doe, Lead: Peter Quill", &["Jane Doe", "Peter Quill"]);
    leads("Exec Lead: Jane Doe\nOperational Lead: Peter Quill", &["Jane Doe", "Peter Quill"]);
    leads("Discharge Manager - Jane Doe", &["Jane Doe"]);
    leads("Head of Service Jane Doe", &["Jane Doe"]);
    leads("Jane Doe, CCG; Peter Quill, WMBC", &["Jane Doe", "Peter Quill"]);
    leads("Jane Doe, Matron, WMFT", &["Jane Doe"]);
    leads("WMFT - Jane Doe", &["Jane Doe"]);
    leads("Jane Doe, JQ", &["Jane Doe", "JQ"]);
}

#[test]
fn names_from_all_the_world() {
    for name in ["Ravinder Singh Dhillon", "Oluwaseun Bankole", "Zbigniew Nowicki", "Eirlys Bowen", "Aoife N\u{ed} Bhriain"] {
        leads(name, &[name]);
        both(&format!("WMBC\n{name}").replace(" Singh", ""), &["WMBC"], &[&name.replace(" Singh", "")]);
    }
    both("Zeph Fenwick (WMBC)", &["WMBC"], &["Zeph Fenwick"]);
    bodies("Fenwick Rest (FRH)", &["Fenwick Rest"]);
}

#[test]
fn a_post_with_its_department() {
    leads("Service Manager, Hospital Discharge", &["Service Manager, Hospital Discharge"]);
    leads("Operations Manager, Community Hospitals", &["Operations Manager, Community Hospitals"]);
    leads("Ward Manager, Therapy Lead", &["Ward Manager", "Therapy Lead"]);
    leads("Ward Manager, Discharge Team", &["Ward Manager", "Discharge Team"]);
    leads("Head of Service and Team Manager", &["Head of Service", "Team Manager"]);
    leads("Chief Executive & Chair", &["Chief Executive", "Chair"]);
}

#[test]
fn posts_and_teams_are_leads() {
    leads("Head of Adult Social Care", &["Head of Adult Social Care"]);
    leads("Head of Quality & Safety", &["Head of Quality & Safety"]);
    leads("Director of Finance, Performance and Quality", &["Director of Finance, Performance and Quality"]);
    leads("Assistant Director, Adult Social Care", &["Assistant Director, Adult Social Care"]);
    leads("Director of Nursing and Chief Operating Officer", &["Director of Nursing", "Chief Operating Officer"]);
    leads("Deputy Chief Nurse and Head of Therapies", &["Deputy Chief Nurse", "Head of Therapies"]);
    leads("Medical Director/COO", &["Medical Director", "COO"]);
    leads("Nursing and Therapy Leads", &["Nursing and Therapy Leads"]);
    leads("Health and Social Care leads", &["Health and Social Care leads"]);
    leads("Ward Managers and Matrons", &["Ward Managers", "Matrons"]);
    leads("Integrated Discharge Team (Jane Doe)", &["Integrated Discharge Team", "Jane Doe"]);
    leads("Commissioning Manager (Home First)", &["Commissioning Manager (Home First)"]);
    leads("Joint Steering Team", &["Joint Steering Team"]);
    leads("Task & Finish Group", &["Task & Finish Group"]);
    leads("CCG and Council", &["CCG", "Council"]);
    leads("Joint \u{2013} CCG and LA", &["CCG", "LA"]);
    leads("Jane Doe and the IDT", &["Jane Doe", "IDT"]);
    leads("OT and Physio Manager", &["OT and Physio Manager"]);
    leads("All", &["All"]);
}

#[test]
fn bodies_at_every_mark() {
    for mark in ["/", ", ", "; ", " & ", " and ", " or ", " + ", "\n", "  ", " \u{2013} ", " with ", " supported by "] {
        bodies(&format!("CCG{mark}WMBC"), &["CCG", "WMBC"]);
    }
    bodies("CCG&LA", &["CCG", "LA"]);
    bodies("LBWM & W&M CCG", &["LBWM", "W&M CCG"]);
    bodies("WHT/Eastwest", &["WHT", "Eastwest"]);
    bodies("Westmarch Council & Eastvale CCG", &["Westmarch Council", "Eastvale CCG"]);
    bodies("Adult Social Care and CCG", &["Adult Social Care", "CCG"]);
    bodies("CCG, LA, Trust and voluntary sector", &["CCG", "LA", "Trust", "voluntary sector"]);
    bodies("Acute trusts and care homes", &["Acute trusts", "care homes"]);
    bodies("NHS Westmarch & NHS Eastvale", &["NHS Westmarch", "NHS Eastvale"]);
    bodies("NHSE/I", &["NHSE/I"]);
    bodies("Care UK / Sunny Care", &["Care UK", "Sunny Care"]);
}

#[test]
fn names_that_hold_a_joining_word() {
    bodies("Eastvale & Northmoor CCG", &["Eastvale & Northmoor CCG"]);
    bodies("Eastvale and Northmoor", &["Eastvale and Northmoor"]);
    bodies("Blackmoor with Dale Council", &["Blackmoor with Dale Council"]);
    bodies("Health and Social Care", &["Health and Social Care"]);
    bodies("Health & Wellbeing Board", &["Health & Wellbeing Board"]);
    bodies("Adult Social Care & Housing", &["Adult Social Care & Housing"]);
    bodies("Acute and community providers", &["Acute and community providers"]);
    bodies("Westmarch and Fenwick Council", &["Westmarch and Fenwick Council"]);
    bodies("H & F CCG", &["H & F CCG"]);
    bodies("Port, Quay and Haven", &["Port, Quay and Haven"]);
    bodies("Port, Quay and Haven Councils", &["Port", "Quay", "Haven Councils"]);
    bodies("Northby, Southby and Westby NHS Trust", &["Northby, Southby and Westby NHS Trust"]);
    bodies("Northby, Southby and Westby", &["Northby", "Southby", "Westby"]);
    bodies("Voluntary, community and faith", &["Voluntary, community and faith"]);
}

#[test]
fn a_plural_is_shared() {
    bodies("Westmarch and Fenwick CCGs", &["Westmarch", "Fenwick CCGs"]);
    bodies(
        "East Fenwick, Mid Fenwick & Eastvale and Northmoor CCGs",
        &["East Fenwick", "Mid Fenwick", "Eastvale and Northmoor CCGs"],
    );
    bodies("Fenwick, Westmarch & Dunmere and Oxley CCGs", &["Fenwick", "Westmarch", "Dunmere and Oxley CCGs"]);
}

#[test]
fn cut_off_cells() {
    bodies("Fenwick, Westmarch & Eastvale and", &["Fenwick", "Westmarch", "Eastvale and"]);
    bodies("Fenwick & Dunmere and", &["Fenwick", "Dunmere and"]);
    bodies("Eastvale & Northm", &["Eastvale & Northm"]);
    bodies("CCG and", &["CCG"]);
    leads("Jane Doe and", &["Jane Doe"]);
    leads("Jane Doe (Head of", &["Jane Doe"]);
}

#[test]
fn people_in_a_column_of_bodies() {
    both("CCG/WMBC Jane Doe", &["CCG", "WMBC"], &["Jane Doe"]);
    both("WMBC Jane Doe CCG/WMFT", &["WMBC", "CCG", "WMFT"], &["Jane Doe"]);
    both("Jane Doe WMBC / CCG", &["WMBC", "CCG"], &["Jane Doe"]);
    both("WMFT Support from Jane Doe WMBC", &["WMFT", "WMBC"], &["Jane Doe"]);
    both("WMBC Zeph Quill", &["WMBC"], &["Zeph Quill"]);
    both("Zeph Quill WMBC", &["WMBC"], &["Zeph Quill"]);
    both("WMBC (Zeph Quill)", &["WMBC"], &["Zeph Quill"]);
    both("Westmarch Council Jane Doe", &["Westmarch Council"], &["Jane Doe"]);
    both("CCG: Jane Doe", &["CCG"], &["Jane Doe"]);
    both(
        "Westmarch CCG (Jane Doe) & Dunmere Council (Peter Quill)",
        &["Westmarch CCG", "Dunmere Council"],
        &["Jane Doe", "Peter Quill"],
    );
    both("WMBC\nJane\nDoe", &["WMBC"], &["Jane Doe"]);
    both("Jane Doe, Head of Service, WMBC", &["WMBC"], &["Jane Doe"]);
}

#[test]
fn bodies_that_look_like_people() {
    bodies("James Fenwick Hospital", &["James Fenwick Hospital"]);
    bodies("Marie Curie", &["Marie Curie"]);
    bodies("British Red Cross and Age UK", &["British Red Cross", "Age UK"]);
    bodies("St Thomas' Hospital & WMFT", &["St Thomas' Hospital", "WMFT"]);
    bodies("'Care Homes' and WMBC", &["Care Homes", "WMBC"]);
    bodies("St Mary Hospital", &["St Mary Hospital"]);
    bodies("Queen Elizabeth", &["Queen Elizabeth"]);
    bodies("Victoria Ward/ Rose Court", &["Victoria Ward", "Rose Court"]);
    bodies("Upper Fenwick CCG", &["Upper Fenwick CCG"]);
    bodies("WHT Control Room", &["WHT Control Room"]);
}

#[test]
fn words_beside_bodies() {
    bodies("CCG  CCG/WMBC  Support from partners", &["CCG", "WMBC", "partners"]);
    bodies("CCG CCG/WMBC", &["CCG", "WMBC"]);
    bodies("Support from partners", &["partners"]);
    bodies("CCG (lead), LA (support)", &["CCG", "LA"]);
    bodies("CCG to lead, supported by the LA", &["CCG", "LA"]);
    bodies("Lead: CCG Support: LA", &["CCG", "LA"]);
    bodies("Jointly CCG and Council", &["CCG", "Council"]);
    bodies("All partner leads", &["All partner leads"]);
    bodies("All (CCG, LA, WHT)", &["All", "CCG", "LA", "WHT"]);
    bodies("Westmarch Hospitals Trust (WHT)", &["Westmarch Hospitals Trust"]);
    bodies("Dunmere Council (Adult Social Care)", &["Dunmere Council (Adult Social Care)"]);
    bodies("Childrens Services", &["Childrens Services"]);
}

#[test]
fn names_of_two_letters_employers_and_those_before() {
    leads("Ana Doe, Li Na Chen", &["Ana Doe", "Li Na Chen"]);
    leads("Na, Jane Doe", &["Jane Doe"]);
    leads("CCG - Jane Doe\nCouncil - Peter Quill", &["Jane Doe", "Peter Quill"]);
    leads("Jane Doe (from Jan 19: Peter Quill)", &["Jane Doe", "Peter Quill"]);
    leads("Vacant (was Jane Doe)", &["Jane Doe"]);
    leads("Director of Adults, Health and Wellbeing", &["Director of Adults, Health and Wellbeing"]);
    bodies("St Faith's Hospice and Marie Curie", &["St Faith's Hospice", "Marie Curie"]);
    bodies("n/k", &[]);
}

#[test]
fn nobody() {
    for text in [
        "",
        " - ",
        "t.b.c",
        "TBC.",
        "N/A",
        "Vacant",
        "Vacant post",
        "To be appointed",
        "Lead: TBC",
        "?",
        "1",
        "a.b@c.example",
        "12345 678901",
    ] {
        bodies(text, &[]);
        leads(text, &[]);
    }
    for text in ["See Care Homes project", "As above", "As per 1.2", "Refer to section 4", "see 3.1"] {
        bodies(text, &[]);
    }
    bodies("TBC (CCG)", &["CCG"]);
    leads("Ward Manager (vacant)", &["Ward Manager"]);
}

#[test]
fn line_breaks_that_fold_a_name() {
    leads("Jane\nDoe\nPeter\nQuill", &["Jane Doe", "Peter Quill"]);
    leads("Zeph\nQuill/\nJane Doe", &["Zeph Quill", "Jane Doe"]);
    leads("Primary Care\nLeads", &["Primary Care Leads"]);
    leads("Integrated\nDischarge\nTeam", &["Integrated Discharge Team"]);
    leads("Director of\nAdult Social\nServices", &["Director of Adult Social Services"]);
    leads("Jane Doe\nWard Managers", &["Jane Doe", "Ward Managers"]);
    leads("Dr\nQuill", &["Dr Quill"]);
    bodies("Westmarch\nCCG", &["Westmarch CCG"]);
    bodies("Westmarch CCG\nDunmere Council\nWHT", &["Westmarch CCG", "Dunmere Council", "WHT"]);
    bodies("LBWM &\nW&M\nCCG", &["LBWM", "W&M CCG"]);
    bodies("Eastvale\nand Northmoor\nCCGs", &["Eastvale and Northmoor CCGs"]);
    bodies("NHS\nWestmarch CCG", &["NHS Westmarch CCG"]);
}

#[test]
fn torn_words() {
    leads("Jane Doe/Pete r Quill", &["Jane Doe", "Peter Quill"]);
    leads("Jan e Doe", &["Jane Doe"]);
    leads("Pet er Quill", &["Peter Quill"]);
    leads("Zep h Quill", &["Zeph Quill"]);
    bodies("Children s Services", &["Childrens Services"]);
    bodies("Coun cil", &["Council"]);
}

#[test]
fn names_known_from_other_cells() {
    let parties = Parties::new(&vocabulary());
    let cells = [
        ("Zeph Quillan", PartyColumn::Lead),
        ("Ward Leads", PartyColumn::Lead),
        ("WMBC", PartyColumn::Organisation),
        ("Northby", PartyColumn::Organisation),
        ("Care Link", PartyColumn::Organisation),
        ("CCG", PartyColumn::Organisation),
    ];
    let known = parties.learn(cells.into_iter());
    let read = |text, column| {
        let names = parties.read(text, column, &known);
        (names.organisations, names.leads)
    };
    let (org, lead) = (PartyColumn::Organisation, PartyColumn::Lead);
    assert_eq!(read("Zeph Quillan Primary Care Leads", lead), (vec![], owned(&["Zeph Quillan", "Primary Care Leads"])));
    assert_eq!(read("Zeph Quil lan", lead), (vec![], owned(&["Zeph Quillan"])));
    assert_eq!(read("Northby / Zeph Quillan", org), (owned(&["Northby"]), owned(&["Zeph Quillan"])));
    assert_eq!(read("WMBC Care Link", org), (owned(&["WMBC", "Care Link"]), vec![]));
    assert_eq!(read("WMBC CCG", org), (owned(&["WMBC", "CCG"]), vec![]));
    assert_eq!(read("Northby CCG", org), (owned(&["Northby CCG"]), vec![]));
}

#[test]
fn services_beside_bodies() {
    bodies("Community Health & EVTRUST", &["Community Health", "EVTRUST"]);
    bodies("Community Health and Northby Council", &["Community Health", "Northby Council"]);
    bodies("Community Health and Wellbeing", &["Community Health and Wellbeing"]);
}

#[test]
fn accents_and_dates_beside_people() {
    let read = |text| {
        let names = Parties::new(&vocabulary()).read(text, PartyColumn::Organisation, &KnownNames::default());
        (names.organisations, names.leads)
    };
    assert_eq!(read("EVC/Siobh\u{e1}n Quillan"), (owned(&["EVC"]), owned(&["Siobh\u{e1}n Quillan"])));
    assert_eq!(read("EVC/Zo\u{eb} Quillan"), (owned(&["EVC"]), owned(&["Zo\u{eb} Quillan"])));
    let leads = Parties::new(&vocabulary()).read("Zoe Quillan from Jan 19", PartyColumn::Lead, &KnownNames::default()).leads;
    assert_eq!(leads, ["Zoe Quillan"]);
}

#[test]
fn a_model_file_adds_posts_titles_subjects_and_services() {
    let file = r#"{"schema": "hicm.model/1", "extends": true, "posts": ["beadle"], "post_openings": ["lesser"],
        "person_titles": ["Squire"], "subjects": ["falconry"], "body_kinds": ["gld"],
        "departments": ["zq"], "service_acronyms": ["ZQ"], "standing_services": ["falconry care"], "party_labels": ["Steward"],
        "commissioners": ["HQX"]}"#;
    let Ok(grown) = Vocabulary::embedded().extend(file) else { panic!("a good file") };
    let (old, new) = (Parties::new(Vocabulary::embedded()), Parties::new(&grown));
    let read = |parties: &Parties, text: &str| {
        let names = parties.read(text, PartyColumn::Organisation, &KnownNames::default());
        (names.organisations.join("; "), names.leads.join("; "))
    };
    for (text, before, after) in [
        ("Squire Oakden", ("Squire Oakden", ""), ("", "Squire Oakden")),
        ("Jane Falconry", ("", "Jane Falconry"), ("Jane Falconry", "")),
        ("Jane Beadle", ("", "Jane Beadle"), ("Jane Beadle", "")),
        ("Jane Lesser", ("", "Jane Lesser"), ("Jane Lesser", "")),
        ("Falconry Care and Oakden Trust", ("Falconry Care and Oakden Trust", ""), ("Falconry Care; Oakden Trust", "")),
        ("ZQ and Oakden Team", ("ZQ; Oakden Team", ""), ("ZQ and Oakden Team", "")),
        ("Steward: Jane Doe", ("Steward", "Jane Doe"), ("", "Jane Doe")),
        ("Oakden and EVHQX", ("Oakden and EVHQX", ""), ("Oakden; EVHQX", "")),
        ("Oakden and GLD", ("Oakden and GLD", ""), ("Oakden; GLD", "")),
    ] {
        let owned = |(bodies, people): (&str, &str)| (bodies.to_owned(), people.to_owned());
        assert_eq!(read(&old, text), owned(before), "{text}");
        assert_eq!(read(&new, text), owned(after), "{text}");
    }
    let certain = |parties: &Parties| parties.read_certain("ZQ", false).map(|names| names.leads.len());
    assert_eq!((certain(&old), certain(&new)), (Some(1), Some(0)));
}
