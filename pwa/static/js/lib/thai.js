// Thai names on the phone: the same rules as pwa/domain/text/thai.py, held to it by tests/golden/thai.json.

const SPACES = /[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/gu;
const INVISIBLE =
  /[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\p{Cs}\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\u{e0000}-\u{e0fff}]/gu;
const NO_NAME =
  /^(?:ไม่(?:ทราบ|รู้|มี|ระบุ|แจ้ง|บอก|ปรากฏ|ให้)(?:ข้อมูล|แน่ชัด|จัก)?(?:ชื่อ)?(?:จริง|เล่น)?(?:และ)?(?:นามสกุล|สกุล)?|unknown|noname|none|na|nil|null|x{2,})$/u;
const MARKS = "ฺุู๎ัิีึืํ็่้๊๋์";
const MARK_RUN = /[ัิ-ฺ็-๎]{2,}/gu;
const RANK = "(?:พล|พันจ่า|พัน|ร้อย|จ่าสิบ|สิบ|จ่า|นาวา|เรือ)(?:ตำรวจ|อากาศ|เรือ)?(?:เอก|โท|ตรี|จัตวา)";
const TITLE = new RegExp(
  `(?:(?:ว่าที่ ?)?(?:${RANK}|ดาบตำรวจ|จ่าสิบตำรวจ|พลตำรวจ|พลทหาร)(?:หญิง(?= ))?` +
    "|นาง ?สาว|นาง(?! ?สาว ?$)|นายแพทย์|นาย|เด็ก ?ชาย|เด็ก ?หญิง|แพทย์หญิง" +
    "|พระมหา|พระครู|พระอธิการ|พระสมุห์|พระใบฎีกา|พระปลัด|พระ|สามเณร|แม่ชี|หลวง(?:พ่อ|พี่|ปู่|ตา|น้า|ลุง)" +
    "|หม่อมราชวงศ์|หม่อมหลวง|คุณหญิง|(?:ผู้ช่วย|รอง)?ศาสตราจารย์|ดอกเตอร์" +
    "|คุณ(?!ธรรม|วุฒิ|ภัทร|ภาพ|พัฒน์|กร)|(?:นส|ด[ชญ])(?= )|(?:[Mm](?:[Rr][Ss]?|[Ii][Ss][Ss]|[Ss])|[Dd][Rr])(?:\\.| )" +
    "|(?:ว่าที่ ?)?(?:[ก-ฮ]{1,4}\\. ?)*[ก-ฮ]{1,4}\\.(?![ก-ฮ]{1,4}\\.)(?:[ก-ฮ] | ?หญิง )?) ?(?=[ก-ฮเ-ไA-Za-z])",
  "uy",
);
const STRANGE = [
  /[^ก-ฺเ-๙A-Za-zÀ-ÖØ-öø-ɏ\u0300-\u036fḀ-ỿ0-9 .,’'()/-]/u,
  /[ก-๎]+[A-Za-z][ก-๎A-Za-z]*|[A-Za-z]+[ก-๎][ก-๎A-Za-z]*/u,
];
const FULL_TITLES = { นส: "นางสาว", ดช: "เด็กชาย", ดญ: "เด็กหญิง", นางสาว: "นางสาว", เด็กชาย: "เด็กชาย", เด็กหญิง: "เด็กหญิง" };
const SILENT = /(?:[ดตท]ร|ษณ|[ก-ฮ])[ิุ]?์|(ท)ธิ(?!์)|(ก)ดิ(?!์)/g;
const SOUNDS = new Map([...zip("ศษซฎฏฐฑฒธญณภฬรฆฅฃฌใ", "สสสดตถทททยนพลลคคขชไ"), ...[..."ะ็ฺ่้๊๋ํ๎"].map((sign) => [sign, ""])]);
const HEARD = [
  [/^ทร(?=[งัา])|[ศส]ร(?=[ะ-ู่-๋])/g, "ส"],
  [/รร(?=[ก-ฮ])/g, "ั"],
  [/รร(?![ะ-ฺ])/g, "ัน"],
  [/ฤา?/g, "ลิ"],
  [/ญ(?![ะ-ู่-๋])/g, "น"],
];
const LAST = /(?<=[ัาิ-ู])[จชซดตถทสลปพฟขค](?=[ก-ฮ]{1,2}[ะ-ู]|[เ-ไ]|$)|(?<=[ก-ฮ])[จชซดตถทสลปพฟขค]$/g;
const LAST_SOUNDS = Object.fromEntries(zip("จชซดตถทสลปพฟขค", "ดดดดดดดดนบบบกก"));
const STRAY_MARK = /(?:^|[^ก-๎])([ะ-ฺๅ็-๎])/u;

/** Text as it is stored: what looks the same is spelt the same. */
export function clean(text) {
  let seen = text.replace(INVISIBLE, "").replace(SPACES, " ").replace(/^ | $/g, "").normalize("NFC");
  for (let spelt; (spelt = spell(seen)) !== seen; ) seen = spelt;
  return seen;
}

/** Whether somebody wrote that there is no name where the name belongs: "ไม่ทราบ", "นายไม่มีชื่อ". */
export const isNoName = (text) => saysNoName(searchKey(text));

/** The same of a name that is bare already. */
export const saysNoName = (key) => NO_NAME.test(key);

/** ๐–๙ as 0–9, for numbers. */
export function digits(text) {
  return text.replace(/[๐-๙]/g, (digit) => digit.charCodeAt(0) - 0xe50);
}

/** What a person is found by: no titles, spaces or punctuation. */
export function searchKey(text) {
  const name = clean(text);
  return letters(name.slice(titleEnd(name)));
}

/** [title, rest] of a name typed in one field; ["", name] when none stands in front. */
export function stripTitle(text) {
  const name = clean(text);
  const end = titleEnd(name);
  const title = name.slice(0, end).trim();
  return [FULL_TITLES[title.replace(/[ .]/g, "")] ?? title, name.slice(end)];
}

/** Equal for spellings of a name that sound alike; for suggesting only. */
export function soundKey(text) {
  return sound(searchKey(text));
}

/** The same of what is `letters` already, and has no title: a last name as it stands. */
export function sound(letters) {
  let key = letters.replace(SILENT, "$1$2");
  for (const [found, heard] of HEARD) key = key.replace(found, heard);
  key = Array.from(key, (sign) => SOUNDS.get(sign) ?? sign).join("");
  key = key.replace(/ไ([ก-ฮ])ย?/g, "$1ัย").replace(/([ก-ฮ])\1+/g, "$1").replace(LAST, (last) => LAST_SOUNDS[last]);
  return key.replace(/[ดตถท]+(?=[ดตถทชจส])/g, "").replace(/([ก-ฮ])\1+/g, "$1");
}

/** A text without anything but its letters, marks and digits. */
export function letters(text) {
  return digits(clean(text).toLowerCase()).replace(/[^\p{L}\p{M}\p{N}]/gu, "");
}

/** The first piece of a name that cannot be meant, "" when there is none. */
export function tooStrange(text) {
  const name = clean(text);
  const piece = STRANGE.map((strange) => name.match(strange)?.[0]).find(Boolean) ?? name.match(STRAY_MARK)?.[1];
  return piece ?? (/\p{L}/u.test(name) ? "" : name);
}

function titleEnd(name) {
  for (let end = 0; ; end = TITLE.lastIndex) {
    TITLE.lastIndex = end;
    const title = TITLE.exec(name)?.[0];
    if (!title || !(end === 0 || ". ".includes(name[end - 1]) || title.includes("."))) return end;
  }
}

function spell(text) {
  return text
    .replaceAll("ำ", "ํา")
    .replace(MARK_RUN, inOrder)
    .replace(/(ํ[่-์]*)า([่-์]+)/gu, "$1$2า")
    .replace(MARK_RUN, inOrder)
    .replace(/ํ([่-์]*)า/gu, "$1ำ")
    .replaceAll("เเ", "แ")
    .normalize("NFC");
}

function inOrder(run) {
  return [...new Set(run)].sort((one, other) => MARKS.indexOf(one) - MARKS.indexOf(other)).join("");
}

function zip(one, other) {
  return Array.from(one, (sign, at) => [sign, other[at]]);
}
