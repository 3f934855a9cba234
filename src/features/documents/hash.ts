import { createHash } from 'node:crypto';
import type { Facts, ModuleDocument } from './document.ts';

/** SHA-256, hex, of a module's whole text: equal for equal documents, whatever order their keys came in. */
export function hashDocument(document: ModuleDocument): string {
  return hashOf(document);
}

/** The same for the facts. */
export function hashFacts(facts: Facts): string {
  return hashOf(facts);
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}

/** JSON in one form only: keys in order, absent ones left out. For documents, whose depth is bounded. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value)
    .filter(([, one]) => one !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${entries.map(([key, one]) => `${JSON.stringify(key)}:${canonicalJson(one)}`).join(',')}}`;
}
