/** `closed` lets calls through · `open` refuses until `untilMs` · `half-open` has let one call through to see. */
export type Circuit =
  | { readonly state: 'closed'; readonly failures: number }
  | { readonly state: 'open'; readonly untilMs: number }
  | { readonly state: 'half-open'; readonly untilMs: number };

export interface CircuitOptions {
  /** Failures in a row that open the circuit. */
  readonly failuresMax: number;
  /** How long an open circuit refuses, and how long a trial call may take before another is let through. */
  readonly openMs: number;
}

export const closedCircuit: Circuit = { state: 'closed', failures: 0 };

/** Asks for one call. @returns the next state, and whether the call may be made */
export function admit(circuit: Circuit, nowMs: number, options: CircuitOptions): readonly [Circuit, boolean] {
  if (circuit.state === 'closed') return [circuit, true];
  if (nowMs < circuit.untilMs) return [circuit, false];
  return [{ state: 'half-open', untilMs: nowMs + options.openMs }, true];
}

/** Any answer that shows the other side alive closes the circuit. */
export function afterSuccess(): Circuit {
  return closedCircuit;
}

/** A failed trial call opens the circuit again; so does the last allowed failure in a row. */
export function afterFailure(circuit: Circuit, nowMs: number, options: CircuitOptions): Circuit {
  const failures = circuit.state === 'closed' ? circuit.failures + 1 : options.failuresMax;
  if (failures < options.failuresMax) return { state: 'closed', failures };
  return { state: 'open', untilMs: nowMs + options.openMs };
}
