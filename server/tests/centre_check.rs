//! `centre check` finds what is missing in a pack or contradicts itself, and nothing in the pack we ship.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

use kentongan::cli::centre_check::{Finding, Lines, findings};
use kentongan::pack::{demo_text, read_pack};

/// What is found in the pack inside the binary with these changes to its files.
fn found(changes: &[(&str, &str, &str)]) -> Vec<Finding> {
    let read = |name: &str| {
        let mut text = demo_text(name)?.unwrap_or_default();
        for (_, from, to) in changes.iter().filter(|(file, ..)| *file == name) {
            assert!(text.contains(from), "{name} does not hold {from}");
            text = text.replacen(from, to, 1);
        }
        Ok(Some(text))
    };
    let files = read_pack(&read).unwrap();
    let text = |name: &str| read(name).unwrap().unwrap();
    findings(&files, &Lines::of(&text("routing.toml"), &text("plans.toml")).unwrap()).unwrap()
}

/// At which line of a file of the shipped pack a text stands.
fn line_of(file: &str, text: &str) -> usize {
    let whole = demo_text(file).unwrap().unwrap();
    let at = whole.find(text).unwrap_or_else(|| panic!("{file} does not hold {text}"));
    whole[..at].matches('\n').count() + 1
}

#[test]
fn the_shipped_pack_has_nothing_to_put_right() {
    assert_eq!(found(&[]), []);
}

/// The first rule of all: fires.
const FIRE: &str = "category = \"fire\"\nlead = \"damkar\"\nsupport = [\"pln\", \"psc119\", \"polres\"]\n";
const ROUTING: &str = "routing.toml";
const PLANS: &str = "plans.toml";

#[test]
fn what_is_wrong_in_the_routing_table_is_told_by_row() {
    let line = line_of(ROUTING, FIRE) - 1;
    let rule = |words: &str| format!("routing.toml:{line} (rule 1): {words}");
    let table: &[(&str, &str, &str)] = &[
        ("lead = \"damkar\"", "lead = \"pemadam\"", "lead names pemadam, which no agency is"),
        ("\"pln\", \"psc119\"", "\"pln\", \"pemadam\"", "support names pemadam, which no agency is"),
        (
            "lead = \"damkar\"",
            "lead = \"damkar\"\nfallback = [\"x\"]",
            "fallback names x, which no agency is",
        ),
        ("lead = \"damkar\"", "lead = \"damkar\"\nfallback = [\"damkar\"]", "the lead is its own fallback"),
        ("\"pln\", \"psc119\"", "\"pln\", \"damkar\"", "names damkar twice among lead and support"),
        (
            "lead = \"damkar\"",
            "type = \"fire_boat\"\nlead = \"damkar\"",
            "names the type fire_boat, which the catalogue does not have",
        ),
        (
            "lead = \"damkar\"",
            "type = \"crime_theft\"\nlead = \"damkar\"",
            "names the type crime_theft, which belongs to crime, not to fire",
        ),
        (
            "lead = \"damkar\"",
            "areas = [\"35.06.99\"]\nlead = \"damkar\"",
            "names the area 35.06.99, in which no village of the map lies",
        ),
        (
            "lead = \"damkar\"",
            "areas = [\"Pare\"]\nlead = \"damkar\"",
            "names the area Pare, in which no village of the map lies",
        ),
        (
            "lead = \"damkar\"",
            "cues = [\"api\"]\nlead = \"damkar\"",
            "names the cue api, which the lexicon does not know",
        ),
        ("lead = \"damkar\"", "nobody = true\nlead = \"damkar\"", "says nobody and names somebody"),
        ("lead = \"damkar\"\n", "", "names no lead; if nobody is to be sent, say nobody = true"),
        (
            "lead = \"damkar\"\nsupport = [\"pln\", \"psc119\", \"polres\"]",
            "cues = [\"fire\"]",
            "adds nobody",
        ),
        (
            "lead = \"damkar\"\nsupport = [\"pln\", \"psc119\", \"polres\"]",
            "cues = [\"fire\"]\nnobody = true",
            "cues only add: nobody = true has no effect",
        ),
    ];
    for (from, to, words) in table {
        let said: Vec<String> =
            found(&[(ROUTING, FIRE, &FIRE.replace(from, to))]).iter().map(ToString::to_string).collect();
        assert!(said.contains(&rule(words)), "{words}: {said:#?}");
    }
}

