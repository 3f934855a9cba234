/** How much there may be of everything that an editor writes. */
export const limits = {
  /** Characters of one text node. */
  text: 5_000,
  /** Characters of a title, an alternative text and other texts in attributes. */
  attribute: 300,
  /** Characters of a sentence in a page's data. */
  sentence: 2_000,
  /** Nodes in one list of nodes. */
  nodes: 300,
  /** Levels of lists in lists. */
  lists: 3,
  columns: 8,
  rows: 100,
  /** Texts in one list or one table. */
  textsTogether: 1_000,
  /** Texts with bold, italic or a link in one paragraph, list or table. */
  marksTogether: 300,
  /** Choices of a case, options of a question, while they are being written. */
  choices: 20,
  /** Bytes of one part as JSON, so that its file fits in a file. */
  part: 100_000,
  /** Bytes of one file. */
  file: 200_000,
  sections: 30,
  facts: 500,
} as const;
