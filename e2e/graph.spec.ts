/** The amounts over time, in step with the log: a click selects a row, a drag shows a part, a switch hides a panel. */
import { expect, test } from './fixtures.ts';

test('the graph shows what moved and selects in step with the log', async ({ agent, page, playground }) => {
  const { port } = await agent.serve();
  const client = await agent.dial(port);
  for (const text of ['one', 'two', 'three'])
    await agent.run({ type: 'send', socket: client, data: { text } });
  await page.getByRole('tab', { name: 'Graph', exact: true }).click();
  const graph = page.getByRole('group', { name: 'Graph', exact: true });
  await expect(graph.locator('canvas')).toHaveCount(4);

  await page.getByRole('button', { name: 'Table', exact: true }).click();
  const table = page.getByRole('region', { name: 'Bars as a table' });
  await expect(table.getByRole('row').last()).toBeVisible();
  await table.getByRole('rowheader').getByRole('button').last().click();
  await expect(playground.bytes).toContainText('No.');
  await page.getByRole('button', { name: 'Table', exact: true }).click();

  await page.getByRole('button', { name: 'Write queue', exact: true }).click();
  await expect(graph.locator('canvas')).toHaveCount(3);
  await page.getByRole('button', { name: 'Whole run', exact: true }).click();
  await graph.locator('.u-over').first().click();
  await page.getByRole('tab', { name: 'Log', exact: true }).click();
  await expect(playground.log.locator('[aria-selected="true"]')).toHaveCount(1);
});