#[test]
fn two_rules_that_fit_equally_closely_are_told() {
    let last = "# What an area changes.";
    let add = |rule: &str| found(&[(ROUTING, last, &format!("[[rules]]\n{rule}\n{last}"))]);
    let (first, at) = (line_of(ROUTING, FIRE) - 1, line_of(ROUTING, last));
    let count = demo_text(ROUTING).unwrap().unwrap()[..]
        .split(last)
        .next()
        .map(|before| before.matches("[[rules]]").count())
        .unwrap();
    let told = |words: &str| format!("routing.toml:{at} (rule {}): {words}", count + 1);
    let said: Vec<String> =
        add("category = \"fire\"\nlead = \"bpbd\"").iter().map(ToString::to_string).collect();
    assert_eq!(
        said,
        [
            told(&format!(
                "contradicts rule 1 in line {first}: both fit equally closely, the first is meant"
            )),
            told("is meant nowhere: closer rules cover all it speaks of"),
        ]
    );
    let again: Vec<String> = add(FIRE).iter().map(ToString::to_string).collect();
    assert!(again.contains(&told(&format!("says again what rule 1 in line {first} says"))), "{again:#?}");
    // In an area of its own it is closer, not contradictory; and a rule by cues only adds.
    for fine in ["areas = [\"35.71.01\"]", "areas = [\"35.06\"]", "cues = [\"smoke\"]"] {
        assert_eq!(add(&format!("category = \"fire\"\n{fine}\nlead = \"bpbd\"")), [], "{fine}");
    }
}

#[test]
fn a_village_without_a_lead_and_a_kind_that_serves_nobody_are_told() {
    let words = |changes: &[(&str, &str, &str)]| -> Vec<String> {
        found(changes).into_iter().map(|finding| finding.words).collect()
    };
    // Fires are ruled in the city only.
    let only_city = FIRE.replace("lead", "areas = [\"35.71\"]\nlead");
    let said = words(&[(ROUTING, FIRE, &only_city)]);
    let gap = "no rule for fire in Kabupaten Kediri: 344 villages, e.g. ";
    assert!(said.iter().any(|words| words.starts_with(gap)), "{said:#?}");
    assert!(said.iter().any(|words| words.starts_with("no rule for fire_building in Kabupaten Kediri: 344")));
    assert!(!said.iter().any(|words| words.contains("Kota Kediri")), "{said:#?}");
    // One village short of everywhere.
    let but_one = FIRE.replace("lead", "areas = [\"35.71\", \"35.06.07.2001\"]\nlead");
    let said = words(&[(ROUTING, FIRE, &but_one)]);
    assert!(said.iter().any(|words| words.contains("no rule for fire in Kabupaten Kediri: 343 villages")));
    // The regency has no fire brigade of its own any more.
    let said = words(&[(
        "agencies.toml",
        "code = \"damkar_kab\"\nkind = \"damkar\"",
        "code = \"damkar_kab\"\nkind = \"bpbd\"",
    )]);
    assert!(
        said.iter().any(|words| words.starts_with("lead: no damkar serves Kabupaten Kediri: 344 villages"))
    );
    assert!(
        said.iter().any(|words| words == "alarm 2 support: no damkar serves Kabupaten Kediri"),
        "{said:#?}"
    );
}

#[test]
fn what_is_wrong_in_the_plans_is_told_by_row() {
    let plan = "code = \"fire_building\"\nname = \"Kebakaran bangunan\"\n";
    let line = line_of(PLANS, plan) - 1;
    let told = |words: &str| format!("plans.toml:{line} (plan fire_building): {words}");
    let table: &[(&str, &str, &str)] = &[
        (
            "types = [\"fire_building\", \"fire_electrical\"]",
            "types = [\"fire_boat\"]",
            "names the type fire_boat, which the catalogue does not have",
        ),
        (
            "types = [\"fire_building\", \"fire_electrical\"]",
            "types = [\"crime_theft\"]",
            "names the type crime_theft, which belongs to crime, not to fire",
        ),
        (
            "types = [\"fire_building\", \"fire_electrical\"]",
            "areas = [\"35.99\"]",
            "names the area 35.99, in which no village of the map lies",
        ),
        (
            "{ kind = \"pumper\", count = 2 }",
            "{ kind = \"tank\", count = 2 }",
            "alarm 1 asks for tank, which no unit is",
        ),
        (
            "{ kind = \"pumper\", count = 2 }",
            "{ capability = \"fly\", count = 2 }",
            "alarm 1 asks for fly, which no unit can do",
        ),
        ("{ kind = \"pumper\", count = 2 }", "{ kind = \"pumper\", count = 0 }", "alarm 1 asks for 0 units"),
        (
            "{ kind = \"pumper\", count = 2 }",
            "{ count = 2 }",
            "alarm 1 asks for units without a kind or a capability",
        ),
        (
            "{ kind = \"pumper\", count = 2 }",
            "{ kind = \"pumper\", agency = \"x\", count = 2 }",
            "alarm 1 asks for units of x, which no agency is",
        ),
        (
            "{ kind = \"pumper\", count = 2 }",
            "{ kind = \"pumper\", agency = \"polres\", count = 2 }",
            "alarm 1 asks for 2 pumper (polres) with all that is named: there is no such unit",
        ),
        (
            "inform = [\"bpbd\"]",
            "inform = [\"walikota\"]",
            "alarm 1 inform names walikota, which no agency is",
        ),
        ("inform = [\"bpbd\"]", "lead = \"walikota\"", "alarm 1 lead names walikota, which no agency is"),
        (
            "support = [\"bpbd\", \"satpol_pp\"]",
            "support = [\"walikota\"]",
            "alarm 2 support names walikota, which no agency is",
        ),
    ];
    let shipped = demo_text(PLANS).unwrap().unwrap();
    let own = &shipped[shipped.find(plan).unwrap()..];
    for (from, to, words) in table {
        let changed = own.replacen(from, to, 1);
        assert_ne!(changed, own, "{from}");
        let said: Vec<String> = found(&[(PLANS, own, &changed)]).iter().map(ToString::to_string).collect();
        assert!(said.contains(&told(words)), "{words}: {said:#?}");
    }
}

