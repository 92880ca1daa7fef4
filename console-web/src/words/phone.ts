// Telephone numbers as they are read aloud here.

/** `+62812…` and `62812…` as `0812-3456-7890`; what is no such number comes back as it is. */
export function phoneText(phone: string): string {
  const digits = phone.replace(/[^\d+]/g, "").replace(/^(\+62|62|0062)/, "0");
  if (!/^0\d{6,13}$/.test(digits)) return phone;
  if (!digits.startsWith("08")) return digits.replace(/^(0\d{2,3})(\d{3})(\d+)$/, "$1-$2-$3");
  return digits.replace(/^(\d{4})(\d{3,4})(\d+)$/, "$1-$2-$3");
}
