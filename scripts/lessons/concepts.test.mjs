import { expect, it } from 'vitest';
import { conceptPage, conceptPagePath } from './concept-table.mjs';

it('the page of concepts says what the lessons teach now', async () => {
  await expect(await conceptPage()).toMatchFileSnapshot(conceptPagePath);
});
