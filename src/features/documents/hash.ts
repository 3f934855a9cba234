import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import type { ModuleDocument } from './document.ts';
import type { Facts } from '#src/features/facts/facts.ts';

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
