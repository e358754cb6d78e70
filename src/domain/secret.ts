const placeholder = '[secret]';

/**
 * A value that must never be printed. Strings, templates, JSON and the inspector all show a placeholder;
 * `reveal()` is called once, at the wire, and a search for it lists every place.
 */
export class Secret {
  readonly #value: string;

  constructor(value: string) {
    this.#value = value;
  }

  reveal(): string {
    return this.#value;
  }

  toString(): string {
    return placeholder;
  }

  toJSON(): string {
    return placeholder;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return placeholder;
  }
}
