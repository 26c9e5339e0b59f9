import { describe, expect, it } from 'vitest';
import { render } from 'vitest-browser-svelte';
import { page } from 'vitest/browser';
import { Scene } from '../scene.ts';
import DropFile from '../sessions/DropFile.svelte';
import { message, write } from './testing.ts';

async function setUp(scene: Scene) {
  const opened: File[] = [];
  await render(DropFile, { isFull: false, onfile: (file: File) => void opened.push(file) });
  const { ran } = await write(scene);
  return { ran, opened };
}

/** As somebody drags it over the message, and lets it go there. */
async function drop(file: File): Promise<void> {
  const files = new DataTransfer();
  files.items.add(file);
  const init = { bubbles: true, cancelable: true, dataTransfer: files };
  message().element().dispatchEvent(new DragEvent('dragover', init));
  await expect.element(page.getByRole('status').filter({ hasText: /^Drop it / })).toBeVisible();
  message().element().dispatchEvent(new DragEvent('drop', init));
  await expect.element(page.getByText(/^Drop it /)).not.toBeInTheDocument();
}

describe('a file that is dropped on the composer', () => {
  const client = () => new Scene().client(1, 52144, 8888);
  const file = new File(['a file'], 'a.jsonl');

  it('is what to send, and no recording', async () => {
    const { ran, opened } = await setUp(client());
    await drop(file);
    await expect.element(page.getByText('a.jsonl')).toBeVisible();
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await expect.poll(() => ran).toMatchObject([{ type: 'send', data: { base64: btoa('a file') } }]);
    expect(opened).toEqual([]);
  });

  it('is opened as a recording where nothing can be sent', async () => {
    const { opened } = await setUp(client().happens(1, { type: 'ended', by: 'local' }));
    await drop(file);
    expect(opened).toHaveLength(1);
    await expect.element(page.getByText('a.jsonl')).not.toBeInTheDocument();
  });
});
