// Generated from server/crates/protocol by its test; do not edit.
// UPDATE_GENERATED=1 cargo test -p kentongan-protocol rewrites it.

export const PROTOCOL_VERSION = 1;
export type ReportId = string;
export type IncidentId = string;
export type DispatchId = string;
export type DeliveryId = string;
export type PhotoId = string;
export type TransferId = string;
export type Category = "fire" | "traffic_accident" | "medical" | "natural_disaster" | "rescue" | "animal" | "public_order" | "crime" | "mental_health" | "infrastructure" | "complaint" | "information";
export type Priority = 1 | 2 | 3 | 4;
export type CentreKind = "live" | "drill";
export type CentreProfile = { 
/**
 * Code in addresses, e.g. `kediri`; lower case letters, digits and dashes.
 */
code: string, 
/**
 * Name on screen, e.g. `Call Center 112 Kediri`.
 */
name: string, 
/**
 * Live or drill; a pack is always live, a drill centre is made from it.
 */
kind: CentreKind, 
/**
 * Prefix of the numbers spoken aloud, e.g. `KDR` in `KDR-261122-0042`.
 */
number_prefix: string, 
/**
 * IANA zone for people's eyes, e.g. `Asia/Jakarta`.
 */
timezone: string, 
/**
 * Offset of that zone from UTC in minutes; Indonesia has no summer time.
 */
utc_offset_minutes: number, 
/**
 * Codes of the regencies the centre serves, e.g. `["35.71", "35.06"]`; the first is home.
 */
regencies: Array<string>, 
/**
 * Their names, in the same order, e.g. `["Kota Kediri", "Kabupaten Kediri"]`.
 */
regency_names: Array<string>, 
/**
 * Where the map opens, WGS 84.
 */
map_lat: number, 
/**
 * Where the map opens, WGS 84.
 */
map_lon: number, 
/**
 * Whether the boundaries are drawn by hand and only roughly true.
 */
boundaries_schematic: boolean, 
/**
 * What a reader must know about the data, e.g. that contacts are fictional.
 */
note: string, };
export type IncidentType = { 
/**
 * Stable code, e.g. `fire_building`; starts with the category's code or is unique in itself.
 */
code: string, 
/**
 * The category it belongs to.
 */
category: Category, 
/**
 * Indonesian name, e.g. `Kebakaran bangunan`.
 */
name_id: string, 
/**
 * English name.
 */
name_en: string, 
/**
 * Priority when nothing in the report says otherwise.
 */
priority: Priority, 
/**
 * Whether details are shown to as few people as possible (domestic violence, suicide …).
 */
sensitive: boolean, };
export type Agency = { 
/**
 * Stable code, e.g. `damkar` for the home city, `damkar_kab` for the regency around it.
 */
code: string, 
/**
 * What it is anywhere: `damkar`, `psc119`, `polres`, `bpbd`, `dishub`, `pln`, … Routing names kinds.
 */
kind: string, 
/**
 * Name on screen.
 */
name: string, 
/**
 * Short code on screen, up to eight letters, e.g. `DAMKAR`.
 */
short: string, 
/**
 * Regency codes it serves; empty means everywhere.
 */
regencies: Array<string>, 
/**
 * Desk number to ring when a dispatch is overdue; fictional in the demo pack.
 */
phone: string, 
/**
 * How long the desk has to acknowledge, in milliseconds.
 */
acknowledge_within_ms: number, };
export type DeadlineKind = "report_handled" | "incident_forwarded" | "dispatch_acknowledged" | "dispatch_accepted" | "dispatch_on_scene" | "help_answered" | "handover_answered";
export type Deadline = { 
/**
 * What it waits for.
 */
kind: DeadlineKind, 
/**
 * When it passes (epoch µs).
 */
due_at: number, 
/**
 * How often it has passed already; 1 and more is shown to supervisors.
 */
level: number, };
export type DispatchRole = "lead" | "support";
export type DispatchState = "queued" | "sent" | "delivered" | "acknowledged" | "accepted" | "en_route" | "on_scene" | "completed" | "rejected" | "withdrawn";
export type DispatchAct = "send" | "deliver" | "acknowledge" | "accept" | "reject" | "en_route" | "on_scene" | "complete" | "withdraw";
export type DeliveryChannel = "console" | "webhook" | "push" | "telegram" | "line" | "whatsapp" | "gateway" | "email" | "sms";
export type DeliveryState = "pending" | "sent" | "delivered" | "seen" | "unknown" | "failed" | "dropped";
export type Notice = "order" | "correction" | "withdrawal" | "information";
export type Delivery = { 
/**
 * Its id: also the receiver's key to drop doubles.
 */
id: DeliveryId, 
/**
 * How it travels.
 */
channel: DeliveryChannel, 
/**
 * Who it goes to: a duty contact's code, or the agency's for its console, browsers and webhook.
 */
contact: string, 
/**
 * Where it stands.
 */
state: DeliveryState, 
/**
 * Attempts made.
 */
attempts: number, 
/**
 * When to try (again), epoch µs; none when there is nothing to try.
 */
next_attempt_at: number | null, 
/**
 * When it arrived.
 */
delivered_at: number | null, 
/**
 * Why the last attempt failed: a stable code such as `timeout`, `refused`, `status_500`, `gone`.
 */
last_error: string | null, 
/**
 * What it tells.
 */
notice: Notice, 
/**
 * Which wording of the dispatch: 1 the order, one more with each correction and with the withdrawal.
 */
wording: number, 
/**
 * The provider's own id, by which it tells later what became of it.
 */
provider_id?: string | null, 
/**
 * When a provider took it (epoch µs).
 */
sent_at?: number, 
/**
 * When somebody opened it, as the provider tells (epoch µs).
 */
seen_at?: number, };
export type Via = "console" | "link" | "button" | "reply" | "webhook" | "verbal";
export type ReplyDoubt = "stranger" | "too_late";
export type Photo = { 
/**
 * Its id.
 */
id: PhotoId, 
/**
 * When it was added (epoch µs).
 */
added_at: number, 
/**
 * Who added it.
 */
added_by: string, 
/**
 * Where it was taken, as the camera wrote.
 */
claim: LocationClaim | null, };
export type Concern = "no_contact" | "nobody_on_duty";
export type IncidentState = "open" | "dispatched" | "acknowledged" | "active" | "monitored" | "resolved" | "closed" | "merged" | "false_report" | "cancelled" | "out_of_area";
export type CloseResult = "handled" | "false_report" | "cancelled" | "out_of_area";
export type Role = "operator" | "supervisor" | "agency" | "trainer" | "auditor" | "admin" | "intake";
export type ClaimSource = "operator_pin" | "unit" | "device" | "pin" | "sensor" | "unknown" | "network" | "spoken" | "cell" | "forwarded_pin";
export type LocationClaim = { 
/**
 * Latitude, WGS 84 degrees.
 */
lat: number, 
/**
 * Longitude, WGS 84 degrees.
 */
lon: number, 
/**
 * Radius of uncertainty in metres, if known.
 */
accuracy_m: number | null, 
/**
 * Where it came from.
 */
source: ClaimSource, 
/**
 * When it was claimed; of a measured position, when it was measured (epoch µs).
 */
claimed_at: number, };
export type Place = { 
/**
 * Latitude, WGS 84 degrees.
 */
lat: number | null, 
/**
 * Longitude, WGS 84 degrees.
 */
lon: number | null, 
/**
 * Radius of uncertainty in metres, if known.
 */
accuracy_m: number | null, 
/**
 * Where the point came from.
 */
source: ClaimSource | null, 
/**
 * Name of the place as the gazetteer or the operator gives it.
 */
label: string | null, 
/**
 * Village (desa/kelurahan) code, e.g. `35.71.01.1001`.
 */
village_code: string | null, 
/**
 * Village name.
 */
village: string | null, 
/**
 * District (kecamatan) name.
 */
district: string | null, 
/**
 * Regency or city name.
 */
regency: string | null, 
/**
 * Regency or city code, e.g. `35.71`.
 */
regency_code: string | null, 
/**
 * How sure the area is, 0 to 1.
 */
confidence: number | null, };
export type Channel = "phone" | "web" | "sms" | "whatsapp" | "telegram" | "line" | "app" | "email" | "walk_in" | "radio" | "sensor" | "lapor" | "neighbour";
export type Outcome = "incident_created" | "attached" | "advised" | "information" | "ghost" | "prank" | "accidental" | "cut_off" | "wrong_region" | "transferred" | "referred" | "test";
export type ReportState = "waiting" | "handled";
export type OwnerQueue = "operators" | "supervisors";
export type ContactHistory = { 
/**
 * Reports within the last 24 hours, those that still wait among them.
 */
today: number, 
/**
 * Earlier reports with an outcome, all that are counted below among them.
 */
handled: number, 
/**
 * Silent calls.
 */
silent: number, 
/**
 * Pranks.
 */
prank: number, 
/**
 * Mistakes, broken lines and tests.
 */
accidental: number, 
/**
 * Reports that became part of an incident.
 */
real: number, };
export type HoldLevel = "behind" | "lower" | "last";
export type Deprioritised = { 
/**
 * How far.
 */
level: HoldLevel, 
/**
 * Until when (epoch µs).
 */
until: number, 
/**
 * Who asked for it.
 */
by: string, 
/**
 * When (epoch µs).
 */
at: number, };
export type HeldBack = { 
/**
 * How far.
 */
level: HoldLevel, 
/**
 * Until when (epoch µs).
 */
until: number, 
/**
 * The report with which the contact was put behind.
 */
because_of: ReportId, };
export type Lane = "new" | "update" | "unclear" | "gathering" | "known";
export type Rank = { 
/**
 * How new it is.
 */
lane: Lane, 
/**
 * The known event's incident that it was compared with.
 */
event: IncidentId | null, 
/**
 * Whether its contact was put behind.
 */
held_back: HeldBack | null, };
export type QueuePlace = { 
/**
 * 0 for what must be heard; 1 for an emergency of a known event past its deadline; 2 for what is
 * routine and no emergency; 3 for what tells of a known event only, or was put last.
 */
band: number, 
/**
 * The priority it waits with: the suggested one, or a lower one while its contact is put behind.
 */
priority: Priority, 
/**
 * Within a priority: what is new before what is not.
 */
shade: number, };
export type Suggestion = { 
/**
 * Suggested category; none when nothing was understood.
 */
category: Category | null, 
/**
 * Suggested type code.
 */
type: string | null, 
/**
 * Suggested priority.
 */
priority: Priority, 
/**
 * How sure, 0 to 1.
 */
confidence: number, 
/**
 * Nuisance score, 0 (real) to 1 (silent, prank or test).
 */
nuisance: number, 
/**
 * What was known of the contact then.
 */
contact?: ContactHistory, };
export type ProposedAgency = { 
/**
 * The agency's code.
 */
agency: string, 
/**
 * What it is anywhere, e.g. `damkar`.
 */
kind: string, 
/**
 * Its name on screen.
 */
name: string, 
/**
 * Lead or support.
 */
role: DispatchRole, 
/**
 * Why, in Indonesian: rule and area.
 */
reason: string, 
/**
 * The version of the routing table that says so; empty where the city keeps none.
 */
policy_version: string, };
export type UnitState = "available" | "assigned" | "en_route" | "on_scene" | "transporting" | "at_hospital" | "returning" | "delayed" | "out_of_service";
export type HandoverState = "offered" | "received" | "accepted" | "refused";
export type HandedOver = { 
/**
 * The neighbour's code.
 */
centre: string, 
/**
 * The number of its incident.
 */
number: string, 
/**
 * The hand-over's id, the same on both sides.
 */
transfer: TransferId, };
export type HandoverView = { 
/**
 * Its id, the same on both sides.
 */
transfer: TransferId, 
/**
 * The neighbour's code.
 */
to: string, 
/**
 * The neighbour's name.
 */
to_name: string, 
/**
 * Number to ring when it does not answer; null when it left the city pack.
 */
phone: string | null, 
/**
 * Where it stands.
 */
state: HandoverState, 
/**
 * When it was offered (epoch µs).
 */
offered_at: number, 
/**
 * Who offered it.
 */
offered_by: string, 
/**
 * What was written to it; for the desk.
 */
note: string | null, 
/**
 * When the neighbour's queue had it (epoch µs).
 */
received_at: number | null, 
/**
 * When it was answered (epoch µs).
 */
answered_at: number | null, 
/**
 * Who answered, or wrote the answer down.
 */
answered_by: string | null, 
/**
 * The neighbour's number: of its report, once accepted of its incident.
 */
remote_number: string | null, 
/**
 * Why it was refused: the outcome that the neighbour gave the report, `verbal`, `drill_centre`.
 */
reason: string | null, 
/**
 * Why it has not got there yet: `no_address`, `refused`, `timeout`, `status_500` …
 */
error: string | null, 
/**
 * The running deadline for the answer; from level 1 on it is overdue.
 */
deadline: Deadline | null, };
export type NeighbourAnswer = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name.
 */
