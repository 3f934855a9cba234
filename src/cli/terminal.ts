export interface DatabaseOptions {
  /** Do not put the demo municipality into an empty database. */
  leaveEmpty?: boolean;
}

/** What a command may do to the world around it; a test puts its own in place. */
export interface Terminal {
  /** One line of the answer, to standard output. */
  say: (line: string) => void;
  /** Output as it is, to standard output. */
  write: (text: string) => void;
  /** One line about what is wrong, to standard error. */
  complain: (line: string) => void;
  readInput: () => Promise<string>;
  /** Builds the software's pages if they have not been: what is checked is rendered with them. */
  prepareSite?: () => Promise<void>;
  /** Runs with the installation's database open; `getDb()` leads to it. */
  withDatabase: <T>(work: (url: string) => Promise<T>, options?: DatabaseOptions) => Promise<T>;
}

/** The command did not do what was asked; the message says why, in Swedish. */
export class Refusal extends Error {}
