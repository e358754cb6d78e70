/** What the caller should do next; the class of an operational failure says it. */
export type NextStep = 'retry-later' | 'reconcile' | 'halt' | 'fix-configuration';

/**
 * An operational failure. `code` is stable and listed in docs/errors.md; the message says what we tried, then a
 * colon, then the state found and the state wanted. It never holds a secret, an account number or a whole answer.
 */
export class SnowballError extends Error {
  readonly code: string;
  readonly nextStep: NextStep;

  constructor(nextStep: NextStep, code: string, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'SnowballError';
    this.nextStep = nextStep;
    this.code = code;
  }
}

/** The same call may succeed later; reads only, never an order. */
export class RetryLater extends SnowballError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super('retry-later', code, message, options);
    this.name = 'RetryLater';
  }
}

/** We no longer know what the broker holds: ask before anything else. */
export class Reconcile extends SnowballError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super('reconcile', code, message, options);
    this.name = 'Reconcile';
  }
}

/** Going on would risk money: stop new orders and call the person. */
export class Halt extends SnowballError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super('halt', code, message, options);
    this.name = 'Halt';
  }
}

/** Only the person can mend it: a file, an option, a key. The message says how. */
export class FixConfiguration extends SnowballError {
  constructor(code: string, message: string, options?: ErrorOptions) {
    super('fix-configuration', code, message, options);
    this.name = 'FixConfiguration';
  }
}
