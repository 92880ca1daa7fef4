## Map
pick-on-map = Pick on the map

## New report
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
nuisance-signs = About this contact:
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
waiting-same = Maybe the same, still waiting
novelty-known = Fast lane: tells of { $number } only, a known event.
novelty-gathering = Gathering: several contacts tell of the same.
novelty-unclear =
    { $given ->
        [0] Unclear: may be about a known event.
       *[other] Unclear: may be about { $number }.
    }
novelty-update =
    { $given ->
        [0] New information about what many contacts tell.
       *[other] New information about { $number }.
    }
use-place = Use this place
place-search = Find another place…
place-not-found = No place has that name. Pick a point on the map.
in-use = In use

## Agreement with suggestions
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
agreement-by-operator = By the operator who opened the incident
agreement-calibration = By how sure the suggestion was
agreement-confidence = Mean sureness

## Surge
surge = Surge of contacts
surge-lead = Many contacts tell of the same. Once it is confirmed, reports that tell of nothing else wait in the fast lane. Nothing is hidden.
surge-loading = Loading the surge…
surge-none = No surge waits to be confirmed.
surge-contacts = { $contacts } contacts from { $callers } callers
surge-since = since { $since }, last { $last }
surge-waiting = { $count } reports waiting
surge-handled-in = Handled in { $number }
surge-no-incident = There is no incident yet: it is opened from the first report whose place is known.
surge-open-confirm = Open an incident and confirm
surge-confirm = Confirm the known event
surge-first-report = See the first report
surge-confirmed = { $number } is a known event now.
surge-all-handled = All of its reports are handled already

## Landmarks
landmark-keep = Keep landmark
landmark-save = Keep
landmark-name = Name of the landmark, as people say it
landmark-hint = e.g. a stall, a gate, a guard post
landmark-rough = This point is only rough. If you know better, set it on the map first.
landmark-kept = Landmark “{ $name }” is kept for the next call
landmark-known = “{ $name }” is known at this point already.
landmark-name-needed = Give its name, in the words people use.
landmark-point-wrong = The point is not right. Pick it on the map again.
landmark-name-wrong = This name cannot be kept. Use the words people say, at most 120 letters.
landmark-full = Too many landmarks were added already. Remove what is no longer used.
landmark-no-point = Choose the point of the place first
landmark-added = Added places
landmark-added-none = No place was added yet.
landmark-added-more = And { $count } more, farther from this point.
landmark-added-by = by { $who }
landmark-rename = Change
landmark-rename-name = New name
landmark-move = Move to this point
landmark-changed = Landmark “{ $name }” is changed
landmark-remove = Remove
landmark-remove-sure = Yes, remove
landmark-removed = Landmark “{ $name }” is removed; the next call does not find it
landmark-not-own = Only who added it or a supervisor can remove it. Its name and point you can change.

## Detail
report = Report
reports = Reports
reports-count = Reports ({ $count })
show-all = Show all
name-unknown = name not known
place-said = Caller’s words
claims = Positions
type = Type
priority = Priority
choose-type = Choose a type
general-type = { $category } (general)
make-incident = Make an incident
open-incident = Open the incident
other-outcomes = Other outcome…
note = Note
go-to-incident = See incident { $number }
known-event = Known event: { $number }
known-since = Known event since { $time }
confirm-known = Make it a known event
end-known = End it
ask-hurt = Is anybody hurt, trapped or ill?
ask-more = Anything new: spreading, another place, another danger?
ask-yes-lifts = One “Yes” brings this report to the front.
yes = Yes
no = No
lift = Bring to the front
contact = Contact
contact-first = nothing on record
contact-today = { $times }x today
contact-before = { $times } earlier reports
contact-silent = { $times } silent
contact-prank = { $times } prank
contact-accidental = { $times } mistaken or cut off
contact-real = { $times } real
contact-put-behind = This contact is put behind until { $time } by { $by }: { $level }
contact-held-back = This contact is put behind until { $time }: { $level }
contact-because = since report { $number }
put-behind = Put contact behind
put-behind-now = Put behind now
put-behind-lead = The next reports of this number stay in sight and only wait longer. What tells of an emergency keeps its priority. It ends by itself.
hold-level = How far
hold-behind = behind others of the same priority
hold-lower = one priority lower
hold-last = behind all, unless an emergency
hold-hours = For (hours)
bring-forward = Bring contact forward
incident = Incident
sensitive = Sensitive: share only what is needed
merged-into = Merged into { $number }
milestones = Timeline
milestone-reported = Report received
milestone-opened = Incident opened
milestone-dispatched = Forwarded
milestone-acknowledged = Agency acknowledged
milestone-active = In the field
milestone-resolved = Resolved
milestone-closed = Closed

## Acts on an incident
forward = Forward
forward-to = Forward to agencies
agencies-loading = Looking for agencies…
add-agency = Another agency
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
plan-alarm = alarm { $alarm } of { $alarms }
nobody-leads = Nobody is left to lead: find a lead agency by telephone.
shortfall = { $missing } missing of { $what }:
informed = Only to be informed: { $agencies }
all-reasons = All reasons
alarm-look = Look at alarm { $alarm }
alarm-strike = Strike alarm { $alarm }: send all
alarm-none = The plan has no further alarm

