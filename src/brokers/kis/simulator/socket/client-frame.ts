import { z } from 'zod';

/** What a client asks for in one frame. */
export interface ClientRequest {
  readonly approvalKey: string;
  /** `tr_type`: 1 registers, 2 takes back. */
  readonly type: string;
  readonly trId: string;
  readonly key: string;
  /** The header carries `personalseckey`, whatever its value. */
  readonly hasPersonalKey: boolean;
}

/** A frame as read: a heartbeat's echo, a request, or the code that says what is wrong with it. */
export type ClientFrame =
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'request'; readonly request: ClientRequest }
  | { readonly kind: 'invalid'; readonly code: string; readonly message: string };

const text = z.string().max(200).default('');
const shape = z.looseObject({
  header: z
    .looseObject({ approval_key: text, tr_type: text, tr_id: text, personalseckey: z.unknown().optional() })
    .optional(),
  body: z.looseObject({ input: z.looseObject({ tr_id: text, tr_key: text }).optional() }).optional(),
});

/** @see spec §7.2 for the frame and §7.3 for the codes; `custtype` may be missing, as some clients leave it out */
export function readClientFrame(message: string, heartbeatTrId: string): ClientFrame {
  const frame = parsed(message);
  if (frame === null) return invalid('OPSP9999', 'invalid json format');
  if (frame.header === undefined) return invalid('OPSP9998', 'invalid header : NOT FOUND');
  if (frame.header.tr_id === heartbeatTrId) return { kind: 'heartbeat' };
  if (frame.body === undefined) return invalid('OPSP9992', 'invalid body : NOT FOUND');
  const { input } = frame.body;
  if (input === undefined) return invalid('OPSP9991', 'invalid input : NOT FOUND');
  const { approval_key: approvalKey, tr_type: type } = frame.header;
  const hasPersonalKey = frame.header.personalseckey !== undefined;
  return { kind: 'request', request: { approvalKey, type, trId: input.tr_id, key: input.tr_key, hasPersonalKey } };
}

function parsed(message: string): z.infer<typeof shape> | null {
  try {
    const result = shape.safeParse(JSON.parse(message));
    return result.success ? result.data : null;
  } catch {
    // Told to the client as OPSP9999.
    return null;
  }
}

function invalid(code: string, message: string): ClientFrame {
  return { kind: 'invalid', code, message };
}
