/** One line of `snowball doctor`. */
export interface Finding {
  readonly what: string;
  /** False: something must be mended before the house can be trusted. */
  readonly ok: boolean;
  readonly detail: string;
}
