// An instant as people say it: to the minute, and with the day only when it is another one than today.

import { t } from "../texts/texts.svelte";
import { dayAndTime } from "../time/format";

/** `14.05`, or `23/11 14.05` on another day than `nowUs`. */
export function momentText(atUs: number, nowUs: number, offsetMinutes: number): string {
  const [day = "", time = ""] = dayAndTime(atUs, offsetMinutes).split(" ");
  const [hours = "", minutes = ""] = time.split(":");
  const spoken = t("hours-minutes", { hours, minutes });
  return dayAndTime(nowUs, offsetMinutes).startsWith(day) ? spoken : `${day} ${spoken}`;
}
