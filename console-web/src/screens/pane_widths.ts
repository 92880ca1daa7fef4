// How wide this desk has drawn its panes.

export interface Widths {
  queuePx: number;
  detailPx: number;
}

const KEPT_AS = "kentongan.panes";
const USUAL: Widths = { queuePx: 350, detailPx: 470 };

export function keptWidths(): Widths {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? "null");
    if (typeof kept !== "object" || kept === null) return { ...USUAL };
    const { queuePx, detailPx } = kept as Partial<Record<keyof Widths, unknown>>;
    return {
      queuePx: typeof queuePx === "number" ? queuePx : USUAL.queuePx,
      detailPx: typeof detailPx === "number" ? detailPx : USUAL.detailPx,
    };
  } catch {
    return { ...USUAL };
  }
}

export function keepWidths(widths: Widths): void {
  localStorage.setItem(KEPT_AS, JSON.stringify(widths));
}
