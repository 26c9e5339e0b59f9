/** Files that the page makes itself, among the browser's downloads. */

/** Long enough for the browser to have taken the file over. */
const keptForMs = 60_000;

/** Saves a text under this name. */
export function downloadText(name: string, text: string): void {
  download(name, new Blob([text], { type: 'text/plain;charset=utf-8' }));
}

/** The same of any bytes. */
export function download(name: string, blob: Blob): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptForMs);
}
