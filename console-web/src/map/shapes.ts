// The marks on the map, drawn here so that nothing is fetched: the priorities' shapes and colours,
// filled for incidents and hollow for reports that still wait, and the pin of the form.

import type { Priority } from "../generated/protocol";

const SIDE = 44;
const MID = SIDE / 2;
const REACH = 15;

export type ShapeName = `${"incident" | "report"}-${Priority}` | "pin";

export const SHAPE_NAMES: readonly ShapeName[] = [
  ...([1, 2, 3, 4] as const).flatMap((priority): ShapeName[] => [`incident-${priority}`, `report-${priority}`]),
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
