/** What a probe of `sandbox-probes.ts` gets although it is shut in, by isolation grade, and why that is borne. */
export const openAt: Readonly<Record<'A' | 'B' | 'C', Readonly<Record<string, string>>>> = {
  A: {
    'compiles WebAssembly': 'computing is what a strategy is for; it reaches nothing that JavaScript does not',
    'runs a string in a context of its own':
      'as above: the text came with the strategy, and its new context has no modules',
  },
  B: {
    'compiles WebAssembly': 'as in grade A',
    'runs a string in a context of its own': 'as in grade A',
    'reads the name of its user': 'as in grade C, where the user has a name; it is nobody we know anything by',
  },
  C: {
    'compiles WebAssembly': 'as in grade A',
    'runs a string in a context of its own': 'as in grade A',
    'changes the priority of its parent':
      'Node has no permission for it; the runner slows down, and its dead man notices',
    'reads the name of its user': 'Node has no permission for it; no secret, and no way to send it anywhere',
  },
};
