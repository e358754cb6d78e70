// Loaded before a process of a test: SIGHUP makes it fail in a way that nobody foresaw.
process.on('SIGHUP', () => {
  setImmediate(() => {
    throw new TypeError('a failure that nobody foresaw');
  });
});
