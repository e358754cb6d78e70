export async function agreement(): Promise<boolean> {
  return true;
}
