/** What pages know of each kind of entry: where it is filled in and mended, and how its drafts are named. Shared code asks here, and names no kind. */

const ANY = ["queued", "kept", "received", "returned"];
const KINDS = {
  household: { page: "/households/new", again: "revisit", isOnlyNewest: true },
  correction: { page: "/corrections" },
  claim: { page: "/claims/new" },
  contribution: { page: "/collections/new", mended: ["returned"] },
};
/** The kind whose form is the household's record. A record of before there were kinds is one of these; its draft is named by the house alone. */
export const RECORD = "household";

/** The kind of an unfinished form in custody. */
export const DRAFT = "draft";

/** The pages on which something is filled in. */
export const PAGES = Object.values(KINDS).map(({ page }) => page);

/** The kind of a form, whatever its version. */
export const kindOf = (form) => form.split("@")[0];

/** The kind of a record or a returned entry. */
export const kindIn = ({ kind }) => kind ?? RECORD;

/** Whether an entry speaks of a household's record. */
export const isOfRecord = (entry) => kindIn(entry) === RECORD;

/** The page on which something of this kind is filled in: `how` is draft, returned, correct, revisit or (of a claim) house. */
export const addressOf = (kind, how, id) => `${(KINDS[kind] ?? KINDS[RECORD]).page}#${how}=${id}`;

/** The name of the draft of this kind about a subject, so that two forms about one house never write over each other, nor what mends one entry over another; at most 64 letters. */
export const draftKey = (kind, subject, replaces) => (kind === RECORD ? subject : [kind, replaces?.slice(-12), subject].filter(Boolean).join("/"));

/** What a draft is about. */
export const subjectOf = (draft) => draft.split("/").at(-1);

/** Whether this version has a page on which its author mends it while it stands there: a receipt only when it is asked about. */
export const isMended = (kind, state) => kind in KINDS && (KINDS[kind].mended ?? ANY).includes(state);

/** Where the same thing is recorded once more, or nothing. */
export const againOf = (kind, subject) => KINDS[kind]?.again && addressOf(kind, KINDS[kind].again, subject);

/** Whether a later entry of the same kind about the same subject is the one to correct. */
export const isOnlyNewest = (kind) => Boolean(KINDS[kind]?.isOnlyNewest);
