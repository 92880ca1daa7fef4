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
link-lost-title = No connection for more than 10 seconds
link-lost-words = Nothing is being sent from this desk. Use telephone or radio to forward incidents. The report being written stays, and the connection is tried all the time.
link-lost-continue = Go on writing
lag = Age of the data

## Top line
waiting-count = Waiting
oldest-wait = Oldest
overdue-count = { $count } overdue
start-shift = Start shift
mute = Mute 30 s
muted-for = Muted { $seconds } s
command = Command
help = Key help

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
overdue = No answer – overdue
overdue-short = OVERDUE
place-unknown = Place not known yet
not-understood = Not understood yet

## Map
map = Map
map-canvas = Map drawing
map-loading = Loading the map…
map-failed = The map cannot be loaded. Everything else goes on.
map-no-webgl = This computer cannot draw the map (no WebGL). Queue, form and forwarding go on.
map-schematic = Boundaries are schematic
pick-on-map = Pick on the map
pick-now = Click a point on the map…

## New report
new-report = New report
channel = Channel
put-aside = Later
place-by-caller = Place in the caller’s words
place-hint = village, landmark, km …
place-none-yet = No place yet
place-suggested = Probably:
place-ambiguous = { $count } places have this name – choose one
place-used = Place used
pin-by-hand = Point picked on the map
remove-pin = Remove
report-text = Report
report-text-hint = The caller’s words
phone = Telephone number
reporter-name = Reporter’s name
suggested = suggested
accept = accept
tell-agencies = Tell
save-report = Save report
save-forward =
    { $count ->
        [0] Save + forward
       *[other] Save + forward to { $agencies }
    }
save-attach = Save into { $number }

## Suggestions
suggestions = Suggestions
suggestions-empty = Suggestions appear here while you type: maybe the same, place, type and agencies.
suggestion-what = Type and priority
suggestion-where = Possible places
suggestion-who = Responsible agencies
unsure = not certain, check
or-else = or
next-choice = takes it; again: the next likely one
maybe-nuisance = Perhaps { $kind } ({ $share }).
nuisance = no incident
effect-raise1 = makes it P1
effect-raise2 = at least P2
effect-raise = more urgent
effect-lower = less urgent
effect-lower3 = at most P3
effect-lower4 = makes it P4
effect-idiom = figure of speech
effect-address = an address, not counted
effect-nuisance = no incident
effect-denied = not { $what }
maybe-same = Maybe the same
distance-unknown = distance not known
minutes-ago = { $minutes } min ago
attach-to = Put into { $number }
use-place = Use this place
place-search = Find another place…
place-not-found = No place has that name. Pick a point on the map.
in-use = In use

## Agreement with suggestions
agreement = Agreement with suggestions
agreement-loading = Counting…
agreement-none = No report of the last 12 months belongs to a closed incident yet.
agreement-lead = { $reports } reports of the last 12 months whose incident is closed. Operators see the suggestion before they decide, so these figures are an upper bound.
agreement-truncated = There are too many reports to count them all; the oldest are left out.
agreement-drift-falls = Agreement is falling: { $newest } of the newest 200 reports, { $before } of the 1,000 before. That is more than chance. Check suggestions more closely, and ask the admin to train the model again.
agreement-drift-steady = No fall beyond chance: { $newest } of the newest 200 reports, { $before } of the 1,000 before.
agreement-drift-early = A change cannot be judged yet: { $needed } more reports of closed incidents are needed.
agreement-by-category = By the category set in the end
agreement-by-month = By month of arrival
agreement-reports = Reports
agreement-category-kept = Category kept
agreement-priority-kept = Priority kept

## Detail
detail = Detail
detail-empty = Choose a row of the queue, or write a new report.
report = Report
reports = Reports
reports-count = Reports ({ $count })
show-all = Show all
text-erased = (the text has been erased)
reporter = Reporter
name-unknown = name not known
place = Place
place-said = Caller’s words
claims = Positions
copy = Copy
copied = Copied
type = Type
priority = Priority
choose-type = Choose a type
general-type = { $category } (general)
make-incident = Make an incident
open-incident = Open the incident
other-outcomes = Other outcome…
note = Note
go-to-incident = See incident { $number }
incident = Incident
sensitive = Sensitive: share only what is needed
merged-into = Merged into { $number }
dispatches = Dispatches
dispatch = Dispatch
units = Units
by-phone = Record an answer by telephone
due-in = due in { $time }
delivery-failing = Delivery by { $channel } failed { $attempts } times ({ $error })
overdue-ring = Ring { $agency }:
overdue-say = This is { $centre }. Dispatch { $number }, { $what }, at { $place }, has not been answered. Please acknowledge it now. What is your name?
not-yet = not yet
milestones = Timeline
milestone-reported = Report received
milestone-opened = Incident opened
milestone-dispatched = Forwarded
milestone-acknowledged = Agency acknowledged
milestone-active = In the field
milestone-resolved = Resolved
milestone-closed = Closed
step-sent = Sent
step-delivered = Delivered
step-acknowledged = Acknowl.
step-accepted = Accepted
step-en-route = En route
step-on-scene = On scene