## Why not
reason-needed = Give the reason first
reason-no-text = The report is still empty
reason-nothing-changed = Nothing has been changed
reason-choose-incident = Choose the incident
reason-choose-reports = Tick the reports that leave
reason-choose-agency = Tick the agencies to tell
reason-already-forwarded = already forwarded
reason-chosen = chosen by hand
reason-two-questions = Answer the two questions first
reason-hours = Give 1 to { $longest } hours
reason-name = Give the name of who took it
reason-unit = Write a note: why it is out of service
reason-units = units that are needed

## Keys
while-typing = Also while typing
not-while-typing = Outside of fields
command-examples = Examples:
key-new-report = New report
key-place = To the place; again: use the first suggestion
key-landmark = Keep a landmark at the point of the place
key-type = Accept the suggested type, or go to it
key-forward = Forward
key-mute = Mute this desk for 30 seconds
key-ghost = Outcome: silent call
key-prank = Outcome: prank
key-information = Outcome: information
key-close = Close the incident
key-save = Save what is being filled in
key-command-line = Command line
key-previous = Previous row
key-open = Go into the detail
key-save-attach = Save into what may be the same
key-attach = Merge / put into what may be the same
key-change = Change the incident
key-split = Split the incident
key-resolve = Resolve
key-reopen = Reopen
key-yes = Fast lane: answer yes
key-no = Fast lane: answer no
key-lift = Bring the report to the front
key-put-behind = Put the contact behind
key-bring-forward = Bring the contact forward
key-surge = See the surge
key-known-event = Known event: make it one / end it
key-leave = Cancel / put aside
key-attend = See to what rings: ring, answer, find another
key-watch = List of what needs a hand
key-verbal = Write down who acknowledged by telephone
key-history = Unfold / fold the deliveries
key-units = Units board
key-alarm = Next alarm: look, once more strikes it

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

## Fixed names
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
delivery-state-pending = waiting
delivery-state-sent = sent
delivery-state-delivered = delivered
delivery-state-seen = seen
delivery-state-unknown = uncertain
delivery-state-failed = failed
delivery-state-dropped = no longer needed
notice-order = dispatch
notice-correction = change
notice-withdrawal = withdrawal
notice-information = information
ladder-first-contact = first contact
ladder-second-contact = second contact
ladder-everybody = all contacts
ladder-alarm = alarm at this desk
ladder-supervisor = supervisor told
concern-no-contact = This agency has no contact: only its screen and the telephone
concern-nobody-on-duty = Nobody is on duty: all contacts are told
doubt-stranger = An answer came from another number: not taken as acknowledged
doubt-too-late = An answer came too late
via-console = screen
via-link = link
via-button = message button
via-reply = message reply
via-webhook = agency’s system
via-verbal = word of mouth

## Link lost
gone-title = No connection for more than 10 seconds
gone-words = Nothing is being sent from this desk. Use telephone or radio to forward incidents. The report being written stays, and the connection is tried all the time.
gone-continue = Go on writing

## Hand-over
overdue = Not acknowledged: ring now
overdue-ring = Ring { $agency }:
overdue-say = This is { $centre }. { $what } at { $place }. Please send a team at once and acknowledge dispatch { $number }. Who is taking this?
overdue-contacts = Or reach:
on-duty = on duty { $place }
verbal-name = Name of who took it
verbal-now = Acknowledged verbally
by-phone = Write down an answer by telephone
acknowledged-by = Acknowledged by { $by } ({ $via })
acknowledged-verbal = Acknowledged verbally by { $name } (written down by { $by })
corrected-at = Changed { $time }, wording { $wording }
ladder-next = Next: { $step } in { $time }
rings-again = Rings again in { $time }
due-in = { $time } left to acknowledge
due-accept = { $time } left to accept or reject
due-on-scene = Arrival goal in { $time }
late-accept = not accepted
late-on-scene = not on scene
escalated = Supervisor told { $time }
deliveries = Deliveries: { $count }
deliveries-failing = { $count } failing
delivery-again = tried again in { $time }
delivery-error = Error: { $error }
agency-itself = The agency’s desk
reply-code = Reply code of messages: { $code }
needs-a-hand = Needs a hand now
nothing-rings = Nothing rings
need-help = Calls for help
need-rejected = Rejected
need-overdue = Not acknowledged
need-late = Late: { $with }
attend-help = Answer
attend-rejected = Find another
attend-overdue = Ring
attend-late = Look
help-answered = Answered by { $by } { $time }
act-answer-help = Answer { $agency }’s call for help
watch = To see to
watch-none = Nothing is unacknowledged, late, or calling for help.
refused-by = { $agency } rejected it.
replacement = In its place
replacement-none = No replacement is suggested: choose another agency.
place-unknown-said = a place not known yet

## Acts on their way
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
act-lift = Bring { $number } to the front
act-confirm-known = Known event: { $number }
act-end-known = End the known event { $number }
act-alarm = Alarm { $alarm }

## Units
units-board = Units board
units-free-only = Free ones only
units-free = { $free } of { $all } free
units-none = No units.
unit-move = Change { $unit }
unit-note = Note
unit-position = position { $time } ago
unit-position-old = old position: { $time } ago




