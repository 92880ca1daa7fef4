// Ladders with short times, so that a test need not wait for a minute.

/** The alarm at the desk comes this long after the dispatch; the second contact and the supervisor follow. */
export function ladders(alarmAfterMs: number, more = ""): string {
  return `
[[ladders]]
${more}
rungs = [
    { after_ms = 0, act = "alert", to = "first" },
    { after_ms = ${alarmAfterMs}, act = "alarm" },
    { after_ms = ${alarmAfterMs * 4}, act = "alert", to = "second" },
    { after_ms = ${alarmAfterMs * 6}, act = "supervisor" },
]
`;
}
