import { expect, it } from "vitest";
import { RequestFailed } from "../api/problem";
import type { LandmarkAnswer } from "../generated/protocol";
import { fetchTexts } from "../texts/texts.svelte";
import { NAME_LIMIT, byDistance, canBeCalled, landmarkName, refusalWords } from "./landmark_words";

it("finds the landmark's name in the words of the place", () => {
  expect(landmarkName("di belakang  warung mbok sumirah, Jl Dhoho")).toBe("Warung Mbok Sumirah");
  expect(landmarkName("Dekat RSUD Gambiran")).toBe("RSUD Gambiran");
  expect(landmarkName("Jl Dhoho, Kampungdalem, Kota Kediri")).toBe("Jl Dhoho");
  expect(landmarkName("dipo lokomotif")).toBe("Dipo Lokomotif");
  expect(landmarkName("-7.8201, 112.0112")).toBe("");
  expect(landmarkName("  ")).toBe("");
  expect(landmarkName("a".repeat(300))).toHaveLength(NAME_LIMIT);
});

it("is not content with a name that nobody could say", () => {
  expect(canBeCalled(" – ")).toBe(false);
  expect(canBeCalled("Km 12")).toBe(true);
});

it("says in words why it was not kept", async () => {
  await fetchTexts("later");
  const refused = (status: number, code: string, pointer: string | null): RequestFailed =>
    new RequestFailed(code, status, { type: "", title: "", status, code, detail: "of the server", pointer } as never);
  expect(refusalWords(refused(409, "landmark_known", null), "Pos Ronda")).toBe("“Pos Ronda” sudah dikenal di titik ini.");
  expect(refusalWords(refused(422, "invalid_field", "/lat"), "Pos Ronda")).toContain("Titik lokasinya tidak benar");
  expect(refusalWords(refused(422, "invalid_field", "/name"), "Pos Ronda")).toBe(
    "Nama ini tidak dapat disimpan. Pakai kata yang disebut orang, paling banyak 120 huruf.",
  );
  expect(refusalWords(refused(409, "landmarks_full", null), "Pos Ronda")).toContain("sudah terlalu banyak");
  expect(refusalWords(refused(403, "not_own_landmark", null), "Pos Ronda")).toContain("yang menambahkannya");
  expect(refusalWords(RequestFailed.own("unreachable"), "Pos Ronda")).toBe("Server tidak dapat dihubungi.");
});

it("puts the nearest landmark first", () => {
  const at = (name: string, lat: number, lon: number) => ({ name, lat, lon }) as LandmarkAnswer;
  const near = byDistance([at("far", -7.9, 112), at("here", -7.82, 112), at("beside", -7.82, 112.001)], { lat: -7.82, lon: 112 });
  expect(near.map(({ landmark }) => landmark.name)).toEqual(["here", "beside", "far"]);
  expect(near[0]?.metres).toBe(0);
  expect(near[1]?.metres).toBeCloseTo(110, 0);
});
