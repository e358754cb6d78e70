import { z } from 'zod';

/** How strategies are shut in (threat-model §3). A: a sandbox of the operating system. B: another user. C: Node's flags alone. */
export const isolationGrade = z.enum(['A', 'B', 'C']);

export type IsolationGrade = z.infer<typeof isolationGrade>;