name: string, 
/**
 * Codes of the regencies it serves.
 */
regencies: Array<string>, 
/**
 * Number to ring.
 */
phone: string, 
/**
 * Whether an offer gets there by itself; else somebody has to ring, and write the answer down.
 */
connected: boolean, };
export type OfferIncident = { 
/**
 * The neighbour's code.
 */
to: string, 
/**
 * What else its desk should know, up to 1,000 characters.
 */
note?: string, };
export type AnswerOffer = { 
/**
 * Whether it takes the incident on.
 */
accepted: boolean, 
/**
 * The number it has there, if it was told.
 */
number?: string, };
export type Reporter = { 
/**
 * Name, as given.
 */
name: string | null, 
/**
 * Number, as given or as the carrier told it.
 */
phone: string | null, };
export type ReportView = { 
/**
 * Its id.
 */
id: ReportId, 
/**
 * Version; grows with every change.
 */
version: number, 
/**
 * The number spoken aloud.
 */
number: string, 
/**
 * How it came in.
 */
channel: Channel, 
/**
 * The channel's own id for it.
 */
external_id: string | null, 
/**
 * When the server received it (epoch µs).
 */
received_at: number, 
/**
 * When it happened, as the channel tells (epoch µs).
 */
occurred_at: number | null, 
/**
 * The caller's words; null when erased.
 */
text: string | null, 
/**
 * The place in the caller's words.
 */
place_text: string | null, 
/**
 * The reporter; null for audiences that must not see it, and when erased.
 */
reporter: Reporter | null, 
/**
 * What was suggested at arrival.
 */
suggestion: Suggestion, 
/**
 * Every position claimed.
 */
claims: Array<LocationClaim>, 
/**
 * The place in use.
 */
place: Place, 
/**
 * Where it stands.
 */
state: ReportState, 
/**
 * Whose queue it waits in.
 */
owner: OwnerQueue, 
/**
 * How it ended.
 */
outcome: Outcome | null, 
/**
 * The incident it belongs to.
 */
incident: IncidentId | null, 
/**
 * Note to the outcome.
 */
note: string | null, 
/**
 * When it got its outcome (epoch µs).
 */
handled_at: number | null, 
/**
 * Who gave it.
 */
handled_by: string | null, 
/**
 * The running deadline, while it waits.
 */
deadline: Deadline | null, 
/**
 * What the queue makes of it besides its priority and age.
 */
rank: Rank, 
/**
 * Where it stands in the queue while it waits.
 */
queue: QueuePlace, 
/**
 * Whether its contact's next reports are put behind; null for audiences that do not see reporters.
 */
deprioritised: Deprioritised | null, 
/**
 * The neighbouring centre's incident that it was handed over from.
 */
handed_over: HandedOver | null, 
/**
 * What this audience may do now.
 */
allowed_actions: Array<string>, };
export type IncidentView = { 
/**
 * Its id.
 */
id: IncidentId, 
/**
 * Version; grows with every change.
 */
version: number, 
/**
 * The number spoken aloud.
 */
number: string, 
/**
 * Where it stands.
 */
state: IncidentState, 
/**
 * Its category.
 */
category: Category, 
/**
 * Its type code.
 */
type: string, 
/**
 * Its priority.
 */
priority: Priority, 
/**
 * Where it is.
 */
place: Place, 
/**
 * The reports that belong to it.
 */
reports: Array<ReportId>, 
/**
 * Its dispatches, as far as this audience may see them.
 */
dispatches: Array<DispatchId>, 
/**
 * What it became part of.
 */
merged_into: IncidentId | null, 
/**
 * What it was split from.
 */
split_from: IncidentId | null, 
/**
 * When it was opened (epoch µs).
 */
opened_at: number, 
/**
 * Who opened it.
 */
opened_by: string, 
/**
 * When it was first forwarded (epoch µs).
 */
dispatched_at: number | null, 
/**
 * When an agency first acknowledged (epoch µs).
 */
acknowledged_at: number | null, 
/**
 * When the first unit was on its way or on scene (epoch µs).
 */
active_at: number | null, 
/**
 * When it was resolved (epoch µs).
 */
resolved_at: number | null, 
/**
 * When the record was closed (epoch µs).
 */
closed_at: number | null, 
/**
 * Note to the last act.
 */
note: string | null, 
/**
 * The running deadline, while no agency has it.
 */
deadline: Deadline | null, 
/**
 * The alarm struck so far; 0 when none was.
 */
alarm_level: number, 
/**
 * Since when it is a known event (epoch µs): one that many contacts tell of.
 */
known_since: number | null, 
/**
 * Its last hand-over to a neighbouring centre.
 */
handover: HandoverView | null, 
/**
 * What this audience may do now.
 */
allowed_actions: Array<string>, };
export type LadderStep = "first_contact" | "second_contact" | "everybody" | "alarm" | "supervisor";
export type NextStep = { 
/**
 * When (epoch µs).
 */
at: number, 
/**
 * What happens then.
 */
step: LadderStep, };
export type HelpView = { 
/**
 * When (epoch µs).
 */
asked_at: number, 
/**
 * Who asked.
 */
asked_by: string, 
/**
 * What for.
 */
note: string | null, 
/**
 * When the desk answered (epoch µs).
 */
answered_at: number | null, 
/**
 * Who answered.
 */
answered_by: string | null, };
export type FieldNoteView = { 
/**
 * When (epoch µs).
 */
at: number, 
/**
 * Who wrote it.
 */
by: string, 
/**
 * The words; null when they were erased.
 */
text: string | null, };
export type DispatchView = { 
/**
 * Its id.
 */
id: DispatchId, 
/**
 * Version; grows with every change.
 */
version: number, 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The incident's spoken number.
 */
incident_number: string, 
/**
 * The agency's code.
 */
agency: string, 
/**
 * Lead or support.
 */
role: DispatchRole, 
/**
 * 1 for the first dispatch of the incident to the agency, 2 for the next, …
 */
revision: number, 
/**
 * Where it stands.
 */
state: DispatchState, 
/**
 * Units sent.
 */
units: Array<string>, 
/**
 * Its deliveries, one a channel.
 */
deliveries: Array<Delivery>, 
/**
 * Whether its deadline has passed and nobody has acknowledged yet.
 */
overdue: boolean, 
/**
 * Due instants (epoch µs) by what they wait for: `acknowledge` (the ladder's next step), `accept`, `on_scene`,
 * `help`.
 */
deadlines: Record<string, number>, 
/**
 * How often it has rung at the desk.
 */
overdue_level: number, 
/**
 * Reason of a rejection or withdrawal.
 */
reason: string | null, 
/**
 * When it was made (epoch µs).
 */
queued_at: number, 
/**
 * Who made it.
 */
queued_by: string, 
/**
 * When a channel first took it (epoch µs).
 */
sent_at: number | null, 
/**
 * When it first arrived (epoch µs).
 */
delivered_at: number | null, 
/**
 * When a person acknowledged it (epoch µs).
 */
acknowledged_at: number | null, 
/**
 * Who acknowledged it.
 */
acknowledged_by: string | null, 
/**
 * When the agency took it on (epoch µs).
 */
accepted_at: number | null, 
/**
 * When the first unit was on its way (epoch µs).
 */
en_route_at: number | null, 
/**
 * When the first unit was there (epoch µs).
 */
on_scene_at: number | null, 
/**
 * When it ended, however (epoch µs).
 */
ended_at: number | null, 
/**
 * The newest wording: 1, one more with each correction.
 */
wording: number, 
/**
 * When the incident was last corrected after the agency was told (epoch µs).
 */
corrected_at: number | null, 
/**
 * How it was acknowledged.
 */
acknowledged_via: Via | null, 
/**
 * What was said when it was acknowledged by word of mouth.
 */
acknowledged_note: string | null, 
/**
 * Four digits by which a message can be answered.
 */
reply_code: string | null, 
/**
 * The ladder's next step; null once somebody has acknowledged, and for the agency itself.
 */
next_step: NextStep | null, 
/**
 * Since when it stands in the supervisors' list (epoch µs).
 */
escalated_at: number | null, 
/**
 * What it is late with after it was acknowledged: `accept` or `on_scene`.
 */
late: string | null, 
/**
 * What is amiss with reaching the agency; for the desk.
 */
concern: Concern | null, 
/**
 * The field's last call for help.
 */
help: HelpView | null, 
/**
 * What the agency's people wrote down, in order.
 */
notes: Array<FieldNoteView>, 
/**
 * Pictures of the scene.
 */
photos: Array<Photo>, 
/**
 * Why the last answer to a message was not taken; for the desk.
 */
doubt: ReplyDoubt | null, 
/**
 * What this audience may do now.
 */
allowed_actions: Array<string>, };
export type UnitView = { 
/**
 * Its code; also its id.
 */
id: string, 
/**
 * Version; grows with every change.
 */
version: number, 
/**
 * The agency's code.
 */
agency: string, 
/**
 * Name on screen.
 */
name: string, 
/**
 * What it is, e.g. `pumper`.
 */
unit_kind: string, 
/**
 * Where it stands.
 */
state: UnitState, 
/**
 * Since when it stands there (epoch µs); null while nothing has moved it.
 */
since: number | null, 
/**
 * The dispatch it works for.
 */
dispatch: DispatchId | null, 
/**
 * The dispatch that lost it when it went out of service in the middle of its work.
 */
failed: DispatchId | null, 
/**
 * A word to where it stands.
 */
note: string | null, 
/**
 * Home station, WGS 84.
 */
lat: number, 
/**
 * Home station, WGS 84.
 */
lon: number, 
/**
 * Name of its home station.
 */
station: string | null, 
/**
 * People on board when it is manned.
 */
crew: number | null, 
/**
 * What it can do besides what its kind says.
 */
capabilities: Array<string>, 
/**
 * When its crew's shift begins each day, in the centre's own time: `HH:MM`.
 */
on_duty_since: string | null, 
/**
 * The states this audience may move it to now.
 */
allowed_actions: Array<string>, };
export type View = { "kind": "report" } & ReportView | { "kind": "incident" } & IncidentView | { "kind": "dispatch" } & DispatchView | { "kind": "unit" } & UnitView;
export type UnitPosition = { 
/**
 * The unit's code.
 */
id: string, 
/**
 * WGS 84 degrees.
 */
lat: number, 
/**
 * WGS 84 degrees.
 */
lon: number, 
/**
 * Radius of uncertainty in metres; null when the device does not tell.
 */
accuracy_m: number | null, 
/**
 * When the device was there (epoch µs).
 */
at: number, 
/**
 * Speed in km/h, when known.
 */
speed_kmh?: number, 
/**
 * Degrees from north, clockwise, when known.
 */
heading?: number, };
export type Cursor = { 
/**
 * The log's epoch; a restored log has a new one.
 */
epoch: string, 
/**
 * The last sequence number seen.
 */
seq: number, };
export type ClientMessage = { "type": "hello", 
/**
 * The protocol version the client speaks.
 */
protocol: number, 
/**
 * Where to go on from; absent for a fresh start.
 */
resume?: Cursor, 
/**
 * The close code of the connection before, if it was closed.
 */
last_close_reason?: string, 
/**
 * Which connection of this page it is, from 1.
 */
connection_count?: number, 
/**
 * The part of the map it shows, like `look`.
 */
look?: [number, number, number, number], } | { "type": "look", 
/**
 * West, south, east, north in WGS 84 degrees; null when no map is shown.
 */
area: [number, number, number, number] | null, };
export type ServerMessage = { "type": "welcome", 
/**
 * The protocol version the server speaks.
 */
protocol: number, 
/**
 * The log's epoch.
 */
epoch: string, 
/**
 * The log's head.
 */
head_seq: number, 
/**
 * The server's time (epoch µs).
 */
server_time: number, 
/**
 * Whether the centre is a drill centre: everything shown must say LATIHAN.
 */
drill: boolean, } | { "type": "snapshot", 
/**
 * The state is as of this sequence number.
 */
seq: number, 
/**
 * Part number, from 1; part 1 clears what the client held.
 */
part: number, 
/**
 * Number of parts.
 */
parts: number, 
/**
 * Views.
 */
items: Array<View>, } | { "type": "changes", 
/**
 * The client stands here after applying them.
 */
seq: number, 
/**
 * When the commands' reports were received (epoch µs), the oldest in the frame.
 */
received_at: number, 
/**
 * When the log had them for certain (epoch µs).
 */
committed_at: number, 
/**
 * Views.
 */
items: Array<View>, } | { "type": "positions", 
/**
 * Units, each once; one left out is where it was.
 */
units: Array<UnitPosition>, } | { "type": "tick", 
/**
 * The log's head.
 */
head_seq: number, 
/**
 * The server's time (epoch µs).
 */
server_time: number, 
/**
 * Events that many contacts tell of and nobody has confirmed; 0 for audiences outside the desk.
 */
surge: number, };
export type Problem = { 
/**
 * `about:blank`: the code says what it is.
 */
type: string, 
/**
 * Short title of the HTTP status.
 */
title: string, 
/**
 * HTTP status.
 */
status: number, 
/**
 * What was wrong, where, and what to do.
 */
detail: string, 
/**
 * Stable code, e.g. `illegal_step`.
 */
code: string, 
/**
 * JSON pointer to the field at fault.
 */
pointer?: string, 
/**
 * The state the thing is in, with `illegal_step`.
 */
state?: string, 
/**
 * What is possible instead, with `illegal_step`.
 */
allowed?: Array<string>, };
export type LogIn = { 
/**
 * Account name.
 */
user: string, 
/**
 * Password.
 */
password: string, };
export type ReporterInput = { 
/**
 * Name, up to 200 characters.
 */
name?: string, 
/**
 * Number, up to 32 characters.
 */
phone?: string, };
export type LocationInput = { 
/**
 * Latitude, WGS 84 degrees, -90 to 90.
 */
lat: number, 
/**
 * Longitude, WGS 84 degrees, -180 to 180.
 */
lon: number, 
/**
 * Radius of uncertainty in metres, not negative.
 */
accuracy_m?: number, 
/**
 * Where it came from: `operator_pin`, `device`, `pin`, `forwarded_pin`, `network`, `cell`, `sensor` …
 */
source?: string, };
export type InstantInput = number | string;
export type CallInput = { 
/**
 * How long it rang, milliseconds.
 */
ring_ms?: number, 
/**
 * How long nobody spoke after it was answered, milliseconds.
 */
silent_ms?: number, };
export type CreateReport = { 
/**
 * How it came in.
 */
channel: Channel, 
/**
 * The caller's words, 1 to 4,000 characters.
 */
text: string, 
/**
 * The reporter.
 */
reporter?: ReporterInput, 
/**
 * Where.
 */
location?: LocationInput, 
/**
 * The place in the caller's words, up to 500 characters.
 */
place_text?: string, 
/**
 * When it happened.
 */
occurred_at?: InstantInput, 
/**
 * The channel's own id: the same one gives the first answer again.
 */
external_id?: string, 
/**
 * How the call went.
 */
call?: CallInput, };
export type PreviewTriage = { 
/**
 * The words so far, up to 4,000 characters; may be empty.
 */
text: string, 
/**
 * Where.
 */
location?: LocationInput, 
/**
 * The place in the caller's words.
 */
place_text?: string, 
/**
 * Who reports: the number finds what is known of it.
 */
reporter?: ReporterInput, 
/**
 * The stored report that is read again: it is not compared with itself.
 */
report?: ReportId, 
/**
 * How the call went so far.
 */
call?: CallInput, };
export type RankContact = { 
/**
 * How far behind; null brings the contact forward again, with what waits behind for it.
 */
level: HoldLevel | null, 
/**
 * For how many hours, 1 to 168; a day when absent.
 */
hours?: number, };
export type SetOutcome = { 
/**
 * How the contact ended.
 */
outcome: Outcome, 
/**
 * The incident, with `attached`.
 */
incident?: IncidentId, 
/**
 * A note, up to 1,000 characters.
 */
note?: string, };
export type PlaceInput = { 
/**
 * Latitude, WGS 84 degrees.
 */
lat?: number, 
/**
 * Longitude, WGS 84 degrees.
 */
lon?: number, 
/**
 * Radius of uncertainty in metres.
 */
accuracy_m?: number, 
/**
 * Where the point came from; `operator_pin` when absent.
 */
source?: string, 
/**
 * Name of the place.
 */
label?: string, 
/**
 * Village code, when there is no point.
 */
village_code?: string, };
export type AddLandmark = { 
/**
 * What people call it, up to 120 characters.
 */
name: string, 
/**
 * Latitude, WGS 84 degrees.
 */
lat: number, 
/**
 * Longitude, WGS 84 degrees.
 */
lon: number, };
export type ChangeLandmark = { 
/**
 * What people call it, up to 120 characters.
 */
name?: string, 
/**
 * Latitude, WGS 84 degrees; with `lon`.
 */
lat?: number, 
/**
 * Longitude, WGS 84 degrees; with `lat`.
 */
lon?: number, };
export type OpenIncident = { 
/**
 * Waiting reports, at least one.
 */
report_ids: Array<ReportId>, 
/**
 * Type code of the catalogue, or a category's code for its general type.
 */
type: string, 
/**
 * How urgent.
 */
priority: Priority, 
/**
 * Where; absent or null takes the first report's place.
 */
place?: PlaceInput, };
export type ChangeIncident = { 
/**
 * The version last seen: another one is refused with 409.
 */
version?: number, 
/**
 * Type code or category code.
 */
type?: string, 
/**
 * How urgent.
 */
priority?: Priority, 
/**
 * Where.
 */
place?: PlaceInput, };
export type MergeIncident = { 
/**
 * The incident that this one becomes part of.
 */
into: IncidentId, };
export type SplitIncident = { 
/**
 * Reports that leave; at least one must stay.
 */
report_ids: Array<ReportId>, 
/**
 * Type of the new incident; the old one's when absent.
 */
type?: string, 
/**
 * Priority of the new incident.
 */
priority?: Priority, 
/**
 * Place of the new incident.
 */
place?: PlaceInput, };
export type EndIncident = { 
/**
 * How it is closed (close only).
 */
result?: CloseResult, 
/**
 * A note, up to 1,000 characters.
 */
note?: string, 
/**
 * Why it is taken up again (reopen only, required there).
 */
reason?: string, };
export type CreateDispatch = { 
/**
 * The agency's code.
 */
agency: string, 
/**
 * Lead or support.
 */
role: DispatchRole, 
/**
 * Units, by code.
 */
units?: Array<string>, 
/**
 * What was recommended, as the operator saw it: when it is not what is sent, that is recorded.
 */
recommended?: RecommendedInput, };
export type ActOnDispatch = { 
/**
 * Why (reject: required), up to 1,000 characters.
 */
reason?: string, 
/**
 * Who acknowledged by word of mouth, and how (desk, acknowledge), up to 1,000 characters.
 */
verbal?: string, 
/**
 * Units that go, by code.
 */
units?: Array<string>, };
export type MoveUnit = { 
/**
 * Where it stands now: one of its `allowed_actions`.
 */
state: UnitState, 
/**
 * A word to it; asked for when a unit at work goes out of service.
 */
note?: string, };
export type UnitAnswer = { 
/**
 * The unit.
 */
unit: UnitView, 
/**
 * The log's number.
 */
seq: number, };
export type LastPosition = { 
/**
 * WGS 84 degrees.
 */
lat: number, 
/**
 * WGS 84 degrees.
 */
lon: number, 
/**
 * Radius of uncertainty in metres.
 */
accuracy_m: number | null, 
/**
 * When the device was there (epoch µs).
 */
at: number, 
/**
 * How long ago that was when this was answered, in milliseconds.
 */
age_ms: number, 
/**
 * Speed in km/h.
 */
speed_kmh: number | null, 
/**
 * Degrees from north, clockwise.
 */
heading: number | null, };
export type PlacedUnit = { 
/**
 * Where it was last; absent when it never told.
 */
position?: LastPosition, 
/**
 * Its code; also its id.
 */
id: string, 
/**
 * Version; grows with every change.
 */
version: number, 
/**
 * The agency's code.
 */
agency: string, 
/**
 * Name on screen.
 */
name: string, 
/**
 * What it is, e.g. `pumper`.
 */
unit_kind: string, 
/**
 * Where it stands.
 */
state: UnitState, 
/**
 * Since when it stands there (epoch µs); null while nothing has moved it.
 */
since: number | null, 
/**
 * The dispatch it works for.
 */
dispatch: DispatchId | null, 
/**
 * The dispatch that lost it when it went out of service in the middle of its work.
 */
failed: DispatchId | null, 
/**
 * A word to where it stands.
 */
note: string | null, 
/**
 * Home station, WGS 84.
 */
lat: number, 
/**
 * Home station, WGS 84.
 */
lon: number, 
/**
 * Name of its home station.
 */
station: string | null, 
/**
 * People on board when it is manned.
 */
crew: number | null, 
/**
 * What it can do besides what its kind says.
 */
capabilities: Array<string>, 
/**
 * When its crew's shift begins each day, in the centre's own time: `HH:MM`.
 */
on_duty_since: string | null, 
/**
 * The states this audience may move it to now.
 */
allowed_actions: Array<string>, };
export type TellPosition = { 
/**
 * WGS 84 degrees.
 */
lat: number, 
/**
 * WGS 84 degrees.
 */
lon: number, 
/**
 * Radius of uncertainty in metres, above 0; left out when it is not known.
 */
accuracy_m?: number, 
/**
 * When the device was there; now when left out.
 */
at?: InstantInput, 
/**
 * Speed in km/h.
 */
speed_kmh?: number, 
/**
 * Degrees from north, clockwise.
 */
heading?: number, };
export type PositionsTaken = { 
/**
 * How many are their unit's position now.
 */
taken: number, 
/**
 * How many came too late: a newer one of that unit is known.
 */
older: number, 
/**
 * How many told only that the device does not know where it is.
 */
no_fix: number, 
/**
 * Those that could not be used.
 */
refused: Array<RefusedPosition>, };
export type RefusedPosition = { 
/**
 * Its place in the array, from 0.
 */
index: number, 
/**
 * The stable code of the problem it would have been alone.
 */
code: string, 
/**
 * JSON pointer into it.
 */
pointer: string | null, 
/**
 * What was wrong and what to do.
 */
detail: string, };
export type TrackPoint = { 
/**
 * When the device was there (epoch µs).
 */
at: number, 
/**
 * WGS 84 degrees.
 */
lat: number, 
/**
 * WGS 84 degrees.
 */
lon: number, 
/**
 * Radius of uncertainty in metres.
 */
accuracy_m: number | null, 
/**
 * Speed in km/h.
 */
speed_kmh: number | null, 
/**
 * Degrees from north, clockwise.
 */
heading: number | null, };
export type UnitDevices = { 
/**
 * What they call themselves: a Traccar `uniqueId`, an OwnTracks `user/device` or `tid`. At most 8.
 */
devices: Array<string>, };
export type AskForHelp = { 
/**
 * What for, up to 1,000 characters.
 */
note?: string, };
export type AddFieldNote = { 
/**
 * What is worth knowing, up to 1,000 characters.
 */
note: string, };
export type ContactView = { 
/**
 * Its code, unique in the agency.
 */
code: string, 
/**
 * Who it is.
 */
name: string, 
/**
 * Number to ring.
 */
phone: string | null, 
/**
 * Who comes first when nobody is on duty; the smallest first.
 */
place: number, 
/**
 * Its address by channel.
 */
channels: Partial<Record<DeliveryChannel, string>>, 
/**
 * Whether dispatches are told to it now, and as the how manieth: 1 first contact, 2 second …
 */
on_duty: number | null, };
export type DutyView = { 
/**
 * The contact's code.
 */
contact: string, 
/**
 * From when (epoch µs).
 */
from: number, 
/**
 * Until before when (epoch µs).
 */
until: number, 
/**
 * 1 first contact, 2 second contact …
 */
place: number, };
export type ContactsAnswer = { 
/**
 * The contacts, the first first.
 */
contacts: Array<ContactView>, 
/**
 * Turns of duty that are not over.
 */
duties: Array<DutyView>, 
/**
 * Channels of the agency itself besides its console: webhook, push.
 */
links: Array<DeliveryChannel>, };
export type PutContact = { 
/**
 * Who it is, up to 200 characters.
 */
name: string, 
/**
 * Number to ring.
 */
phone?: string, 
/**
 * Who comes first when nobody is on duty; default 1.
 */
place?: number, 
/**
 * Its address by channel: number, chat id, e-mail address.
 */
channels?: Partial<Record<DeliveryChannel, string>>, };
export type DutyInput = { 
/**
 * The contact's code.
 */
contact: string, 
/**
 * From when.
 */
from: InstantInput, 
/**
 * Until before when.
 */
until: InstantInput, 
/**
 * 1 first contact (default), 2 second contact …
 */
place?: number, };
export type PutDuties = { 
/**
 * The turns.
 */
duties: Array<DutyInput>, };
export type PushKeyAnswer = { 
/**
 * The public key, base64url.
 */
key: string, };
export type PushKeys = { 
/**
 * Its public key.
 */
p256dh: string, 
/**
 * Its secret.
 */
auth: string, };
export type PutPush = { 
/**
 * The push service's address for this browser.
 */
endpoint: string, 
/**
 * The browser's keys.
 */
keys: PushKeys, };
export type DropPush = { 
/**
 * The push service's address for it.
 */
endpoint: string, };
export type CategoryCandidate = { 
/**
 * The category.
 */
category: Category, 
/**
 * 0 to 1.
 */
probability: number, };
export type TypeProbability = { 
/**
 * The type's code.
 */
type: string, 
/**
 * 0 to 1.
 */
probability: number, };
export type TriageReason = { 
/**
 * What it bears on: `category`, `priority`, `nuisance` or `negation`.
 */
kind: string, 
/**
 * The words that caused it, as the lexicon has them.
 */
words: string, 
/**
 * What followed, e.g. `fire +2.0` or `P1`.
 */
effect: string, };
export type NuisanceAnswer = { 
/**
 * 0 (real) to 1.
 */
score: number, 
/**
 * `ghost`, `prank`, `test` or `accidental`, when likely.
 */
kind: string | null, 
/**
 * Why, in Indonesian: words of the text, the number's history, how the call went.
 */
reasons: Array<string>, };
export type TriageAnswer = { 
/**
 * Suggested category; null when nothing was understood.
 */
category: Category | null, 
/**
 * Suggested type code.
 */
type: string | null, 
/**
 * The likeliest types of the suggested category, best first.
 */
types: Array<TypeProbability>, 
/**
 * Suggested priority.
 */
priority: Priority, 
/**
 * How sure the priority is, 0 to 1.
 */
priority_confidence: number, 
/**
 * Names of the cues found in the text, e.g. `trapped`, `unconscious`.
 */
cues: Array<string>, 
/**
 * How sure, 0 to 1.
 */
confidence: number, 
/**
 * Whether the suggestion is too weak to be used without a look.
 */
unsure: boolean, 
/**
 * The likeliest categories.
 */
candidates: Array<CategoryCandidate>, 
/**
 * The words that weighed.
 */
reasons: Array<TriageReason>, 
/**
 * Nuisance.
 */
nuisance: NuisanceAnswer, 
/**
 * `id`, `jv`, `en`, `mix` or `unknown`.
 */
language: string, };
export type PlaceCandidate = { 
/**
 * Its name.
 */
name: string, 
/**
 * `village`, `district`, `street`, `landmark` …
 */
kind: string, 
/**
 * Village name, if it lies in one.
 */
village: string | null, 
/**
 * District name.
 */
district: string | null, 
/**
 * Regency or city name.
 */
regency: string | null, 
/**
 * Latitude, WGS 84 degrees.
 */
lat: number, 
/**
 * Longitude, WGS 84 degrees.
 */
lon: number, 
/**
 * 0 to 1.
 */
score: number, 
/**
 * Why it was found.
 */
reason: string, };
export type PlaceAnswer = { 
/**
 * Whether the words mean several places equally well; then none was taken.
 */
ambiguous: boolean, 
/**
 * Candidates, the best first.
 */
candidates: Array<PlaceCandidate>, 
/**
 * What the words say of the place: `silent`, `no_place`, `unknown_place`, `ambiguous`, `found`,
 * `position` or `off_the_map`.
 */
verdict: string, 
/**
 * Latitude, WGS 84 degrees.
 */
lat: number | null, 
/**
 * Longitude, WGS 84 degrees.
 */
lon: number | null, 
/**
 * Radius of uncertainty in metres, if known.
 */
accuracy_m: number | null, 
/**
 * Where the point came from.
 */
source: ClaimSource | null, 
/**
 * Name of the place as the gazetteer or the operator gives it.
 */
label: string | null, 
/**
 * Village (desa/kelurahan) code, e.g. `35.71.01.1001`.
 */
village_code: string | null, 
/**
 * Village name.
 */
village: string | null, 
/**
 * District (kecamatan) name.
 */
district: string | null, 
/**
 * Regency or city name.
 */
regency: string | null, 
/**
 * Regency or city code, e.g. `35.71`.
 */
regency_code: string | null, 
/**
 * How sure the area is, 0 to 1.
 */
confidence: number | null, };
export type LandmarkAnswer = { 
/**
 * Its id.
 */
id: string, 
/**
 * What people call it.
 */
name: string, 
/**
 * Latitude, WGS 84 degrees.
 */
lat: number, 
/**
 * Longitude, WGS 84 degrees.
 */
lon: number, 
/**
 * Account of whoever added it.
 */
added_by: string, 
/**
 * Account of whoever corrected it last.
 */
changed_by: string | null, 
/**
 * Whether the caller may take it away.
 */
may_remove: boolean, 
/**
 * Village name, if it lies in one.
 */
village: string | null, 
/**
 * District name.
 */
district: string | null, 
/**
 * Regency or city name.
 */
regency: string | null, };
export type LikenessAnswer = { 
/**
 * The other's spoken number.
 */
number: string, 
/**
 * 0 to 1.
 */
score: number, 
/**
 * Distance in metres, when both places are known.
 */
distance_m: number | null, 
/**
 * Minutes between the two.
 */
minutes: number, 
/**
 * Why, in Indonesian.
 */
reasons: Array<string>, };
export type DuplicateAnswer = { 
/**
 * The incident.
 */
incident: IncidentId, 
/**
 * The other's spoken number.
 */
number: string, 
/**
 * 0 to 1.
 */
score: number, 
/**
 * Distance in metres, when both places are known.
 */
distance_m: number | null, 
/**
 * Minutes between the two.
 */
minutes: number, 
/**
 * Why, in Indonesian.
 */
reasons: Array<string>, };
export type WaitingDuplicateAnswer = { 
/**
 * The report.
 */
report: ReportId, 
/**
 * The other's spoken number.
 */
number: string, 
/**
 * 0 to 1.
 */
score: number, 
/**
 * Distance in metres, when both places are known.
 */
distance_m: number | null, 
/**
 * Minutes between the two.
 */
minutes: number, 
/**
 * Why, in Indonesian.
 */
reasons: Array<string>, };
export type NoveltyAnswer = { 
/**
 * The lane it waits in.
 */
lane: Lane, 
/**
 * The known event it was compared with, if that is confirmed.
 */
incident: IncidentId | null, };
export type ContactAnswer = { 
/**
 * How the earlier reports of this number ended.
 */
history: ContactHistory, 
/**
 * Whether it was put behind.
 */
held_back: HeldBack | null, };
export type SurgeProposal = { 
/**
 * What it is about.
 */
category: Category, 
/**
 * The type told most often.
 */
type: string | null, 
/**
 * The most urgent priority told.
 */
priority: Priority, 
/**
 * When the first of its contacts came in (epoch µs).
 */
since: number, 
/**
 * When the last one came in (epoch µs).
 */
last: number, 
/**
 * How many contacts.
 */
contacts: number, 
/**
 * How many different callers.
 */
callers: number, 
/**
 * The middle of their positions, WGS 84 degrees.
 */
lat: number | null, 
/**
 * The middle of their positions, WGS 84 degrees.
 */
lon: number | null, 
/**
 * How far their positions lie from the middle, metres.
 */
radius_m: number | null, 
/**
 * Words of the place that at least two said.
 */
place_words: Array<string>, 
/**
 * Its reports that wait without an incident, the earliest first.
 */
waiting: Array<ReportId>, 
/**
 * The live incident that most of the others belong to.
 */
incident: IncidentId | null, };
export type Understanding = { 
/**
 * What it is and how urgent.
 */
triage: TriageAnswer, 
/**
 * Where.
 */
place: PlaceAnswer, 
/**
 * Who is responsible, lead first.
 */
agencies: Array<ProposedAgency>, 
/**
 * Incidents that may be the same, the likeliest first.
 */
duplicates: Array<DuplicateAnswer>, 
/**
 * Waiting reports that may be about the same, the likeliest first.
 */
waiting: Array<WaitingDuplicateAnswer>, 
/**
 * How new it is.
 */
novelty: NoveltyAnswer, 
/**
 * What is known of who reports.
 */
contact: ContactAnswer, };
export type ReportStored = { 
/**
 * The report.
 */
report: ReportView, 
/**
 * The log's number.
 */
seq: number, 
/**
 * What it is and how urgent.
 */
triage: TriageAnswer, 
/**
 * Where.
 */
place: PlaceAnswer, 
/**
 * Who is responsible, lead first.
 */
agencies: Array<ProposedAgency>, 
/**
 * Incidents that may be the same, the likeliest first.
 */
duplicates: Array<DuplicateAnswer>, 
/**
 * Waiting reports that may be about the same, the likeliest first.
 */
waiting: Array<WaitingDuplicateAnswer>, 
/**
 * How new it is.
 */
novelty: NoveltyAnswer, 
/**
 * What is known of who reports.
 */
contact: ContactAnswer, };
export type ReportAnswer = { 
/**
 * The report.
 */
report: ReportView, 
/**
 * The log's number.
 */
seq: number, };
export type IncidentAnswer = { 
/**
 * The incident.
 */
incident: IncidentView, 
/**
 * The log's number.
 */
seq: number, };
export type DispatchAnswer = { 
/**
 * The dispatch.
 */
dispatch: DispatchView, 
/**
 * The log's number.
 */
seq: number, };
export type GrantAnswer = { 
/**
 * The centre's code.
 */
centre: string, 
/**
 * The centre's name.
 */
centre_name: string, 
/**
 * Whether it is a drill centre.
 */
drill: boolean, 
/**
 * The role there.
 */
role: Role, 
/**
 * The agency, with the role agency.
 */
agency: string | null, };
export type SessionAnswer = { 
/**
 * Account name.
 */
user: string, 
/**
 * What it may be, by centre.
 */
grants: Array<GrantAnswer>, 
/**
 * When the session ends (epoch µs).
 */
expires_at: number, };
export type CentreAnswer = { 
/**
 * The centre.
 */
profile: CentreProfile, 
/**
 * Its catalogue.
 */
types: Array<IncidentType>, 
/**
 * Its agencies.
 */
agencies: Array<Agency>, };
export type JurisdictionAnswer = { 
/**
 * Village; null outside of every boundary loaded.
 */
village: string | null, 
/**
 * Village code.
 */
village_code: string | null, 
/**
 * District.
 */
district: string | null, 
/**
 * Regency or city.
 */
regency: string | null, 
/**
 * Its code.
 */
regency_code: string | null, 
/**
 * How it was found: `contains`, `tie`, `nearest` or `outside`.
 */
method: string, 
/**
 * How sure, 0 to 1.
 */
confidence: number, 
/**
 * Other regencies that the uncertainty reaches.
 */
alternatives: Array<string>, 
/**
 * Agencies by category, lead first.
 */
agencies: Record<string, Array<ProposedAgency>>, };
export type AgreementCounts = { 
/**
 * Reports whose incident is closed.
 */
reports: number, 
/**
 * Of these: closed under the category that was suggested. Nothing suggested is not kept.
 */
category_kept: number, 
/**
 * Closed under the type that was suggested.
 */
type_kept: number, 
/**
 * Closed with the priority that was suggested.
 */
priority_kept: number, 
/**
 * `category_kept` by `reports`, 0 to 1; 0 without reports.
 */
accuracy: number, 
/**
 * `priority_kept` by `reports`, 0 to 1; 0 without reports.
 */
priority_accuracy: number, };
export type CategoryAgreement = { 
/**
 * The category that people set in the end.
 */
category: Category, 
/**
 * Reports whose incident is closed.
 */
reports: number, 
/**
 * Of these: closed under the category that was suggested. Nothing suggested is not kept.
 */
category_kept: number, 
/**
 * Closed under the type that was suggested.
 */
type_kept: number, 
/**
 * Closed with the priority that was suggested.
 */
priority_kept: number, 
/**
 * `category_kept` by `reports`, 0 to 1; 0 without reports.
 */
accuracy: number, 
/**
 * `priority_kept` by `reports`, 0 to 1; 0 without reports.
 */
priority_accuracy: number, };
export type MonthAgreement = { 
/**
 * The month in which the reports arrived, by the centre's clock, e.g. `2026-11`.
 */
month: string, 
/**
 * Reports whose incident is closed.
 */
reports: number, 
/**
 * Of these: closed under the category that was suggested. Nothing suggested is not kept.
 */
category_kept: number, 
/**
 * Closed under the type that was suggested.
 */
type_kept: number, 
/**
 * Closed with the priority that was suggested.
 */
priority_kept: number, 
/**
 * `category_kept` by `reports`, 0 to 1; 0 without reports.
 */
accuracy: number, 
/**
 * `priority_kept` by `reports`, 0 to 1; 0 without reports.
 */
priority_accuracy: number, };
export type OperatorAgreement = { 
/**
 * The account that opened the incident.
 */
operator: string, 
/**
 * Reports whose incident is closed.
 */
reports: number, 
/**
 * Of these: closed under the category that was suggested. Nothing suggested is not kept.
 */
category_kept: number, 
/**
 * Closed under the type that was suggested.
 */
type_kept: number, 
/**
 * Closed with the priority that was suggested.
 */
priority_kept: number, 
/**
 * `category_kept` by `reports`, 0 to 1; 0 without reports.
 */
accuracy: number, 
/**
 * `priority_kept` by `reports`, 0 to 1; 0 without reports.
 */
priority_accuracy: number, };
export type CalibrationBin = { 
/**
 * Least confidence of the bin, 0 to 0.9.
 */
from: number, 
/**
 * Reports in it; bins without reports are left out.
 */
reports: number, 
/**
 * Their mean confidence, 0 to 1.
 */
confidence: number, 
/**
 * The share of them whose category was kept, 0 to 1: as high as the confidence when that is true.
 */
accuracy: number, };
export type AgreementDrift = { 
/**
 * Reports looked at as the newest: 200, or fewer when there are no more.
 */
newest_reports: number, 
/**
 * The share of them whose category was kept, 0 to 1.
 */
newest_accuracy: number, 
/**
 * Reports before those: 1,000, or fewer when there are no more.
 */
before_reports: number, 
/**
 * The share of them whose category was kept, 0 to 1.
 */
before_accuracy: number, 
/**
 * The difference in standard errors (two-proportion z, pooled), negative when the newest are kept less
 * often; null with fewer than 200 and 1,000 reports, and when every report or none was kept.
 */
z: number | null, 
/**
 * Whether `z` lies below −2.326: by chance alone that happens in one of a hundred looks (99 %,
 * one-sided).
 */
drifted: boolean, };
export type AgreementAnswer = { 
/**
 * Reports that arrived from here on (epoch µs).
 */
from: number, 
/**
 * Up to before here (epoch µs).
 */
to: number, 
/**
 * Whether the range holds more reports than are counted; then the oldest are left out.
 */
truncated: boolean, 
/**
 * All of them.
 */
total: AgreementCounts, 
/**
 * By the category set in the end, in catalogue order; those that occur.
 */
categories: Array<CategoryAgreement>, 
/**
 * By month of arrival, the newest first.
 */
months: Array<MonthAgreement>, 
/**
 * By who opened the incident, in order of name.
 */
operators: Array<OperatorAgreement>, 
/**
 * By how sure the suggestion was, in ten bins of a tenth each; those that occur.
 */
calibration: Array<CalibrationBin>, 
/**
 * Whether agreement has fallen within the range.
 */
drift: AgreementDrift, };
export type UnitNeed = { 
/**
 * What they are, e.g. `pumper`.
 */
kind?: string, 
/**
 * What they can do, e.g. `extrication`.
 */
capability?: string, 
/**
 * Only of this kind of agency, where several have such units.
 */
agency?: string, 
/**
 * How many.
 */
count: number, };
export type TravelSource = "road" | "detour";
export type PickReason = { "code": "nearest", 
/**
 * 1 for the nearest.
 */
rank: number, 
/**
 * How many could go.
 */
among: number, } | { "code": "travel", 
/**
 * Milliseconds.
 */
ms: number, 
/**
 * Who says so.
 */
source: TravelSource, } | { "code": "place_unknown" } | { "code": "capability", 
/**
 * What.
 */
capability: string, } | { "code": "crew", 
/**
 * People.
 */
crew: number, 
/**
 * As many must be.
 */
minimum: number, } | { "code": "position_age", 
/**
 * Milliseconds.
 */
ms: number, } | { "code": "from_station" } | { "code": "other_agency", 
/**
 * The agency's code.
 */
agency: string, } | { "code": "spares_coverage", 
/**
 * Their codes.
 */
instead_of: Array<string>, } | { "code": "uncovers_station", 
/**
 * The station.
 */
station: string, 
/**
 * How many of its kind are left there.
 */
left: number, } | { "code": "long_on_duty", 
/**
 * Milliseconds.
 */
ms: number, };
export type PassReason = { "code": "busy", 
/**
 * Where it stands.
 */
state: UnitState, } | { "code": "out_of_service" } | { "code": "agency_refused" } | { "code": "stale_position", 
/**
 * Milliseconds.
 */
ms: number, } | { "code": "too_far", 
/**
 * Milliseconds.
 */
ms: number, } | { "code": "no_road" } | { "code": "crew_too_small", 
/**
 * People.
 */
crew: number, 
/**
 * As many must be.
 */
minimum: number, } | { "code": "reserve", 
/**
 * Milliseconds of travel; none when nobody knows where the incident is.
 */
ms: number | null, };
export type ShortReason = { "code": "none_exist" } | { "code": "all_picked", 
/**
 * How many.
 */
count: number, } | { "code": "passed_over", 
/**
 * The code of [`PassReason`].
 */
why: string, 
/**
 * How many.
 */
count: number, };
export type Filled = { 
/**
 * The unit's code.
 */
unit: string, 
/**
 * Its agency's code.
 */
agency: string, 
/**
 * The kind or capability it is there for.
 */
fills: string, };
export type MoveUp = { 
/**
 * The station.
 */
station: string, 
/**
 * The kind of unit that it lacks.
 */
unit_kind: string, 
/**
 * How many of that kind are left there.
 */
left: number, 
/**
 * The unit that could move there; none when no other station can spare one.
 */
unit: string | null, 
/**
 * The station that unit comes from.
 */
from: string | null, 
/**
 * How far it is from there as the crow flies, in metres.
 */
distance_m: number | null, };
export type PlanAnswer = { 
/**
 * Its code.
 */
code: string, 
/**
 * Its name, Indonesian.
 */
name: string, 
/**
 * Version of the plans.
 */
version: string, 
/**
 * How many alarms it has.
 */
alarms: number, 
/**
 * When this alarm is struck, Indonesian; empty where the plan does not say.
 */
when: string, };
export type AgencyRecommendation = { 
/**
 * Its newest dispatch for this incident.
 */
dispatch: DispatchId | null, 
/**
 * Where that stands.
 */
state: DispatchState | null, 
/**
 * The agency's code.
 */
agency: string, 
/**
 * What it is anywhere, e.g. `damkar`.
 */
kind: string, 
/**
 * Its name on screen.
 */
name: string, 
/**
 * Lead or support.
 */
role: DispatchRole, 
/**
 * Why, in Indonesian: rule and area.
 */
reason: string, 
/**
 * The version of the routing table that says so; empty where the city keeps none.
 */
policy_version: string, };
export type InformedAgency = { 
/**
 * Its code.
 */
agency: string, 
/**
 * What it is anywhere.
 */
kind: string, 
/**
 * Its name on screen.
 */
name: string, };
export type NeedAnswer = { 
/**
 * In words.
 */
words: string, 
/**
 * What they are, e.g. `pumper`.
 */
kind?: string, 
/**
 * What they can do, e.g. `extrication`.
 */
capability?: string, 
/**
 * Only of this kind of agency, where several have such units.
 */
agency?: string, 
/**
 * How many.
 */
count: number, };
export type PickAnswer = { 
/**
 * The unit's code.
 */
unit: string, 
/**
 * Its agency's code.
 */
agency: string, 
/**
 * The kind or capability it is to fill.
 */
fills: string, 
/**
 * Milliseconds of travel; null when nobody knows where the incident is.
 */
travel_ms: number | null, 
/**
 * Why, the weightiest first.
 */
reasons: Array<PickReason>, 
/**
 * The same in words, one a reason.
 */
words: Array<string>, };
export type ShortfallAnswer = { 
/**
 * What is needed.
 */
need: NeedAnswer, 
/**
 * How many are missing.
 */
missing: number, 
/**
 * Why.
 */
reasons: Array<ShortReason>, 
/**
 * The same in words, one a reason.
 */
words: Array<string>, };
export type MoveAnswer = { 
/**
 * In words.
 */
words: string, 
/**
 * The station.
 */
station: string, 
/**
 * The kind of unit that it lacks.
 */
unit_kind: string, 
/**
 * How many of that kind are left there.
 */
left: number, 
/**
 * The unit that could move there; none when no other station can spare one.
 */
unit: string | null, 
/**
 * The station that unit comes from.
 */
from: string | null, 
/**
 * How far it is from there as the crow flies, in metres.
 */
distance_m: number | null, };
export type PassedOverAnswer = { 
/**
 * The unit's code.
 */
unit: string, 
/**
 * Its agency's code.
 */
agency: string, 
/**
 * Why.
 */
reason: PassReason, 
/**
 * The same in words.
 */
words: string, };
export type UnitRecommendation = { 
/**
 * What the plan asks for up to this alarm.
 */
needs: Array<NeedAnswer>, 
/**
 * Units that are on the incident and fill a need.
 */
already: Array<Filled>, 
/**
 * Units to send.
 */
picks: Array<PickAnswer>, 
/**
 * What cannot be met.
 */
shortfalls: Array<ShortfallAnswer>, 
/**
 * Stations left uncovered, and who could move up.
 */
moves: Array<MoveAnswer>, 
/**
 * Units of the sorts asked for that are not picked, the nearest first, 30 at most.
 */
passed_over: Array<PassedOverAnswer>, 
/**
 * How many more there are.
 */
passed_over_more: number, };
export type TravelAnswer = { 
/**
 * By road, or estimated.
 */
source: TravelSource, 
/**
 * Why the road server could not be used: `timeout`, `unreachable`, `status`, `malformed`, `no_route`,
 * `resting`; null when it was, and when none is set up.
 */
fell_back: string | null, 
/**
 * The same in words.
 */
words: string | null, };
export type RecommendationAnswer = { 
/**
 * Version of the routing table.
 */
policy_version: string, 
/**
 * The response plan that is meant; null when the city has none for this.
 */
plan: PlanAnswer | null, 
/**
 * The alarm that is recommended for.
 */
alarm: number, 
/**
 * The alarm struck so far; 0 when none was.
 */
alarm_level: number, 
/**
 * The agencies, lead first, and those that work on it already.
 */
agencies: Array<AgencyRecommendation>, 
/**
 * Who comes next after the agencies that refused, the best first.
 */
next_best: Array<ProposedAgency>, 
/**
 * The lead has refused and nobody is left to lead: a person must find somebody.
 */
nobody_leads: boolean, 
/**
 * Units.
 */
units: UnitRecommendation, 
/**
 * Who is told and need not acknowledge.
 */
inform: Array<InformedAgency>, 
/**
 * How travel times were had.
 */
travel: TravelAnswer, };
export type RecommendFor = { 
/**
 * Type code, or a category for its general type.
 */
type: string, 
/**
 * Priority; the type's own when absent.
 */
priority?: Priority, 
/**
 * Where.
 */
place?: PlaceInput, 
/**
 * The caller's words, for the city's rules by cues, up to 4,000 characters.
 */
text?: string, 
/**
 * The alarm, 1 to 9; 1 when absent.
 */
alarm?: number, };
export type RecommendedInput = { 
/**
 * Version of the routing table that the recommendation named.
 */
policy_version: string, 
/**
 * The agency; absent when none was recommended.
 */
agency?: string, 
/**
 * Units of the agency that is sent, up to 50.
 */
units: Array<string>, 
/**
 * Why it was decided otherwise, up to 1,000 characters.
 */
reason?: string, };
export type AlarmDispatch = { 
/**
 * The agency's code.
 */
agency: string, 
/**
 * Lead or support; what it is already when it works on the incident.
 */
role: DispatchRole, 
/**
 * Units to send with it.
 */
units?: Array<string>, 
/**
 * What was recommended, as the operator saw it: when it is not what is sent, that is recorded.
 */
recommended?: RecommendedInput, };
export type StrikeAlarm = { 
/**
 * The alarm to strike: one more than the one struck so far.
 */
level: number, 
/**
 * Who goes; what is recommended when absent.
 */
dispatches?: Array<AlarmDispatch>, };
export const CLOSE_CODES = {
  GoingAway: 4000,
  HelloTimeout: 4001,
  TooSlow: 4008,
  BadMessage: 4500,
  Revoked: 4501,
  WrongProtocol: 4502,
} as const;
export type Page<T> = { items: Array<T>, next: string | null, };
