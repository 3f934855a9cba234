import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
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
