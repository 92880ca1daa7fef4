// What the map shows, as features. Coordinate 0 is a place; only null is none.

import type { Place } from "../generated/protocol";
import type { LiveCentre } from "../state/live_centre.svelte";
import type { Features } from "./open_map";

const METRES_A_DEGREE = 111_320;
/** More marks than this hide each other, and weak machines draw them too slowly. */
const MARKERS_SHOWN = 800;
const CIRCLE_STEPS = 48;

/** What waits or is being worked on and has a point, the most urgent on top, up to a bound. */
export function markersOf(live: LiveCentre, selectedKey: string | null): Features {
  const features: Features = [];
  for (const row of [...live.groups.waiting, ...live.groups.active]) {
    if (features.length >= MARKERS_SHOWN) break;
    const place = (row.kind === "report" ? live.report(row.id) : live.incident(row.id))?.place;
    if (place === undefined || place.lat === null || place.lon === null) continue;
    const selected = row.key === selectedKey;
    features.push({
      type: "Feature",
      properties: {
        kind: row.kind,
        id: row.id,
        shape: `${row.kind}-${row.priority}`,
        selected,
        order: selected ? 10 : 5 - row.priority,
      },
      geometry: { type: "Point", coordinates: [place.lon, place.lat] },
    });
  }
  return features;
}

/** Where units are, or were when they last told, with the sign of how they stand. */
export function unitMarks(live: LiveCentre): Features {
  const features: Features = [];
  for (const unit of live.units()) {
    const told = live.position(unit.id);
    if (told === undefined) continue;
    if (features.length >= MARKERS_SHOWN) break;
    const { lat, lon } = told.position;
    features.push({
      type: "Feature",
      properties: { unit: unit.id, shape: `${told.stale ? "stale" : "unit"}-${unit.state}`, name: unit.name },
      geometry: { type: "Point", coordinates: [lon, lat] },
    });
  }
  return features;
}

/** The circle within which a place lies; nothing without a radius. */
export function accuracyCircle(place: Place | undefined): Features {
  if (place === undefined || place.lat === null || place.lon === null || place.accuracy_m === null) return [];
  const { lat, lon, accuracy_m } = place;
  const ring = Array.from({ length: CIRCLE_STEPS + 1 }, (_, step) => {
    const angle = (step / CIRCLE_STEPS) * 2 * Math.PI;
    const north = (accuracy_m * Math.sin(angle)) / METRES_A_DEGREE;
    const east = (accuracy_m * Math.cos(angle)) / (METRES_A_DEGREE * Math.cos((lat * Math.PI) / 180));
    return [lon + east, lat + north];
  });
  return [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [ring] } }];
}
