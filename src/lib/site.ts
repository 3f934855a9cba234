/** Fixed facts about this site that pages, server and mails share. */
export const site = {
  name: 'Trygg grund',
  /** A neutral, impersonal page: what the screen shows after a quick exit. */
  exitUrl: 'https://www.smhi.se/vader',
} as const;
