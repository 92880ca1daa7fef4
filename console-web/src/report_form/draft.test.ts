import { expect, it } from "vitest";
import { ReportDraft } from "./draft.svelte";

it("tells who reports as soon as that is written, while it is understood and when it is stored", () => {
  const draft = new ReportDraft();
  draft.text = "kebakaran";
  expect(draft.preview()).toEqual({ text: "kebakaran" });
  draft.phone = " 0812-3456-7890 ";
  expect(draft.preview()).toEqual({ text: "kebakaran", reporter: { phone: "0812-3456-7890" } });
  draft.name = "Bu Misal";
  expect(draft.toStore().body).toEqual({
    channel: "phone",
    text: "kebakaran",
    reporter: { name: "Bu Misal", phone: "0812-3456-7890" },
  });
});

it("keeps its key while the content stays the same, so that pressing twice stores once", () => {
  const draft = new ReportDraft();
  draft.text = "kebakaran";
  const { key } = draft.toStore();
  expect(draft.toStore().key).toBe(key);
  draft.phone = "112";
  expect(draft.toStore().key).not.toBe(key);
});
