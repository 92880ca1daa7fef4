//! Where a report stands in the queue: known events, contacts put behind, and the way back to the front.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail loudly")]

mod fixture;

use fixture::{SECOND, World, close, received};
use kentongan_domain::actions::report_actions;
use kentongan_domain::catalogue::{Category, Priority};
use kentongan_domain::command::{Command, DeadlineSubject};
use kentongan_domain::contact::{HeldBack, HoldLevel, LONGEST_DEPRIORITISED_US};
use kentongan_domain::ids::{IncidentId, PersonId, ReportId};
use kentongan_domain::incident::CloseResult;
use kentongan_domain::people::Role;
use kentongan_domain::queue::{Lane, QueuePlace, Rank, queue_place};
use kentongan_domain::rejection::Rejection;
use kentongan_domain::report::{Outcome, OwnerQueue, Report};
use proptest::prelude::*;
use proptest::sample::select;

const HOUR: i64 = 3_600 * SECOND;

fn waiting(world: &mut World, category: Option<Category>, priority: Priority, rank: Rank) -> ReportId {
    let mut report = received(ReportId(world.id()));
    report.suggestion.category = category;
    report.suggestion.priority = priority;
    report.person = Some(PersonId(world.id()));
    report.rank = rank;
    let id = report.report;
    world.must(&Command::ReceiveReport(Box::new(report)));
    id
}

fn of(lane: Lane, event: IncidentId) -> Rank {
    Rank { lane, event: Some(event), held_back: None }
}

fn held(level: HoldLevel) -> Rank {
    let held_back = Some(HeldBack { level, until: i64::MAX, because_of: ReportId(uuid::Uuid::nil()) });
    Rank { held_back, ..Rank::default() }
}

/// The reports as a console has them.
fn in_order(world: &World, mut ids: Vec<ReportId>) -> Vec<ReportId> {
    ids.sort_by_key(|id| {
        let report = &world.state.reports[id];
        (queue_place(report), report.received_at)
    });
    ids
}

#[test]
fn what_tells_of_a_known_event_only_stands_behind_all_else() {
    let mut world = World::new();
    let event = world.incident(1);
    world.must(&Command::ConfirmKnown { incident: event, reports: Vec::new() });
    let fire = Some(Category::Fire);
    let known = waiting(&mut world, fire, Priority::P1, of(Lane::Known, event));
    let vague = waiting(&mut world, fire, Priority::P2, of(Lane::Unclear, event));
    let told_more = waiting(&mut world, fire, Priority::P2, of(Lane::Update, event));
    let question = waiting(&mut world, Some(Category::Information), Priority::P4, Rank::default());
    let heart = waiting(&mut world, Some(Category::Medical), Priority::P2, Rank::default());
    let all = vec![known, vague, told_more, question, heart];
    assert_eq!(in_order(&world, all.clone()), [heart, told_more, vague, question, known]);

    // Past its deadline an emergency never waits behind what is none.
    world.state.reports.get_mut(&known).unwrap().owner = OwnerQueue::Supervisors;
    assert_eq!(in_order(&world, all), [heart, told_more, vague, known, question]);
}

#[test]
fn a_contact_put_behind_is_moved_by_its_level_and_no_further_with_an_emergency() {
    let mut world = World::new();
    // Level, category, priority -> what it waits with.
    let table = [
        (HoldLevel::Behind, None, Priority::P2, (0, Priority::P2)),
        (HoldLevel::Lower, None, Priority::P2, (0, Priority::P3)),
        (HoldLevel::Last, None, Priority::P2, (3, Priority::P2)),
        (HoldLevel::Last, Some(Category::Information), Priority::P1, (3, Priority::P1)),
        (HoldLevel::Lower, Some(Category::Animal), Priority::P3, (0, Priority::P4)),
        (HoldLevel::Last, Some(Category::Animal), Priority::P3, (3, Priority::P3)),
        // A fire is a fire, whoever calls.
        (HoldLevel::Lower, Some(Category::Fire), Priority::P2, (0, Priority::P2)),
        (HoldLevel::Last, Some(Category::Fire), Priority::P1, (0, Priority::P1)),
    ];
    for (level, category, priority, (band, waits_with)) in table {
        let id = waiting(&mut world, category, priority, held(level));
        let place = queue_place(&world.state.reports[&id]);
        assert_eq!((place.band, place.priority), (band, waits_with), "{level:?} {category:?} {priority:?}");
        let other = waiting(&mut world, category, priority, Rank::default());
        assert!(place > queue_place(&world.state.reports[&other]), "it stands behind its equals");
    }
}

