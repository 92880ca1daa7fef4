// A refused or failed request, and the one place that turns it into words.

import type { Problem } from "../generated/protocol";
import { hasText, t } from "../texts/texts.svelte";

/** Codes of this side, beside the server's. */
export type OwnCode = "unreachable" | "timeout" | "not_understood" | "link_lost";

export class RequestFailed extends Error {
  readonly code: string;
  readonly status: number;
  readonly problem: Problem | null;

  constructor(code: string, status: number, problem: Problem | null) {
    super(problem?.detail ?? code);
    this.code = code;
    this.status = status;
    this.problem = problem;
  }

  static own(code: OwnCode): RequestFailed {
    return new RequestFailed(code, 0, null);
  }
}

/** What went wrong, in the operator's words. */
export function failureWords(failure: unknown): string {
  if (!(failure instanceof RequestFailed)) return t("problem-unknown");
  const key = `problem-${failure.code.replaceAll("_", "-")}`;
  if (hasText(key)) return t(key, { detail: failure.problem?.detail ?? "" });
  if (failure.problem !== null) return failure.problem.detail || failure.problem.title;
  return t("problem-unknown");
}

export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" &&
    value !== null &&
    "code" in value &&
    typeof value.code === "string" &&
    "status" in value &&
    typeof value.status === "number"
  );
}
