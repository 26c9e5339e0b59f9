/** A tree of fields as lines, which of them are open, and where keys and bytes lead. */
import type { Field } from '@socket-playground/shared/dissect/dissector.ts';
import type { Range } from './facts.ts';

/** One line of the tree. */
export interface Branch {
  readonly field: Field;
  /** Indices from the root on, `0/2/1`: of these bytes alone. */
  readonly id: string;
  /** Names from the root on: the same place in another payload. */
  readonly path: string;
  /** From 1, as in aria-level. */
  readonly level: number;
  readonly position: number;
  readonly siblings: number;
  readonly isOpen: boolean;
}

/** Places that are open or closed against the rule. */
export type Toggled = ReadonlySet<string>;

/** Without anybody's word, so many levels are open. */
const openLevels = 2;

const isOpenAt = (path: string, level: number, toggled: Toggled) => level <= openLevels !== toggled.has(path);

export function branchesOf(fields: readonly Field[], toggled: Toggled): readonly Branch[] {
  const branches: Branch[] = [];
  const add = (inside: readonly Field[], above: Pick<Branch, 'id' | 'path' | 'level'>) => {
    for (const [index, field] of inside.entries()) {
      const id = above.id === '' ? String(index) : `${above.id}/${index}`;
      const path = `${above.path}/${field.name}`;
      const level = above.level + 1;
      const isOpen = field.fields.length > 0 && isOpenAt(path, level, toggled);
      branches.push({ field, id, path, level, position: index + 1, siblings: inside.length, isOpen });
      if (isOpen) add(field.fields, { id, path, level });
    }
  };
  add(fields, { id: '', path: '', level: 0 });
  return branches;
}

/** Id of the innermost field that holds all of these bytes; null when none does. */
export function innermost(fields: readonly Field[], { start, end }: Range): string | null {
  const ids: number[] = [];
  let inside = fields;
  for (;;) {
    const at = inside.findIndex(({ from, to }) => from <= start && end <= to && from < to);
    const field = inside[at];
    if (field === undefined) return ids.length === 0 ? null : ids.join('/');
    ids.push(at);
    inside = field.fields;
  }
}

/** The same with all open that stands above this field. */
export function withOpen(fields: readonly Field[], id: string, toggled: Toggled): Toggled {
  const next = new Set(toggled);
  let [inside, path] = [fields, ''];
  for (const [depth, index] of id.split('/').slice(0, -1).entries()) {
    const field = inside[Number(index)];
    if (field === undefined) break;
    path = `${path}/${field.name}`;
    if (!isOpenAt(path, depth + 1, next)) toggle(next, path);
    inside = field.fields;
  }
  return next;
}

export function toggle(toggled: Set<string>, path: string): void {
  if (!toggled.delete(path)) toggled.add(path);
}

export type Move =
  { readonly is: 'select'; readonly branch: Branch } | { readonly is: 'toggle'; readonly branch: Branch };

/** What a key does (WAI-ARIA authoring practices, tree view); null for keys that do nothing here. */
export function moveBy(key: string, branches: readonly Branch[], id: string | null): Move | null {
  const at = branches.findIndex((branch) => branch.id === id);
  const branch = branches[at];
  if (branch === undefined)
    return select(targetOf(key, 0, branches.length) === null ? undefined : branches[0]);
  const hasFields = branch.field.fields.length > 0;
  if (key === 'ArrowRight')
    return hasFields && !branch.isOpen
      ? { is: 'toggle', branch }
      : hasFields
        ? select(branches[at + 1])
        : null;
  if (key === 'ArrowLeft') return branch.isOpen ? { is: 'toggle', branch } : select(parentOf(branches, at));
  const to = targetOf(key, at, branches.length);
  return to === null ? null : select(branches[to]);
}

const select = (branch: Branch | undefined): Move | null =>
  branch === undefined ? null : { is: 'select', branch };

const parentOf = (branches: readonly Branch[], at: number) =>
  branches.slice(0, at).findLast(({ level }) => level < (branches[at]?.level ?? 0));

function targetOf(key: string, at: number, length: number): number | null {
  const targets: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: length - 1,
  };
  const target = targets[key];
  return target === undefined ? null : Math.min(Math.max(0, target), length - 1);
}
