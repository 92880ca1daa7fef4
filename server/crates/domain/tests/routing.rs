//! Who is proposed for what, where, and with which reason.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use fixture::{AROUND, CITY, pack};
use kentongan_domain::catalogue::Category;
use kentongan_domain::centre::CentrePack;
use kentongan_domain::dispatch::DispatchRole;
use kentongan_domain::routing::{Area, CuedKind, Particulars, ProposedAgency};

fn codes(proposed: &[ProposedAgency]) -> Vec<(&str, DispatchRole)> {
    proposed.iter().map(|one| (one.agency.as_str(), one.role)).collect()
}

fn propose(
    pack: &CentrePack,
    category: Category,
    type_code: Option<&str>,
    regency: Option<&str>,
) -> Vec<ProposedAgency> {
    propose_by_cues(pack, category, type_code, regency, &[])
}

fn propose_by_cues(
    pack: &CentrePack,
    category: Category,
    type_code: Option<&str>,
    regency: Option<&str>,
    guessed: &[CuedKind<'_>],
) -> Vec<ProposedAgency> {
    let area = Area { regency, village: None };
    let asked = Particulars { guessed, ..Particulars::new(category, type_code, area) };
    kentongan_domain::routing::propose(pack, &asked)
}

const LEAD: DispatchRole = DispatchRole::Lead;
const SUPPORT: DispatchRole = DispatchRole::Support;

#[test]
fn a_rule_for_the_type_beats_the_one_for_its_category() {
    let of_category = propose(&pack(), Category::Fire, Some("fire_building"), Some(CITY));
    assert_eq!(codes(&of_category), [("damkar", LEAD), ("psc119", SUPPORT), ("polres", SUPPORT)]);
    assert!(of_category.iter().all(|one| one.reason == "Kebakaran di Kota"));

    let of_type = propose(&pack(), Category::Fire, Some("fire_land"), Some(CITY));
    assert_eq!(codes(&of_type), [("bpbd_prov", LEAD), ("damkar", SUPPORT)]);
    assert!(of_type.iter().all(|one| one.reason == "fire_land di Kota"));

    // In whatever order the pack lists them.
    let mut turned = pack();
    turned.routing.reverse();
    assert_eq!(propose(&turned, Category::Fire, Some("fire_land"), Some(CITY)), of_type);
    assert_eq!(propose(&turned, Category::Fire, Some("fire_building"), Some(CITY)), of_category);
    assert_eq!(propose(&turned, Category::Fire, None, Some(CITY)), of_category);
}

#[test]
fn a_rule_for_another_type_does_not_stand_in_for_the_category() {
    assert_eq!(propose(&pack(), Category::Animal, Some("animal_bees"), Some(CITY)), []);
    assert_eq!(propose(&pack(), Category::Animal, None, Some(CITY)), []);
    let snake = propose(&pack(), Category::Animal, Some("animal_snake"), Some(CITY));
    assert_eq!(codes(&snake), [("damkar", LEAD)]);
}

#[test]
fn the_area_picks_the_agency_of_the_city_or_of_the_regency_around_it() {
    let city = propose(&pack(), Category::Fire, None, Some(CITY));
    assert_eq!(codes(&city)[0], ("damkar", LEAD));

    // Nobody serves the regency with ambulances: none is proposed rather than one from elsewhere.
    let around = propose(&pack(), Category::Fire, None, Some(AROUND));
    assert_eq!(codes(&around), [("damkar_kab", LEAD), ("polres", SUPPORT)]);
    assert!(around.iter().all(|one| one.reason == "Kebakaran di 35.06"));
}

#[test]
fn an_agency_of_the_whole_province_serves_every_area_but_yields_to_a_local_one() {
    for area in [Some(CITY), Some(AROUND), Some("35.99"), None] {
        let flood = propose(&pack(), Category::NaturalDisaster, None, area);
        assert_eq!(codes(&flood)[0], ("bpbd_prov", LEAD), "{area:?}");
    }
    let mut local = pack();
    let mut bpbd = local.agencies.last().unwrap().clone();
    bpbd.code = "bpbd_kota".into();
    bpbd.regencies = vec![CITY.into()];
    local.agencies.push(bpbd);
    let lead = |area| propose(&local, Category::NaturalDisaster, None, area)[0].agency.clone();
    assert_eq!(lead(Some(CITY)), "bpbd_kota");
    assert_eq!(lead(Some(AROUND)), "bpbd_prov");
    assert_eq!(lead(None), "bpbd_kota");
}

#[test]
fn without_a_regency_the_home_agencies_are_proposed_and_the_reason_says_so() {
    let unknown = propose(&pack(), Category::Fire, None, None);
    let home = propose(&pack(), Category::Fire, None, Some(CITY));
    assert_eq!(codes(&unknown), codes(&home));
    for (unknown, home) in unknown.iter().zip(&home) {
        assert_eq!(unknown.reason, "Kebakaran; wilayah belum diketahui, wilayah pusat dipakai");
        assert_ne!(unknown.reason, home.reason);
    }
    let of_type = propose(&pack(), Category::Fire, Some("fire_land"), None);
    assert_eq!(of_type[0].reason, "fire_land; wilayah belum diketahui, wilayah pusat dipakai");
}

#[test]
fn a_place_outside_the_area_gets_only_those_who_serve_everywhere() {
    assert_eq!(propose(&pack(), Category::Fire, None, Some("35.99")), []);
    let land = propose(&pack(), Category::Fire, Some("fire_land"), Some("35.99"));
    assert_eq!(codes(&land), [("bpbd_prov", LEAD)]);
}

#[test]
fn nobody_leads_a_request_for_information() {
    assert_eq!(propose(&pack(), Category::Information, None, Some(CITY)), []);
    assert_eq!(propose(&pack(), Category::Information, Some("information_hours"), None), []);
}

#[test]
fn a_category_without_a_rule_gets_no_proposal() {
    for category in Category::ALL {
        let ruled = pack().routing.iter().any(|rule| rule.category == category && rule.type_code.is_none());
        let proposed = propose(&pack(), category, None, Some(CITY));
        assert_eq!(!proposed.is_empty(), ruled && category != Category::Information, "{category:?}");
        assert!(proposed.iter().filter(|one| one.role == LEAD).count() <= 1);
    }
}

#[test]
fn a_proposal_names_the_agency_as_the_pack_does() {
    for one in propose(&pack(), Category::TrafficAccident, None, Some(CITY)) {
        let pack = pack();
        let agency = pack.agencies.iter().find(|agency| agency.code == one.agency).unwrap();
        assert_eq!((&one.kind, &one.name), (&agency.kind, &agency.name));
    }
}

/// A category, what the words ask for, who is proposed.
type Case<'a> = (Category, &'a [CuedKind<'a>], &'a [(&'a str, DispatchRole)]);

/// What the words ask for, and who is proposed for a crash or a fire in the city.
#[test]
fn the_words_put_somebody_before_the_table_but_never_drop_its_lead() {
    let lead = |kind| CuedKind { kind, lead: true };
    let also = |kind| CuedKind { kind, lead: false };
    let table: &[Case<'_>] = &[
        // Nothing said: the table.
        (Category::TrafficAccident, &[], &[("polres", LEAD), ("psc119", SUPPORT)]),
        // Somebody is pinned: the fire brigade leads, the police stay.
        (
            Category::TrafficAccident,
            &[lead("damkar"), also("psc119")],
            &[("damkar", LEAD), ("psc119", SUPPORT), ("polres", SUPPORT)],
        ),
        // The words name the table's own lead: its support gives way to what they name.
        (Category::Fire, &[lead("damkar"), also("psc119")], &[("damkar", LEAD), ("psc119", SUPPORT)]),
        // Two leads: the first.
        (Category::Fire, &[lead("psc119"), lead("damkar")], &[("psc119", LEAD), ("damkar", SUPPORT)]),
        // Nobody leads by the words: the table.
        (Category::TrafficAccident, &[also("damkar")], &[("polres", LEAD), ("psc119", SUPPORT)]),
        // A kind that this centre does not have: the table.
        (Category::TrafficAccident, &[lead("basarnas_laut")], &[("polres", LEAD), ("psc119", SUPPORT)]),
    ];
    for (category, cued, expected) in table {
        let proposed = propose_by_cues(&pack(), *category, None, Some(CITY), cued);
        assert_eq!(codes(&proposed), *expected, "{category:?} {cued:?}");
    }
    let pinned = propose_by_cues(&pack(), Category::TrafficAccident, None, Some(CITY), &[lead("damkar")]);
    assert_eq!(pinned[0].reason, "menurut isi laporan, di Kota");
    assert_ne!(pinned[1].reason, pinned[0].reason, "the table's own reason stays with its agency");
    let nowhere = propose_by_cues(&pack(), Category::TrafficAccident, None, None, &[lead("damkar")]);
    assert!(nowhere[0].reason.contains("wilayah belum diketahui"));
}
