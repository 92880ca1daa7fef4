// Distance between two points, as people say it. For display and order only.

interface Point {
  lat: number | null;
  lon: number | null;
}

const METRES_A_DEGREE = 111_320;

/** Metres, good to a few percent within a province; null when a point is not known. */
export function distanceM(a: Point, b: Point): number | null {
  if (a.lat === null || a.lon === null || b.lat === null || b.lon === null) return null;
  const narrower = Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return Math.hypot(a.lat - b.lat, (a.lon - b.lon) * narrower) * METRES_A_DEGREE;
}

/** `350 m`, `1,2 km`. */
export function distanceText(metres: number): string {
  if (metres < 1_000) return `${Math.round(metres / 10) * 10} m`;
  return `${(metres / 1_000).toFixed(1).replace(".", ",")} km`;
}
