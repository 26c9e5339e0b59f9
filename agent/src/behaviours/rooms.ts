export interface Member {
  readonly listener: number | null;
  readonly config: { readonly name: string };
}

/** Who hears whom: the connections of one listener whose behaviours have the same name. A dialled connection is alone. */
export class Rooms<Kind extends Member> {
  readonly #rooms = new Map<string, Set<Kind>>();

  enter(member: Kind): void {
    const key = keyOf(member);
    const room = this.#rooms.get(key) ?? new Set();
    this.#rooms.set(key, room.add(member));
  }

  leave(member: Kind): void {
    const key = keyOf(member);
    const room = this.#rooms.get(key);
    room?.delete(member);
    if (room?.size === 0) this.#rooms.delete(key);
  }

  /** A copy: who is told may leave because of it. */
  others(member: Kind): readonly Kind[] {
    if (member.listener === null) return [];
    return [...(this.#rooms.get(keyOf(member)) ?? [])].filter((other) => other !== member);
  }
}

const keyOf = ({ listener, config }: Member) => `${listener ?? 'dialled'} ${config.name}`;
