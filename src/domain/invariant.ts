/** A broken assumption of our own. In the gateway it halts trading. */
export class InvariantError extends Error {
  override readonly name = 'InvariantError';
}

/**
 * Asserts what must be true if the program is right.
 *
 * @throws {InvariantError} when `condition` is false; never used for input from outside
 */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InvariantError(`Broken assumption: ${message}`);
}