## Acts on an incident
forward = Forward
forward-to = Forward to agencies
agencies-loading = Looking for agencies…
add-agency = Another agency
role-of = Role of { $agency }: { $role }
change = Change
change-now = Save the change
merge = Merge
merge-into = Merge into an incident
merge-now = Merge now
merge-search = Find a number or a place
merge-none = No other open incident.
split = Split
split-now = Split now
split-lead = Ticked reports become an incident of their own.
resolve = Resolve
reopen = Reopen
reopen-now = Reopen now
close-incident = Close incident
close-now = Close now
close-releases = Dispatches to { $agencies } are still running: they end, and every unit is released.
result = Result
reason = Reason
leave = Cancel
dismiss = Close

## Why not
reason-link = No connection: wait until it is back
reason-not-allowed = Not possible at this stage
reason-needed = Give the reason first
reason-no-text = The report is still empty
reason-nothing-changed = Nothing has been changed
reason-choose-incident = Choose the incident
reason-choose-reports = Tick the reports that leave
reason-choose-agency = Tick the agencies to tell
reason-already-forwarded = already forwarded
reason-chosen = chosen by hand

## Acts on their way
acts = Acts
act-sending = sending…
act-stored = stored, waiting for the screen
act-done = done
act-save-report = Save report
act-open-incident = Open incident
act-attach = Put into incident
act-forward = Forward to { $agency }
act-resolve = Resolve
act-close = Close { $number }
act-reopen = Reopen { $number }
act-change = Change { $number }
act-merge = Merge { $number } into { $into }
act-split = Split { $number }

## Agency screen
agency-choose = Choose a dispatch.
agency-empty = No dispatches yet.
agency-waiting =
    { $count ->
        [0] Nothing waits for an answer
       *[other] { $count } waiting for an answer
    }
answer = Answer
back = Back
not-sent = Not sent
send-again = Send again
do-not-send = Do not send
sending-now = Still sending
sending-act = Sending: { $act }… it has not reached the centre.
reject-now = Send the rejection

## Keys
key-help = Key help
while-typing = Also while typing
not-while-typing = Outside of fields
command-examples = Examples:
key-not-here = This key does nothing for what is selected
key-new-report = New report
key-place = To the place; again: use the first suggestion
key-type = Accept the suggested type, or go to it
key-forward = Forward
key-mute = Mute this desk for 30 seconds
key-ghost = Outcome: silent call
key-prank = Outcome: prank
key-information = Outcome: information
key-close = Close the incident
key-save = Save what is being filled in
key-command-line = Command line
key-next = Next row
key-previous = Previous row
key-open = Go into the detail
key-save-attach = Save into what may be the same
key-attach = Merge / put into what may be the same
key-change = Change the incident
key-split = Split the incident
key-resolve = Resolve
key-reopen = Reopen

key-leave = Cancel / put aside

## Command line
command-unclear-empty = forward <agency> <number> · close <number> · open <number> · ghost/prank/info <number> · new
command-unclear-verb = Unknown command “{ $about }”
command-unclear-agency =
    { $given ->
        [0] Which agency?
       *[other] Unknown agency “{ $about }”
    }
command-unclear-agency-many = Which one: { $about }?
command-unclear-number =
    { $given ->
        [0] Which number?
       *[other] Number “{ $about }” was not found
    }
command-unclear-number-many = Which one: { $about }?
command-says-terus = Forward { $number } to { $agency }
command-says-tutup = Close { $number } (the result is chosen first)
command-says-buka = Show { $number }
command-says-hantu = { $number }: silent call
command-says-prank = { $number }: prank
command-says-info = { $number }: information

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
delivery-console = screen
delivery-webhook = webhook
result-handled = Handled
result-false-report = False report
result-cancelled = Cancelled
result-out-of-area = Out of area
claim-operator-pin = operator’s point
claim-unit = unit
claim-device = device
claim-pin = reporter’s pin
claim-network = network
claim-spoken = spoken
claim-cell = cell
claim-forwarded-pin = forwarded pin
claim-sensor = sensor
claim-unknown = unknown
