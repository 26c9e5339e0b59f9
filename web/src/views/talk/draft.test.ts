import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOfDraft,
  convertDraft,
  draftCharsMost,
  insertInto,
  pastedText,
  previewOf,
  withEnding,
} from './draft.ts';

const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a draft', () => {
  it('stands for bytes, in text or in hex', () => {
    expect(bytesOfDraft({ mode: 'text', text: String.raw`caf\xc3\xa9\n` })).toEqual({
      ok: true,
      bytes: bytes(0x63, 0x61, 0x66, 0xc3, 0xa9, 0x0a),
    });
    expect(bytesOfDraft({ mode: 'hex', text: '0x48,65:6c 6c' })).toEqual({
      ok: true,
      bytes: bytes(0x48, 0x65, 0x6c, 0x6c),
    });
  });

  it('says where it is wrong', () => {
    expect(bytesOfDraft({ mode: 'text', text: String.raw`ab\q` })).toMatchObject({ ok: false, at: 2 });
    expect(bytesOfDraft({ mode: 'hex', text: '48 6' })).toMatchObject({ ok: false, at: 3 });
  });

  it('changes its notation and never its bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), (data) => {
        const hex = Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
        const text = convertDraft({ mode: 'hex', text: hex }, 'text');
        const back = text && convertDraft(text, 'hex');
        expect(back && bytesOfDraft(back)).toEqual({ ok: true, bytes: data });
      }),
    );
  });

  it('stays as it is while something in it is wrong', () => {
    expect(convertDraft({ mode: 'hex', text: '4' }, 'text')).toBeNull();
  });

  it('takes several lines as escapes, or as separate bytes', () => {
    expect(pastedText('GET /\r\n\n', 'text')).toBe(String.raw`GET /\r\n\n`);
    expect(pastedText('48\n65', 'hex')).toBe('48 65');
  });

  it('takes as much of a paste as fits, and counts the rest', () => {
    expect(insertInto('abcd', 1, 3, 'XY')).toEqual({ text: 'aXYd', caret: 3, lost: 0 });
    const full = 'x'.repeat(draftCharsMost - 1);
    expect(insertInto(full, 0, 0, 'abc')).toMatchObject({ caret: 1, lost: 2 });
  });
});

describe('the preview', () => {
  it('shows the bytes and what is appended to them', () => {
    expect(previewOf(bytes(0x68, 0x69), 'crlf')).toEqual({ body: '68 69', tail: '0d 0a', size: 4 });
    expect(withEnding(bytes(1), 'lf')).toEqual(bytes(1, 0x0a));
    expect(withEnding(bytes(1), 'none')).toEqual(bytes(1));
  });

  it('cuts what is long', () => {
    const preview = previewOf(new Uint8Array(1000), 'none');
    expect(preview).toMatchObject({ size: 1000, tail: '' });
    expect(preview.body).toMatch(/00 …$/);
  });
});
