// Names of types and agencies out of the centre's own catalogue.

import type { Agency, Category, CentreAnswer, IncidentType, Priority } from "../generated/protocol";
import { hasText, language, named, t } from "../texts/texts.svelte";

export class Catalogue {
  readonly types: readonly IncidentType[];
  readonly agencies: readonly Agency[];
  readonly #types: Map<string, IncidentType>;
  readonly #agencies: Map<string, Agency>;

  constructor(answer: Pick<CentreAnswer, "types" | "agencies">) {
    this.types = answer.types;
    this.agencies = answer.agencies;
    this.#types = new Map(answer.types.map((type) => [type.code, type]));
    this.#agencies = new Map(answer.agencies.map((agency) => [agency.code, agency]));
  }

  agency(code: string): Agency | undefined {
    return this.#agencies.get(code);
  }

  short(code: string): string {
    return this.#agencies.get(code)?.short ?? code.toUpperCase();
  }

  agencyName(code: string): string {
    return this.#agencies.get(code)?.name ?? code;
  }

  /** The usual priority of a type; null when the code is a category's or unknown. */
  usualPriority(code: string): Priority | null {
    return this.#types.get(code)?.priority ?? null;
  }

  /** The name of a type, or of the category when the code is a category's own. */
  typeName(code: string | null, category: Category | null): string {
    const type = code === null ? undefined : this.#types.get(code);
    if (type !== undefined) return language() === "en" ? type.name_en : type.name_id;
    const general = category ?? code;
    return general === null ? t("not-understood") : named("category", general);
  }

  /** The name of any code of the catalogue, a type's or a category's; else the code itself. */
  codeName(code: string): string {
    const type = this.#types.get(code);
    if (type !== undefined) return language() === "en" ? type.name_en : type.name_id;
    const key = `category-${code.replaceAll("_", "-")}`;
    return hasText(key) ? t(key) : code;
  }

  sensitive(code: string | null): boolean {
    return code !== null && this.#types.get(code)?.sensitive === true;
  }

  /** Types by category, in the catalogue's order. */
  byCategory(): Array<{ category: Category; types: IncidentType[] }> {
    const groups = new Map<Category, IncidentType[]>();
    for (const type of this.types) {
      const list = groups.get(type.category) ?? [];
      list.push(type);
      groups.set(type.category, list);
    }
    return [...groups].map(([category, types]) => ({ category, types }));
  }
}
