import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** Puts the focus on an element, by id, once the change that is under way is shown. */
export function useFocusNext(): (id: string) => void {
  const next = useRef<string | null>(null);
  useLayoutEffect(() => {
    if (next.current === null) return;
    const element = document.getElementById(next.current);
    if (!element) return;
    next.current = null;
    element.focus();
    element.scrollIntoView({ block: 'nearest' });
  });
  return useCallback((id) => {
    next.current = id;
  }, []);
}

/** A link to a field of the form leads there, and puts the focus in it as soon as it can be written in. */
export function useFieldOfAddress(isReadOnly: boolean): void {
  const isThere = useRef(false);
  useEffect(() => {
    const follow = () => {
      const element = document.getElementById(location.hash.slice(1));
      element?.focus();
      element?.scrollIntoView({ block: 'center' });
    };
    if (!isThere.current) follow();
    isThere.current = !isReadOnly;
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, [isReadOnly]);
}

/** What a live region says, and how to say something there. The same text twice is said twice. */
export function useAnnouncement(): [said: string, announce: (text: string) => void] {
  const [said, setSaid] = useState('');
  const announce = useCallback((text: string) => {
    setSaid((before) => (before === text ? `${text}\u00a0` : text));
  }, []);
  return [said, announce];
}

/** The value as it was when the writer last paused: advice does not interrupt a sentence. */
export function useSettled<T>(value: T, pauseMs: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}
