/** How long a proof counts; as long as the code that it was given for. */
const validMs = 60_000;

/**
 * That the passphrase of the vault was typed for one code of a resume. It comes by the vault's door, from the process in
 * which it was typed, and only the door says so here; the capability that carries the code cannot. One at a time, and used
 * up by being taken.
 */
export class ResumeProof {
  readonly #elapsedMs: () => number;
  #given: { readonly code: string; readonly untilMs: number } | null = null;

  /** @param elapsedMs real milliseconds that only grow */
  constructor(elapsedMs: () => number) {
    this.#elapsedMs = elapsedMs;
  }

  /** The passphrase was right. */
  give(code: string): void {
    this.#given = { code, untilMs: this.#elapsedMs() + validMs };
  }

  /** True when it was given for this code within the last minute. */
  isGiven(code: string): boolean {
    return this.#given !== null && this.#given.code === code && this.#elapsedMs() <= this.#given.untilMs;
  }

  used(): void {
    this.#given = null;
  }
}