#[test]
fn plans_against_each_other_and_figures_that_cannot_be_are_told() {
    let said = |changes: &[(&str, &str, &str)]| -> Vec<String> {
        found(changes).into_iter().map(|finding| format!("{}: {}", finding.row, finding.words)).collect()
    };
    let add = |plan: &str| {
        said(&[(PLANS, "[[plans]]\ncode = \"fire_gas\"", &format!("{plan}\n[[plans]]\ncode = \"fire_gas\""))])
    };
    let level = "[[plans.alarms]]\ninform = [\"bpbd\"]";
    let other = format!(
        "[[plans]]\ncode = \"other\"\nname = \"Lain\"\ncategory = \"fire\"\ntypes = [\"fire_electrical\"]\n{level}"
    );
    assert_eq!(
        add(&other),
        ["plan other: contradicts plan fire_building: both fit equally closely, the first is meant"]
    );
    let closer = other.replace("types", "priorities = [1]\ntypes");
    assert_eq!(add(&closer), [""; 0]);
    let again = closer.replace("\"other\"", "\"fire_building\"");
    assert_eq!(add(&again), ["plan fire_building: stands twice"]);
    let empty = closer.replace(level, "alarms = []");
    assert_eq!(add(&empty), ["plan other: has no alarm"]);
    let nothing = closer.replace("inform = [\"bpbd\"]", "when = \"x\"");
    assert_eq!(add(&nothing), ["plan other: alarm 1 adds nothing"]);
    let many = format!("{closer}{}", format!("\n{level}").repeat(9));
    assert_eq!(add(&many), ["plan other: has more than 9 alarms: those after are never struck"]);

    for (from, to, words) in [
        ("version = \"2026-11-1\"\n", "", ": has no version: nobody can tell later by which plans was sent"),
        ("min_crew = { pumper = 4", "min_crew = { tank = 4", ": min_crew names tank, which no unit is"),
        ("keep_back = { pumper", "keep_back = { tank", ": keep_back names tank, which no unit is"),
        (
            "speed_by_kind_kmh = { pumper",
            "speed_by_kind_kmh = { tank",
            ": speed_by_kind_kmh names tank, which no unit is",
        ),
        (
            "detour = 1.4",
            "detour = 0.9",
            ": detour must be 1 or more: no road is shorter than the great circle",
        ),
        ("speed_kmh = 40.0", "speed_kmh = 0.0", ": a speed of 0 km/h for speed_kmh cannot be"),
        ("ambulance = 45.0", "ambulance = 4500.0", ": a speed of 4500 km/h for ambulance cannot be"),
        ("max_travel_ms = 3_600_000", "max_travel_ms = 0", ": max_travel_ms must be over 0"),
        ("coverage_worth_ms = 60_000", "coverage_worth_ms = -1", ": coverage_worth_ms must not be negative"),
    ] {
        assert_eq!(said(&[(PLANS, from, to)]), [words]);
    }
    let unversioned = said(&[(ROUTING, "version = \"2026-11-1\"\n", "")]);
    assert_eq!(unversioned, [": has no version: proposals cannot say by which policy they were made"]);
    let may_lead = said(&[(ROUTING, "may_lead = [\"damkar\"", "may_lead = [\"tank\"")]);
    assert_eq!(may_lead, [": may_lead names tank, which no agency is"]);
}

#[test]
fn an_old_pack_without_plans_and_versions_loads_and_is_told_what_it_lacks() {
    let read = |name: &str| {
        let text = demo_text(name)?.unwrap_or_default();
        Ok(match name {
            "plans.toml" => None,
            "routing.toml" => Some("[[rules]]\ncategory = \"fire\"\nlead = \"damkar\"\n".to_owned()),
            _ => Some(text),
        })
    };
    let files = read_pack(&read).unwrap();
    assert!(files.pack.plans.plans.is_empty() && files.pack.routing_policy.version.is_empty());
    // As an earlier version of the server stored it: without the fields that came later.
    let mut stored = serde_json::to_value(&files.pack).unwrap();
    for later in ["plans", "routing_policy", "ladders"] {
        stored.as_object_mut().unwrap().remove(later);
    }
    let rule = stored["routing"][0].as_object_mut().unwrap();
    rule.retain(|key, _| ["category", "type", "lead", "support"].contains(&key.as_str()));
    let again: kentongan_domain::centre::CentrePack = serde_json::from_value(stored).unwrap();
    assert_eq!(again.routing, files.pack.routing);
    let said = findings(&files, &Lines::default()).unwrap();
    assert!(said.iter().any(|one| one.words.starts_with("no rule for medical in Kota Kediri")));
}
