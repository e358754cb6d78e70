/** What `work` comes to, or null when that takes longer; `work` goes on then, and its failure is nobody's business. */
export async function within<Answer>(milliseconds: number, work: Promise<Answer>): Promise<Answer | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
