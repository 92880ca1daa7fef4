// Opens the map on the centre with nothing but the centre's own outlines under it: no tile, glyph
// or sprite is fetched from anywhere. Labels are drawn from the fonts of this machine.

import {
  GeoJSONSource,
  Map as MapLibre,
  NavigationControl,
  setWorkerUrl,
  type StyleSpecification,
} from "maplibre-gl";
import workerUrl from "maplibre-gl/dist/maplibre-gl-worker.mjs?worker&url";
import type { Feature, FeatureCollection } from "geojson";
import type { CentreProfile } from "../generated/protocol";
import { SHAPE_NAMES, shapeImage } from "./shapes";

export type Features = Feature[];
type SourceName = "markers" | "units" | "accuracy" | "pin";

const NOTHING: FeatureCollection = { type: "FeatureCollection", features: [] };
const LABELS_FROM_ZOOM = 11.5;

/** A map that has loaded; rejects where the machine cannot draw one. */
export async function openMap(box: HTMLElement, profile: CentreProfile, boundariesPath: string, title: string): Promise<MapLibre> {
  setWorkerUrl(workerUrl);
  const map = new MapLibre({
    container: box,
    style: style(getComputedStyle(document.documentElement), boundariesPath),
    center: [profile.map_lon, profile.map_lat],
    zoom: 10.5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    locale: { "Map.Title": title },
  });
  map.touchZoomRotate.disableRotation();
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  const colour = (name: string): string => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  for (const name of SHAPE_NAMES) map.addImage(name, shapeImage(name, colour), { pixelRatio: 2 });
  await map.once("style.load");
  return map;
}

export function setData(map: MapLibre, source: SourceName, features: Features): void {
  const held = map.getSource(source);
  if (held instanceof GeoJSONSource) void held.setData({ type: "FeatureCollection", features });
}

function style(colours: CSSStyleDeclaration, boundariesPath: string): StyleSpecification {
  const colour = (name: string): string => colours.getPropertyValue(name).trim();
  return {
    version: 8,
    sources: {
      villages: { type: "geojson", data: boundariesPath },
      accuracy: { type: "geojson", data: NOTHING },
      markers: { type: "geojson", data: NOTHING },
      units: { type: "geojson", data: NOTHING },
      pin: { type: "geojson", data: NOTHING },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": colour("--map-ground") } },
      { id: "areas", type: "fill", source: "villages", paint: { "fill-color": colour("--map-area") } },
      { id: "lines", type: "line", source: "villages", paint: { "line-color": colour("--map-line"), "line-width": 1 } },
      {
        id: "names",
        type: "symbol",
        source: "villages",
        minzoom: LABELS_FROM_ZOOM,
        layout: { "text-field": ["get", "name"], "text-size": 12, "text-font": ["sans-serif"] },
        paint: { "text-color": colour("--map-label"), "text-halo-color": colour("--map-ground"), "text-halo-width": 1 },
      },
      { id: "accuracy-area", type: "fill", source: "accuracy", paint: { "fill-color": colour("--focus"), "fill-opacity": 0.12 } },
      { id: "accuracy-line", type: "line", source: "accuracy", paint: { "line-color": colour("--focus"), "line-width": 1.5, "line-dasharray": [3, 2] } },
      {
        id: "units",
        type: "symbol",
        source: "units",
        layout: {
          "icon-image": ["get", "shape"],
          "icon-allow-overlap": true,
          "text-field": ["step", ["zoom"], "", LABELS_FROM_ZOOM, ["get", "name"]],
          "text-size": 12,
          "text-font": ["sans-serif"],
          "text-offset": [0, 1.3],
          "text-optional": true,
        },
        paint: { "text-color": colour("--text"), "text-halo-color": colour("--map-ground"), "text-halo-width": 1.5 },
      },
      {
        id: "markers",
        type: "symbol",
        source: "markers",
        layout: {
          "icon-image": ["get", "shape"],
          "icon-size": ["case", ["get", "selected"], 1.5, 1],
          "icon-allow-overlap": true,
          "symbol-sort-key": ["get", "order"],
        },
      },
      { id: "pin", type: "symbol", source: "pin", layout: { "icon-image": "pin", "icon-anchor": "bottom", "icon-allow-overlap": true } },
    ],
  };
}
