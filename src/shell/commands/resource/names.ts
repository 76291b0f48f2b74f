// SPDX-License-Identifier: GPL-2.0-or-later
/** Which resources a word means, and which can be offered. */
import { eachResource, findResource, isPromotableClone, type ResourcePlace, type XmlElement } from '../../../cib/index.ts';
import type { CompletionRequest } from '../../command.ts';
import type { Session } from '../../session.ts';

/** Resources a word means: an id, a tag's members, or a pattern with * and ?. Empty when there is none. */
function resourcesNamed(cib: XmlElement, word: string): readonly ResourcePlace[] {
  const exact = findResource(cib, word);
  if (exact !== undefined) return [exact];
  const tag = cib.at('configuration', 'tags')?.elements('tag').find((one) => one.id === word);
  if (tag !== undefined) {
    return tag.elements('obj_ref').flatMap((reference) => {
      const place = findResource(cib, reference.id ?? '');
      return place === undefined ? [] : [place];
    });
  }
  if (!/[*?]/.test(word)) return [];
  const pattern = new RegExp(`^${word.replaceAll(/[.+^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*').replaceAll('?', '.')}$`);
  return [...eachResource(cib)].filter((place) => pattern.test(place.element.id ?? ''));
}

/** Undefined after a message when a word means nothing. */
export function findAll(session: Session, cib: XmlElement, words: readonly string[]): readonly ResourcePlace[] | undefined {
  const places: ResourcePlace[] = [];
  for (const word of words) {
    const found = resourcesNamed(cib, word);
    if (found.length === 0) {
      session.error(`resource ${word} does not exist`);
      return undefined;
    }
    places.push(...found);
  }
  return places;
}

export async function resourceIds({ session }: CompletionRequest): Promise<readonly string[]> {
  return [...eachResource(await session.cib())].map((place) => place.element.id ?? '');
}

export async function promotableIds({ session }: CompletionRequest): Promise<readonly string[]> {
  return [...eachResource(await session.cib())].filter((place) => isPromotableClone(place.element)).map((place) => place.element.id ?? '');
}

export async function primitiveIds({ session }: CompletionRequest): Promise<readonly string[]> {
  return [...eachResource(await session.cib())].filter((place) => place.element.name === 'primitive').map((place) => place.element.id ?? '');
}

export async function nodeNames({ session }: { readonly session: Session }): Promise<readonly string[]> {
  return nodesOf(await session.cib());
}

export function nodesOf(cib: XmlElement): readonly string[] {
  return (cib.at('configuration', 'nodes')?.elements('node') ?? []).map((node) => node.get('uname') ?? node.id ?? '');
}

/** Completers by position: the last one serves all further words. */
export function inOrder(...completers: ReadonlyArray<(request: CompletionRequest) => Promise<readonly string[]> | readonly string[]>) {
  return async (request: CompletionRequest): Promise<readonly string[]> => completers[Math.min(request.words.length, completers.length - 1)]!(request);
}
