import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from './machine.ts';

describe('what this machine can show', () => {
  it('is the same however often it is tried', async () => {
    const [once, again] = [await capabilitiesOf({ expose: false }), await capabilitiesOf({ expose: false })];
    expect(again).toEqual(once);
  });

  it('has what the agent was started with', async () => {
    expect(await capabilitiesOf({ expose: false })).not.toContain('expose');
    expect(await capabilitiesOf({ expose: true })).toContain('expose');
  });

  it.runIf(process.platform === 'linux')('has on Linux what Linux has', async () => {
    expect(await capabilitiesOf({ expose: false })).toEqual(
      expect.arrayContaining(['proc', 'loopbackRange', 'manualAccept']),
    );
  });
});
