//! Which of several rules is meant, what cues add, and who comes next after a refusal.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use fixture::{AROUND, CITY, agency, pack, rule};
use kentongan_domain::catalogue::Category;
use kentongan_domain::centre::{CentrePack, RoutingPolicy};
use kentongan_domain::dispatch::DispatchRole::{self, Lead, Support};
use kentongan_domain::routing::{
    Area, CuedKind, Particulars, ProposedAgency, RoutingRule, area_level, leads, next_best, propose,
};
use proptest::prelude::*;

const VILLAGE: &str = "35.71.01.1001";

fn codes(proposed: &[ProposedAgency]) -> Vec<(&str, DispatchRole)> {
    proposed.iter().map(|one| (one.agency.as_str(), one.role)).collect()
}

fn at(village: &str) -> Area<'_> {
    Area { regency: village.get(..5), village: Some(village) }
}

fn in_areas(rule: RoutingRule, areas: &[&str]) -> RoutingRule {
    RoutingRule { areas: areas.iter().map(|&code| code.into()).collect(), ..rule }
}

fn by_cue(rule: RoutingRule, cues: &[&str]) -> RoutingRule {
    RoutingRule { cues: cues.iter().map(|&cue| cue.into()).collect(), ..rule }
}

/// The city with these rules for fires; every kind has an agency in the city.
fn with_rules(rules: Vec<RoutingRule>) -> CentrePack {
    let mut pack = pack();
    pack.routing = rules;
    pack.agencies.push(agency("pln", "pln", &[]));
    pack
}

fn fire<'a>(type_code: Option<&'a str>, area: Area<'a>) -> Particulars<'a> {
    Particulars::new(Category::Fire, type_code, area)
}

#[test]
fn the_type_beats_the_area_and_the_smaller_area_the_larger() {
    let of = |type_code, lead: &str, areas: &[&str]| {
        in_areas(rule(Category::Fire, type_code, Some(lead), &[]), areas)
    };
    // The weakest first; each beats all before it.
    let ladder = [
        (of(None, "damkar", &[]), "damkar"),
        (of(None, "psc119", &[CITY]), "psc119"),
        (of(None, "polres", &["35.71.01"]), "polres"),
        (of(None, "bpbd", &[VILLAGE]), "bpbd_prov"),
        (of(Some("fire_land"), "damkar", &[]), "damkar"),
        (of(Some("fire_land"), "psc119", &[CITY, AROUND]), "psc119"),
        (of(Some("fire_land"), "polres", &["35.71.01", CITY]), "polres"),
        (of(Some("fire_land"), "pln", &[AROUND, VILLAGE]), "pln"),
    ];
    for upto in 1..=ladder.len() {
        let mut rules: Vec<RoutingRule> = ladder[..upto].iter().map(|(rule, _)| rule.clone()).collect();
        for _ in 0..2 {
            let proposed = propose(&with_rules(rules.clone()), &fire(Some("fire_land"), at(VILLAGE)));
            assert_eq!(proposed[0].agency, ladder[upto - 1].1, "{upto} rules");
            // In whatever order the city wrote them.
            rules.reverse();
        }
    }
    // Next door, in another district, and where nobody knows: the rules that still hold.
    let pack = with_rules(ladder[..4].iter().map(|(rule, _)| rule.clone()).collect());
    for (area, lead) in [
        (at("35.71.01.1002"), "polres"),
        (at("35.71.02.1001"), "psc119"),
        (Area::regency(CITY), "psc119"),
        (Area::default(), "psc119"),
        (Area::regency(AROUND), "damkar_kab"),
    ] {
        assert_eq!(propose(&pack, &fire(None, area))[0].agency, lead, "{area:?}");
    }
}

#[test]
fn of_equal_rules_the_first_is_meant() {
    let first = rule(Category::Fire, None, Some("polres"), &[]);
    let second = rule(Category::Fire, None, Some("damkar"), &[]);
    let lead = |rules| propose(&with_rules(rules), &fire(None, Area::regency(CITY)))[0].agency.clone();
    assert_eq!(lead(vec![first.clone(), second.clone()]), "polres");
    assert_eq!(lead(vec![second, first]), "damkar");
}

#[test]
fn a_code_is_an_area_only_if_it_looks_like_one() {
    for (code, level) in [("35.71", Some(1)), ("35.71.01", Some(2)), (VILLAGE, Some(3))] {
        assert_eq!(area_level(code), level);
    }
    for bad in ["", "35", "35.", ".71", "35.7x", "35.71.01.1001.1", "Kota Kediri"] {
        assert_eq!(area_level(bad), None, "{bad}");
        let rules = vec![in_areas(rule(Category::Fire, None, Some("damkar"), &[]), &[bad])];
        assert_eq!(propose(&with_rules(rules), &fire(None, at(VILLAGE))), [], "{bad}");
    }
    // 35.71.01 is not inside 35.7.
    let rules = vec![in_areas(rule(Category::Fire, None, Some("damkar"), &[]), &["35.7"])];
    assert_eq!(propose(&with_rules(rules), &fire(None, at(VILLAGE))), []);
}

