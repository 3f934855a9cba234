import type { APIRoute } from 'astro';
import { writeCalendar } from '#src/features/events/calendar.ts';
import { showEvent } from '#src/features/events/signup.server.ts';
import { calendarWords } from '#src/i18n/events.ts';

export const prerender = false;

export const GET: APIRoute = async ({ locals, params, url }) => {
  const { event } = await showEvent(locals.actor, params['id'] ?? '');
  // Behind a proxy the site is asked over http, whatever people have in their browsers.
  const origin = `${locals.call.isSecure ? 'https:' : 'http:'}//${url.host}`;
  return new Response(writeCalendar(event, origin), {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': `attachment; filename="${calendarWords.file}"`,
    },
  });
};
