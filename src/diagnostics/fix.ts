/** A mend of a finding that is sure to be right. */
export interface Fix {
  /** What it does, as an order without final full stop, such as `hide the outputs of "Get_secret"`. Holds no secret. */
  readonly description: string;
  readonly edits: readonly Edit[];
}

/** One change of a JSON document; `pointer` leads from the document's root. One that meets something else than it expects changes nothing. */
export type Edit = Add | Replace | Put | Remove | Cut | Move;

/** Puts a member, or an entry of a list, where there is none; its group is there. `-` is the place after the last entry. */
interface Add {
  readonly kind: 'add';
  readonly pointer: string;
  readonly value: unknown;
}

/** Puts another text in the place of one that is there. */
interface Replace {
  readonly kind: 'replace';
  readonly pointer: string;
  readonly value: string;
}

/** Puts another value in the place of one that is there. */
interface Put {
  readonly kind: 'put';
  readonly pointer: string;
  readonly value: unknown;
}

/** Takes a member out of its group. */
interface Remove {
  readonly kind: 'remove';
  readonly pointer: string;
}

/** Takes parts out of a text: offsets in the decoded string, ends not included, in order. */
interface Cut {
  readonly kind: 'cut';
  readonly pointer: string;
  readonly parts: readonly { readonly start: number; readonly end: number }[];
}

/** Takes a member, as it is written, from one group to another, where there is none of its name. */
interface Move {
  readonly kind: 'move';
  readonly from: string;
  readonly pointer: string;
}

/** The same edits of a document in which this one stands at `start`. */
export function within(start: string, { description, edits }: Fix): Fix {
  return {
    description,
    edits: edits.map((edit) => ({
      ...edit,
      pointer: start + edit.pointer,
      ...(edit.kind === 'move' && { from: start + edit.from }),
    })),
  };
}
