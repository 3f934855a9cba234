/** A repeatable source of chance: the same seed always gives the same organisation. */
export interface Random {
  /** A number from 0 up to but not including 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  pick<T>(items: readonly T[]): T;
  chance(probability: number): boolean;
  /** Each of the items with the same probability, in their order; draws once per item chosen, not per item. */
  sample<T>(items: readonly T[], probability: number): T[];
  /** An identifier in the form of a version 4 UUID. */
  uuid(): string;
}

/** Mulberry32: 32 bits of state, good enough to spread invented people. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const bits = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const next = () => bits() / 4_294_967_296;
  const hex = () => bits().toString(16).padStart(8, '0');
  return {
    next,
    int: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (items) => {
      const item = items[Math.floor(next() * items.length)];
      if (item === undefined) throw new Error('pick from an empty list');
      return item;
    },
    chance: (probability) => next() < probability,
    sample: (items, probability) => {
      const chosen = [];
      const skip = () => Math.floor(Math.log(1 - next()) / Math.log(1 - probability));
      for (let at = skip(); at < items.length; at += 1 + skip())
        chosen.push(items[at] as (typeof items)[number]);
      return chosen;
    },
    uuid: () => {
      const [a, b, c, d] = [hex(), hex(), hex(), hex()];
      const variant = ((parseInt(c.charAt(0), 16) & 3) | 8).toString(16);
      return `${a}-${b.slice(0, 4)}-4${b.slice(5)}-${variant}${c.slice(1, 4)}-${c.slice(4)}${d}`;
    },
  };
}
