/** What pages know of each kind of entry: where it is filled in and mended, and how its drafts are named. Shared code asks here, and names no kind. */

const KINDS = {
  household: { page: "/households/new", again: "revisit", isOnlyNewest: true },
  correction: { page: "/corrections" },
};
/** A record of before there were kinds is a household's; its draft is named by the house alone. */
const FIRST = "household";

/** The kind of a form, whatever its version. */
export const kindOf = (form) => form.split("@")[0];

/** The kind of a record or a returned entry. */
export const kindIn = ({ kind }) => kind ?? FIRST;

/** The page on which something of this kind is filled in: `how` is draft, returned, correct or revisit. */
export const addressOf = (kind, how, id) => `${(KINDS[kind] ?? KINDS[FIRST]).page}#${how}=${id}`;

/** The name of the draft of this kind about a subject, so that two forms about one house never write over each other. */
export const draftKey = (kind, subject) => (kind === FIRST ? subject : `${kind}/${subject}`);

/** What a draft is about. */
export const subjectOf = (draft) => draft.split("/").at(-1);

/** Whether this version has a page to mend it on. */
export const isMended = (kind) => kind in KINDS;

/** Where the same thing is recorded once more, or nothing. */
export const againOf = (kind, subject) => KINDS[kind]?.again && addressOf(kind, KINDS[kind].again, subject);

/** Whether a later entry of the same kind about the same subject is the one to correct. */
export const isOnlyNewest = (kind) => Boolean(KINDS[kind]?.isOnlyNewest);
