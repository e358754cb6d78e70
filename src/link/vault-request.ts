import { z } from 'zod';

const name = z.string().min(1).max(100);
const file = z.string().min(1);

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
    z.strictObject({ kind: z.literal('rotate'), name }),
    z.strictObject({ kind: z.literal('promote'), name }),
    z.strictObject({ kind: z.literal('retire'), name, now: z.boolean() }),
    z.strictObject({ kind: z.literal('passphrase') }),
    z.strictObject({ kind: z.literal('recovery'), sheet: file.nullable() }),
    /** `file` null takes the credential's way in away. */
    z.strictObject({ kind: z.literal('credential'), file: file.nullable() }),
    z.strictObject({ kind: z.literal('backup'), file }),
    z.strictObject({ kind: z.literal('restore'), file }),
    z.strictObject({ kind: z.literal('drill'), file }),
    z.strictObject({ kind: z.literal('seal') }),
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
  z.strictObject({ kind: z.literal('seal'), token: z.string() }),
  z.strictObject({ kind: z.literal('state'), token: z.string() }),
]);

/** One line back. */
export const doorAnswer = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('done'), state: z.enum(['locked', 'open', 'sealed']) }),
  z.strictObject({ kind: z.literal('refused'), code: z.string(), message: z.string() }),
]);

export type DoorRequest = z.infer<typeof doorRequest>;
export type DoorAnswer = z.infer<typeof doorAnswer>;
