// The marks on the map, drawn here so that nothing is fetched: the priorities' shapes and colours,
// filled for incidents and hollow for reports that still wait, the units' signs, and the pin of the form.

import type { Priority, UnitState } from "../generated/protocol";
import { UNIT_SIGNS } from "../units/board";

const SIDE = 44;
const MID = SIDE / 2;
const REACH = 15;

export type ShapeName = `${"incident" | "report"}-${Priority}` | `unit-${UnitState}` | `stale-${UnitState}` | "pin";
const UNIT_STATES = Object.keys(UNIT_SIGNS) as UnitState[];

export const SHAPE_NAMES: readonly ShapeName[] = [
  ...([1, 2, 3, 4] as const).flatMap((priority): ShapeName[] => [`incident-${priority}`, `report-${priority}`]),
  ...UNIT_STATES.flatMap((state): ShapeName[] => [`unit-${state}`, `stale-${state}`]),
  "pin",
];

export function shapeImage(name: ShapeName, colour: (variable: string) => string): ImageData {
  const canvas = document.createElement("canvas");
  canvas.width = SIDE;
  canvas.height = SIDE;
  const pen = canvas.getContext("2d");
  if (pen === null) return new ImageData(SIDE, SIDE);
  pen.lineWidth = 4;
  pen.lineJoin = "round";
  if (name === "pin") drawPin(pen);
  else if (name.startsWith("unit-") || name.startsWith("stale-")) drawUnit(pen, name, colour);
  else drawPriority(pen, Number(name.slice(-1)), name.startsWith("incident"), colour);
  return pen.getImageData(0, 0, SIDE, SIDE);
}

function drawPriority(pen: CanvasRenderingContext2D, priority: number, filled: boolean, colour: (variable: string) => string): void {
  const hue = colour(`--p${priority}`);
  outline(pen, priority);
  pen.fillStyle = filled ? hue : colour("--map-ground");
  pen.fill();
  pen.strokeStyle = filled ? "#000" : hue;
  pen.stroke();
}

/** A light plate with the state's sign; broken around what is only where the unit was. No hue: that is for what is abnormal. */
function drawUnit(pen: CanvasRenderingContext2D, name: string, colour: (variable: string) => string): void {
  const stale = name.startsWith("stale-");
  const state = name.slice(name.indexOf("-") + 1) as UnitState;
  pen.lineWidth = 3;
  pen.beginPath();
  pen.roundRect(7, 7, SIDE - 14, SIDE - 14, 6);
  pen.fillStyle = stale ? colour("--map-ground") : colour("--text");
  pen.fill();
  pen.setLineDash(stale ? [5, 4] : []);
  pen.strokeStyle = stale ? colour("--text") : "#000";
  pen.stroke();
  pen.fillStyle = stale ? colour("--text") : "#000";
  pen.font = "bold 22px system-ui, sans-serif";
  pen.textAlign = "center";
  pen.textBaseline = "middle";
  pen.fillText(UNIT_SIGNS[state], MID, MID + 1);
}

function outline(pen: CanvasRenderingContext2D, priority: number): void {
  const corners: Record<number, ReadonlyArray<readonly [number, number]>> = {
    1: [[-1, -0.85], [1, -0.85], [0, 1]],
    2: [[0, -1.05], [1.05, 0], [0, 1.05], [-1.05, 0]],
    3: [[-0.85, -0.85], [0.85, -0.85], [0.85, 0.85], [-0.85, 0.85]],
  };
  pen.beginPath();
  const points = corners[priority];
  if (points === undefined) pen.arc(MID, MID, REACH * 0.9, 0, 2 * Math.PI);
  else for (const [x, y] of points) pen.lineTo(MID + x * REACH, MID + y * REACH);
  pen.closePath();
}

function drawPin(pen: CanvasRenderingContext2D): void {
  pen.beginPath();
  pen.arc(MID, 15, 11, Math.PI * 0.85, Math.PI * 0.15);
  pen.lineTo(MID, SIDE - 3);
  pen.closePath();
  pen.fillStyle = "#fff";
  pen.fill();
  pen.strokeStyle = "#000";
  pen.stroke();
}
