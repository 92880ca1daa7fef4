import { expect, it } from "vitest";
import { distanceM, distanceText } from "./distance";
import { phoneText } from "./phone";
import { placeText, pointText } from "./place";

it("reads numbers aloud as they are dialled here", () => {
  expect(phoneText("+6281234567890")).toBe("0812-3456-7890");
  expect(phoneText("6281234567890")).toBe("0812-3456-7890");
  expect(phoneText("0812 3456 789")).toBe("0812-3456-789");
  expect(phoneText("0354123456")).toBe("0354-123-456");
  expect(phoneText("112")).toBe("112");
  expect(phoneText("tidak ada")).toBe("tidak ada");
});

it("takes zero for a coordinate and null for none", () => {
  expect(pointText({ lat: 0, lon: 0 })).toBe("0.00000, 0.00000");
  expect(pointText({ lat: null, lon: 0 })).toBeNull();
  expect(distanceM({ lat: 0, lon: 0 }, { lat: 0, lon: 0 })).toBe(0);
});

it("names a place by label and area without saying a thing twice", () => {
  const none = { lat: null, lon: null, accuracy_m: null, source: null, village_code: null, regency_code: null, confidence: null };
  const area = { village: "Pojok", district: "Mojoroto", regency: "Kota Kediri" };
  expect(placeText({ ...none, ...area, label: "Jalan Dhoho" })).toBe("Jalan Dhoho · Pojok, Mojoroto, Kota Kediri");
  expect(placeText({ ...none, ...area, label: "Pojok" })).toBe("Pojok, Mojoroto, Kota Kediri");
  expect(placeText({ ...none, village: null, district: null, regency: null, label: null }, "dekat pasar")).toBe("dekat pasar");
});

it("says distances roughly", () => {
  expect([4, 347, 1_250].map(distanceText)).toEqual(["0 m", "350 m", "1,3 km"]);
});
