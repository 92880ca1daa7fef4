// Instants and durations as people read them. Instants are epoch µs; the zone is the centre's.

const ZONES: Record<number, string> = { 420: "WIB", 480: "WITA", 540: "WIT" };

export function zoneName(offsetMinutes: number): string {
  const sign = offsetMinutes < 0 ? "-" : "+";
  const whole = Math.abs(offsetMinutes);
  return ZONES[offsetMinutes] ?? `UTC${sign}${two(Math.floor(whole / 60))}:${two(whole % 60)}`;
}

/** `02:13:07` in the zone. */
export function clockTime(atUs: number, offsetMinutes: number): string {
  return shifted(atUs, offsetMinutes).toISOString().slice(11, 19);
}

/** `22/11 02:13:07` in the zone. */
export function dayAndTime(atUs: number, offsetMinutes: number): string {
  const iso = shifted(atUs, offsetMinutes).toISOString();
  return `${iso.slice(8, 10)}/${iso.slice(5, 7)} ${iso.slice(11, 19)}`;
}

/** `04:09` up to an hour, `1:04:09` up to a day, then `2d 01:04`; never negative. */
export function elapsed(fromUs: number, toUs: number): string {
  const seconds = Math.max(0, Math.floor((toUs - fromUs) / 1_000_000));
  const hours = Math.floor(seconds / 3_600);
  const minutes = Math.floor(seconds / 60) % 60;
  if (hours >= 24) return `${Math.floor(hours / 24)}d ${two(hours % 24)}:${two(minutes)}`;
  if (hours > 0) return `${hours}:${two(minutes)}:${two(seconds % 60)}`;
  return `${two(minutes)}:${two(seconds % 60)}`;
}

function shifted(atUs: number, offsetMinutes: number): Date {
  return new Date(Math.floor(atUs / 1_000) + offsetMinutes * 60_000);
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