#[test]
fn cues_add_to_the_table_and_a_rule_beats_a_guess() {
    let table = rule(Category::Fire, None, Some("damkar"), &["polres"]);
    let gas = by_cue(rule(Category::Fire, None, None, &["pln", "polres"]), &["gas", "gas-leak"]);
    let mut bomb = by_cue(rule(Category::Fire, None, Some("polres"), &[]), &["bomb"]);
    bomb.because = Some("diduga bom".into());
    let pack = with_rules(vec![table, gas, bomb]);
    let ask = |cues: &[&str], guessed: &[CuedKind<'_>]| {
        let cues: Vec<String> = cues.iter().map(|&cue| cue.into()).collect();
        propose(&pack, &Particulars { cues: &cues, guessed, ..fire(None, Area::regency(CITY)) })
    };
    assert_eq!(codes(&ask(&[], &[])), [("damkar", Lead), ("polres", Support)]);
    assert_eq!(codes(&ask(&["smoke"], &[])), [("damkar", Lead), ("polres", Support)]);
    let gas = ask(&["smoke", "gas-leak"], &[]);
    assert_eq!(codes(&gas), [("damkar", Lead), ("polres", Support), ("pln", Support)]);
    assert_eq!(gas[2].reason, "isi laporan: menyebut gas-leak, di Kota");
    assert_eq!(gas[1].reason, "Kebakaran di Kota", "who was there keeps the reason");
    let bomb = ask(&["bomb", "gas"], &[]);
    assert_eq!(codes(&bomb), [("polres", Lead), ("damkar", Support), ("pln", Support)]);
    assert_eq!(bomb[0].reason, "isi laporan: diduga bom, di Kota");
    // What the reader of the words guesses gives way to the city's rule.
    let medics = [CuedKind { kind: "psc119", lead: true }];
    assert_eq!(codes(&ask(&["bomb"], &medics)), [("polres", Lead), ("psc119", Support), ("damkar", Support)]);
    assert!(bomb.iter().all(|one| one.policy_version == "uji-1"));
}

#[test]
fn a_rule_of_the_area_says_so() {
    let mut special = in_areas(rule(Category::Fire, None, Some("damkar"), &[]), &["35.71.01"]);
    let reason = |special: &RoutingRule| {
        propose(&with_rules(vec![special.clone()]), &fire(None, at(VILLAGE)))[0].reason.clone()
    };
    assert_eq!(reason(&special), "Kebakaran di Kota, aturan khusus wilayah ini");
    special.because = Some("pos terdekat di seberang sungai".into());
    assert_eq!(reason(&special), "Kebakaran di Kota: pos terdekat di seberang sungai");
}

/// The city with two police forces and a rule with a fallback.
fn refusing() -> CentrePack {
    let mut table = rule(Category::Fire, None, Some("damkar"), &["psc119", "polres"]);
    table.fallback = vec!["bpbd".into(), "pln".into(), "nowhere".into()];
    let mut pack = with_rules(vec![table, rule(Category::Crime, None, Some("polres"), &[])]);
    pack.agencies.retain(|agency| agency.code != "polres");
    pack.agencies.extend([agency("polres", "polres", &[CITY]), agency("polres_kab", "polres", &[AROUND])]);
    pack
}

#[test]
fn after_a_refusal_the_next_best_is_proposed_until_nobody_is_left() {
    let pack = refusing();
    let ask = fire(None, Area::regency(CITY));
    assert_eq!(next_best(&pack, &ask, &[]), []);

    let next = next_best(&pack, &ask, &["damkar"]);
    let expected = [("bpbd_prov", Lead), ("pln", Lead), ("damkar_kab", Lead), ("polres", Lead)];
    assert_eq!(codes(&next), expected);
    let reasons: Vec<&str> = next.iter().map(|one| one.reason.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "DAMKAR menolak: pengganti menurut aturan",
            "DAMKAR menolak: pengganti menurut aturan",
            "DAMKAR menolak: instansi sejenis dari 35.06",
            "DAMKAR menolak: pendukung yang dapat memimpin",
        ]
    );

    // Each one that refuses goes, and is named.
    let next = next_best(&pack, &ask, &["damkar", "bpbd_prov", "pln"]);
    assert_eq!(codes(&next), expected[2..]);
    assert_eq!(next[0].reason, "DAMKAR, BPBD, PLN menolak: instansi sejenis dari 35.06");
    let next = next_best(&pack, &ask, &["damkar", "bpbd_prov", "pln", "damkar_kab", "polres"]);
    assert_eq!(next, [], "nobody is left");
}

