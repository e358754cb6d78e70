declare const brand: unique symbol;

/** A primitive with a meaning: made by the parser beside its type, usable wherever the primitive is. */
export type Brand<Base, Name extends string> = Base & { readonly [brand]: Name };
