import { z } from 'zod';

const name = z.string().min(1).max(100);
const file = z.string().min(1);
const resumeCode = z.string().regex(/^\d{6}$/);

/**
 * What `snowball vault …` asks of the gateway room's vault command, as its one argument. Nothing in it is secret: the
 * command asks for secrets itself, on the standard input that it inherits.
 */
export const vaultRequest = z.strictObject({
  /** Folder of one environment, such as `<home>/paper`. */
  home: z.string().min(1),
  environment: z.enum(['trial', 'paper', 'real']),
  language: z.enum(['ko', 'en']),
  isJson: z.boolean(),
  /** Open with the recovery sheet instead of the passphrase. */
  withRecovery: z.boolean(),
  task: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('create'), sheet: file.nullable() }),
    /** `waitMs`: how long to wait for a gateway that is starting. */
    z.strictObject({ kind: z.literal('unlock'), waitMs: z.int().nonnegative() }),
    z.strictObject({ kind: z.literal('status') }),
    z.strictObject({ kind: z.literal('list') }),
    z.strictObject({ kind: z.literal('put'), name }),
    /** `cutOver`: the old key died when the new one was issued. Only a gateway that runs makes a difference of it. */
    z.strictObject({ kind: z.literal('rotate'), name, cutOver: z.boolean().optional() }),
    z.strictObject({ kind: z.literal('promote'), name, cutOver: z.boolean().optional() }),
    z.strictObject({ kind: z.literal('retire'), name, now: z.boolean() }),
    z.strictObject({ kind: z.literal('passphrase') }),
    z.strictObject({ kind: z.literal('recovery'), sheet: file.nullable() }),
    /** `file` null takes the credential's way in away. */
    z.strictObject({ kind: z.literal('credential'), file: file.nullable() }),
    z.strictObject({ kind: z.literal('backup'), file }),
    z.strictObject({ kind: z.literal('restore'), file }),
    z.strictObject({ kind: z.literal('drill'), file }),
    z.strictObject({ kind: z.literal('seal') }),
    /** The second step of a resume: the passphrase, typed for the code of the first. */
    z.strictObject({ kind: z.literal('resume'), code: resumeCode }),
    /** Trial only: the six words of its vault, on the terminal. */
    z.strictObject({ kind: z.literal('words'), waitMs: z.int().nonnegative() }),
  ]),
});

export type VaultRequest = z.infer<typeof vaultRequest>;
export type VaultTask = VaultRequest['task'];

/** The socket on which a gateway takes the key of its vault, in the run folder, 0600. */
export const vaultSocket = 'vault.sock';

const secretText = z.string().max(4_096);

/** One line to the gateway's vault socket. `token` is the command line's own. */
export const doorRequest = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('unlock'),
    token: z.string(),
    key: z.enum(['passphrase', 'recovery']),
    secret: secretText,
  }),
  z.strictObject({ kind: z.literal('resume'), token: z.string(), code: resumeCode, secret: secretText }),
  z.strictObject({ kind: z.literal('seal'), token: z.string() }),
  /** A new key for the broker in use; without values, the one that is kept as PENDING. `secret` is the passphrase. */
  z.strictObject({
    kind: z.literal('rotate'),
    token: z.string(),
    secret: secretText,
    shape: z.enum(['overlap', 'cut-over']),
    values: z
      .array(z.strictObject({ type: z.enum(['app-key', 'app-secret', 'key-issued-on']), value: secretText.min(1) }))
      .max(3),
  }),
  z.strictObject({ kind: z.literal('state'), token: z.string() }),
]);

/** One line back. */
export const doorAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), state: z.enum(['locked', 'open', 'sealed']) }),
  z.strictObject({
    kind: z.literal('rotated'),
    state: z.enum(['locked', 'open', 'sealed']),
    generation: z.int().positive(),
    /** For so long the key before is kept; 0 when it was dead already. */
    graceMs: z.int().nonnegative(),
    /** Ordering is halted, and a person must resume. */
    isHalted: z.boolean(),
  }),
  z.strictObject({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
]);

export type DoorRequest = z.infer<typeof doorRequest>;
export type DoorAnswer = z.infer<typeof doorAnswer>;
