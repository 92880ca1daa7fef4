## Logging in and choosing a centre
starting = Starting…
login-title = Log in
login-lead = Emergency call centre
user-name = User name
password = Password
log-in = Log in
log-out = Log out
session-ended = Your session has ended. Log in again to go on; what you had not saved is still there.
choose-centre = Choose a centre
other-centre = Another centre
no-grants = This account has no task in any centre yet. Ask the administrator.
loading-centre = Loading { $centre }…
try-again = Try again
drill = LATIHAN (DRILL)

## Connection
link = Connection
link-connecting = Connecting…
link-fresh = Connected
link-stale = Stale
link-lost = Disconnected
link-stale-long = Stale: the server is silent.
link-lost-long = Connection lost.
link-consequence = What you see may have changed. No command can be sent; the report being written stays on this screen.
link-short = Nothing can be sent.
link-seconds = Last heard { $seconds } seconds ago
lag = Age of the data

## Top line
waiting-count = Waiting
oldest-wait = Oldest
start-shift = Start shift
mute = Mute 30 s
muted-for = Muted { $seconds } s
command = Command
help = Key help
surge-count = Surge: { $count }
watch-count = { $count } to see to
contacts = Contacts and duty

## Queue
queue = Queue
queue-waiting = Waiting
queue-active = In hand
queue-closed = Closed in 24 h
queue-fresh = { $count } new – show
queue-came = { $count } new in the queue
queue-loading = Loading the queue…
queue-empty = Nothing is waiting. The queue is empty.
critical-came = Critical: { $what }, { $where }
more = +{ $count } more
look = Look
seen = Seen
nobody-yet = nobody has it yet
past-goal = past its deadline
place-unknown = Place not known yet
not-understood = Not understood yet
lane-known = fast lane
lane-gathering = gathering
lane-unclear = unclear
lane-update = new information
lane-head = Fast lane · { $count }
lane-head-held = Put last · { $count }
held-until = put behind until { $time }
known-mark = known event
hours-minutes = { $hours }:{ $minutes }
not-acknowledged = not acknowledged
wants-help = calls for help
late = late

## Map
map = Map
map-canvas = Map drawing
map-loading = Loading the map…
map-failed = The map cannot be loaded. Everything else goes on.
map-no-webgl = This computer cannot draw the map (no WebGL). Queue, form and forwarding go on.
map-schematic = Boundaries are schematic
pick-now = Click a point on the map…

## New report
new-report = New report

## Agreement with suggestions
agreement = Agreement with suggestions

## Detail
detail = Detail
detail-empty = Choose a row of the queue, or write a new report.
text-erased = (the text has been erased)
reporter = Reporter
place = Place
copy = Copy
copied = Copied
dispatches = Dispatches
dispatch = Dispatch
not-yet = not yet
step-sent = Sent
step-delivered = Delivered
step-seen = Seen
step-acknowledged = Acknowl.
step-accepted = Accepted
step-en-route = En route
step-on-scene = On scene
units = Units
photo-of = Photo { $at }
notes = Notes from the field

## Acts on an incident
role-of = Role of { $agency }: { $role }
reason = Reason
leave = Cancel
dismiss = Close

## Why not
reason-link = No connection: wait until it is back
reason-not-allowed = Not possible at this stage
sending-now = Still sending

## Acts on their way
acts = Acts
going-sending = sending…
going-stored = stored, waiting for the screen
going-done = done

## Keys
key-help = Key help
key-not-here = This key does nothing for what is selected
key-next = Next row

## Pane widths
width-queue = Width of the queue
width-detail = Width of the detail

## Problems
problem-unknown = It failed for an unknown reason. Try again.
problem-unreachable = The server cannot be reached.
problem-timeout = The server did not answer within 10 seconds. Look at the queue before you repeat it.
problem-not-understood = The server’s answer cannot be read.
problem-not-found = Not found. It may have been erased or belong to another centre.
problem-illegal-step = No longer possible: it has changed meanwhile.
problem-version-moved = Somebody else changed it. Look, then repeat.
problem-already-forwarded = This incident is already forwarded to that agency.
problem-invalid-field = Not filled in correctly: { $detail }
problem-unauthenticated = The session has ended. Log in again.
problem-forbidden = This account may not do that.
problem-wrong-credentials = User name or password is wrong.
problem-unavailable = The server cannot store anything now. Nothing was stored; try again.
problem-internal = The server made a mistake. Try again; if it stays, tell the administrator.
problem-body-too-large = What was sent is too long.
problem-idempotency-key-reused = It changed while it was being sent. Save once more.
problem-foreign-origin = Refused: the page’s address does not match.

## Fixed names
priority-1 = Critical
priority-2 = Urgent
priority-3 = Soon
priority-4 = Low
role-operator = Operator
role-supervisor = Supervisor
role-agency = Agency
role-trainer = Trainer
role-auditor = Auditor
role-admin = Administrator
category-fire = Fire
category-traffic-accident = Traffic accident
category-medical = Medical emergency
category-natural-disaster = Natural disaster
category-rescue = Rescue and evacuation
category-animal = Animal trouble
category-public-order = Public order
category-crime = Crime
category-mental-health = Mental health
category-infrastructure = Infrastructure
category-complaint = Complaint (no emergency)
category-information = Request for information
channel-phone = 112 call
channel-web = Web
channel-sms = SMS
channel-whatsapp = WhatsApp
channel-telegram = Telegram
channel-line = LINE
channel-app = App
channel-email = E-mail
channel-walk-in = Walk-in
channel-radio = Radio
channel-sensor = Sensor
channel-lapor = SP4N-LAPOR!
channel-neighbour = Neighbouring centre
outcome-incident-created = Became an incident
outcome-attached = Joined an incident
outcome-advised = Advised
outcome-information = Information
outcome-ghost = Silent
outcome-prank = Prank
outcome-accidental = Accidental
outcome-cut-off = Cut off
outcome-wrong-region = Wrong region
outcome-transferred = Transferred
outcome-referred = Referred (complaint)
outcome-test = Test
incident-state-open = New
incident-state-dispatched = Forwarded
incident-state-acknowledged = Acknowledged
incident-state-active = In the field
incident-state-monitored = Watched
incident-state-resolved = Resolved
incident-state-closed = Closed
incident-state-merged = Merged
incident-state-false-report = False report
incident-state-cancelled = Cancelled
incident-state-out-of-area = Out of area
dispatch-state-queued = queued
dispatch-state-sent = sent
dispatch-state-delivered = delivered
dispatch-state-acknowledged = acknowledged
dispatch-state-accepted = accepted
dispatch-state-en-route = en route
dispatch-state-on-scene = on scene
dispatch-state-completed = completed
dispatch-state-rejected = rejected
dispatch-state-withdrawn = withdrawn
dispatch-act-acknowledge = Acknowledge
dispatch-act-accept = Accept
dispatch-act-reject = Reject
dispatch-act-en-route = En route
dispatch-act-on-scene = On scene
dispatch-act-complete = Complete
dispatch-act-withdraw = Withdraw
dispatch-role-lead = lead
dispatch-role-support = support
unit-state-available = available
unit-state-assigned = assigned
unit-state-en-route = en route
unit-state-on-scene = on scene
unit-state-transporting = transporting
unit-state-at-hospital = at hospital
unit-state-returning = returning
unit-state-delayed = delayed
unit-state-out-of-service = out of service
carrier-console = screen
carrier-webhook = webhook
carrier-push = notification
carrier-telegram = Telegram
carrier-line = LINE
carrier-whatsapp = WhatsApp
carrier-gateway = message
carrier-email = e-mail
carrier-sms = SMS


