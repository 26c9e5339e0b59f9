/** What a browser has stored; null for nothing, and for what is no JSON. */
export function storedJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