#[test]
fn a_support_that_refuses_is_replaced_by_its_own_kind() {
    let next = next_best(&refusing(), &fire(None, Area::regency(CITY)), &["polres"]);
    assert_eq!(codes(&next), [("polres_kab", Support)]);
    assert_eq!(next[0].reason, "POLRES menolak: instansi sejenis dari 35.06");
    // Nobody else has ambulances; an agency that is unknown changes nothing.
    assert_eq!(next_best(&refusing(), &fire(None, Area::regency(CITY)), &["psc119", "kapal"]), []);
}

#[test]
fn the_city_says_who_may_lead() {
    let mut pack = refusing();
    pack.routing_policy = RoutingPolicy { may_lead: vec!["psc119".into()], ..pack.routing_policy };
    let next =
        next_best(&pack, &fire(None, Area::regency(CITY)), &["damkar", "bpbd_prov", "pln", "damkar_kab"]);
    assert_eq!(codes(&next), [("psc119", Lead)]);
}

fn any_kind() -> impl Strategy<Value = String> {
    prop::sample::select(vec!["damkar", "psc119", "polres", "bpbd", "pln", "nowhere", ""])
        .prop_map(Into::into)
}

fn any_area() -> impl Strategy<Value = String> {
    prop::sample::select(vec![CITY, AROUND, "35.71.01", VILLAGE, "35", "x", ""]).prop_map(Into::into)
}

fn any_rule() -> impl Strategy<Value = RoutingRule> {
    (
        prop::sample::select(vec![Category::Fire, Category::Crime]),
        prop::option::of(prop::sample::select(vec!["fire_land", "fire_building"])),
        prop::collection::vec(prop::sample::select(vec!["gas", "bomb"]), 0..2),
        prop::collection::vec(any_area(), 0..3),
        prop::option::of(any_kind()),
        prop::collection::vec(any_kind(), 0..4),
        prop::collection::vec(any_kind(), 0..3),
    )
        .prop_map(|(category, type_code, cues, areas, lead, support, fallback)| RoutingRule {
            category,
            type_code: type_code.map(Into::into),
            cues: cues.into_iter().map(Into::into).collect(),
            areas,
            nobody: lead.is_none(),
            lead,
            support,
            fallback,
            because: None,
        })
}

proptest! {
    #[test]
    fn for_any_table_a_lead_is_never_dropped(
        rules in prop::collection::vec(any_rule(), 0..8),
        village in prop::option::of(prop::sample::select(vec![VILLAGE, "35.71.02.1001", "35.06.01.2001", "?"])),
        cues in prop::collection::vec(prop::sample::select(vec!["gas".to_owned(), "bomb".to_owned()]), 0..3),
        guessed in prop::collection::vec((any_kind(), any::<bool>()), 0..3),
        refused in prop::collection::vec(prop::sample::select(fixture::AGENCIES.to_vec()), 0..5),
    ) {
        let pack = with_rules(rules);
        let area = village.map_or(Area::default(), at);
        let plain = fire(Some("fire_land"), area);
        let guessed: Vec<CuedKind<'_>> =
            guessed.iter().map(|(kind, lead)| CuedKind { kind, lead: *lead }).collect();
        let asked = Particulars { cues: &cues, guessed: &guessed, ..plain };
        let (table, proposed) = (propose(&pack, &plain), propose(&pack, &asked));
        // Each once, one lead at most, and it comes first.
        for list in [&table, &proposed] {
            let mut seen: Vec<&str> = list.iter().map(|one| one.agency.as_str()).collect();
            seen.sort_unstable();
            seen.dedup();
            prop_assert_eq!(seen.len(), list.len());
            prop_assert!(list.iter().skip(1).all(|one| one.role == Support));
        }
        if let Some(own) = leads(&table) {
            prop_assert!(leads(&proposed).is_some());
            prop_assert!(proposed.iter().any(|one| one.agency == own.agency), "{:?} {:?}", table, proposed);
        }
        // Nobody who has refused is asked again, and nobody stands twice.
        let next = next_best(&pack, &asked, &refused);
        let mut seen: Vec<&str> = next.iter().map(|one| one.agency.as_str()).collect();
        prop_assert!(seen.iter().all(|code| !refused.contains(code)));
        seen.sort_unstable();
        seen.dedup();
        prop_assert_eq!(seen.len(), next.len());
        prop_assert!(!refused.is_empty() || next.is_empty());
    }
}
