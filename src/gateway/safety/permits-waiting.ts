const detail =
  'The configuration permits more kinds of order than a person granted: "snowball risk permits --grant" grants them a day ahead';

/** An edited file is a wish, and what it adds is told of at each start until a person grants it or takes it back. */
export const permitsWaiting = { kind: 'incident', code: 'permits-wait', detail } as const;
