// A place in words. Coordinate 0 is a coordinate; only null means "not known".

import type { Place, PlaceAnswer } from "../generated/protocol";

interface Named {
  label?: string | null;
  name?: string;
  village: string | null;
  district: string | null;
  regency: string | null;
}

/** Village, district and regency, as far as known. */
export function areaText(place: Named): string {
  return [place.village, place.district, place.regency].filter((part) => part !== null && part !== "").join(", ");
}

/** What tells a place apart from others of its name: the area without the name itself. */
export function areaBeside(place: Named & { name: string }): string {
  return areaText({ ...place, village: place.village === place.name ? null : place.village });
}

/** The shortest way to say where: the label, or the area; empty when nothing is known. */
export function placeText(place: Place | PlaceAnswer, spoken: string | null = null): string {
  const area = areaText(place);
  const named = place.label ?? spoken;
  if (named === null || named === "") return area;
  return area === "" || named === place.village ? (area === "" ? named : area) : `${named} · ${area}`;
}

/** The point of a place, if it has one. */
export function pointOf(place: { lat: number | null; lon: number | null }): { lat: number; lon: number } | null {
  return place.lat === null || place.lon === null ? null : { lat: place.lat, lon: place.lon };
}

/** `-7.81600, 112.01100`; null without a point. */
export function pointText(place: { lat: number | null; lon: number | null }): string | null {
  if (place.lat === null || place.lon === null) return null;
  return `${place.lat.toFixed(5)}, ${place.lon.toFixed(5)}`;
}