#[test]
fn a_known_event_takes_what_waits_and_gives_it_back_at_the_end() {
    let mut world = World::new();
    let event = world.incident(1);
    let (one, two, lifted, done) = (world.report(), world.report(), world.report(), world.report());
    world.state.reports.get_mut(&lifted).unwrap().rank.lane = Lane::Gathering;
    world.must(&Command::LiftReport { report: lifted });
    world.must(&Command::SetOutcome { report: done, outcome: Outcome::Advised, incident: None, note: None });
    world.must(&Command::ConfirmKnown { incident: event, reports: vec![one, lifted, done] });
    let lane = |world: &World, id| world.state.reports[&id].rank.lane;
    assert_eq!(lane(&world, one), Lane::Known);
    assert_eq!(lane(&world, lifted), Lane::Update, "a person has said that it is to be heard");
    assert_eq!(lane(&world, done), Lane::New);
    // Saying it again takes in what has come since, and nothing else.
    assert_eq!(world.must(&Command::ConfirmKnown { incident: event, reports: vec![one, two] }).len(), 1);
    assert_eq!(lane(&world, two), Lane::Known);

    world.must(&Command::LiftReport { report: two });
    assert_eq!(lane(&world, two), Lane::Update);
    assert!(world.must(&Command::LiftReport { report: two }).is_empty(), "twice is once");

    // A merge takes the known event along, and closing ends it.
    let larger = world.incident(1);
    world.must(&Command::MergeIncident { incident: event, into: larger });
    assert!(world.state.incidents[&larger].known_since.is_some());
    assert_eq!(world.state.reports[&one].rank, of(Lane::Known, larger));
    world.must(&close(larger, CloseResult::Handled));
    assert_eq!(world.state.incidents[&larger].known_since, None);
    assert_eq!(world.state.reports[&one].rank, Rank::default());
    let again = world.run(&Command::ConfirmKnown { incident: larger, reports: Vec::new() });
    assert!(matches!(again, Err(Rejection::IllegalStep { .. })));
}

#[test]
fn a_report_of_an_event_that_is_over_is_new() {
    let mut world = World::new();
    let event = world.incident(1);
    let late = waiting(&mut world, Some(Category::Fire), Priority::P1, of(Lane::Known, event));
    assert_eq!(world.state.reports[&late].rank, Rank::default());
}

#[test]
fn what_waits_behind_comes_forward_when_the_time_is_over() {
    let mut world = World::new();
    let until = world.now + HOUR;
    let held_back = HeldBack { level: HoldLevel::Last, until, because_of: ReportId(uuid::Uuid::nil()) };
    let rank = Rank { held_back: Some(held_back), ..Rank::default() };
    let id = waiting(&mut world, None, Priority::P3, rank);
    let mut passed = 0;
    while world.state.reports[&id].rank.held_back.is_some() {
        let deadline = world.state.reports[&id].deadline.unwrap();
        world.now = deadline.due_at;
        let held = world.now < until;
        world.must(&Command::PassDeadline {
            subject: DeadlineSubject::Report(id),
            kind: deadline.kind,
            level: deadline.level,
        });
        assert_eq!(world.state.reports[&id].rank.held_back.is_some(), held);
        passed += 1;
    }
    assert!(passed > 1 && queue_place(&world.state.reports[&id]).band == 0);
}

#[test]
fn a_contact_is_put_behind_for_a_while_and_brought_forward_with_what_waits() {
    let mut world = World::new();
    let prank = waiting(&mut world, None, Priority::P3, Rank::default());
    let put =
        |world: &mut World, level, until| world.run(&Command::RankContact { report: prank, level, until });
    let day = world.now + 24 * HOUR;
    for until in [world.now, world.now - 1, world.now + LONGEST_DEPRIORITISED_US + 1] {
        let refused = put(&mut world, Some(HoldLevel::Last), until);
        assert!(matches!(refused, Err(Rejection::Invalid { pointer: "/hours", .. })), "{refused:?}");
    }
    put(&mut world, Some(HoldLevel::Last), day).unwrap();
    let source: Report = world.state.reports[&prank].clone();
    let back = source.puts_behind(day - 1).unwrap();
    assert_eq!((back.level, back.because_of), (HoldLevel::Last, prank));
    assert_eq!(source.puts_behind(day), None, "it ends by itself");

    let next = waiting(&mut world, None, Priority::P3, Rank { held_back: Some(back), ..Rank::default() });
    assert!(report_actions(&world.state.reports[&next], Role::Operator).contains(&"lift"));
    assert!(report_actions(&world.state.reports[&prank], Role::Operator).contains(&"bring_forward"));
    put(&mut world, None, 0).unwrap();
    assert_eq!(world.state.reports[&next].rank.held_back, None);
    assert_eq!(world.state.reports[&prank].deprioritised, None);
    assert!(put(&mut world, None, 0).unwrap().is_empty(), "twice is once");

    let nobody = world.report();
    let refused =
        world.run(&Command::RankContact { report: nobody, level: Some(HoldLevel::Last), until: day });
    assert!(matches!(refused, Err(Rejection::Invalid { pointer: "/level", .. })), "{refused:?}");
}

proptest! {
    /// Nothing that the queue knows of a report puts an urgent emergency behind what is routine.
    #[test]
    fn no_rank_hides_an_urgent_emergency(
        lane in select(vec![Lane::New, Lane::Update, Lane::Unclear, Lane::Gathering]),
        level in proptest::option::of(select(vec![HoldLevel::Behind, HoldLevel::Lower, HoldLevel::Last])),
        category in select(Category::ALL.to_vec()).prop_filter("emergencies", |one| one.is_emergency()),
        priority in select(vec![Priority::P1, Priority::P2]),
    ) {
        let mut world = World::new();
        let rank = Rank { lane, event: None, ..level.map_or_else(Rank::default, held) };
        let urgent = waiting(&mut world, Some(category), priority, rank);
        let routine = waiting(&mut world, Some(Category::Complaint), Priority::P4, Rank::default());
        let soon = waiting(&mut world, Some(Category::Animal), Priority::P3, Rank::default());
        let place = |id: ReportId| -> QueuePlace { queue_place(&world.state.reports[&id]) };
        prop_assert!(place(urgent) < place(routine) && place(urgent) < place(soon));
    }
}
