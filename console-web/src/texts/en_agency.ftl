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
sending-act = Sending: { $act }… it has not reached the centre.
reject-now = Send the rejection

