/** Sentences lie translated in the page; here they are found and filled. Times and amounts as the reader's language says them. */

import { christian } from "./clock.js";

const LOCALES = { th: "th-TH", en: "en-GB" };
const locale = LOCALES[document.documentElement.lang] ?? document.documentElement.lang;
const hours = new Intl.DateTimeFormat(locale, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const days = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short", year: "numeric" });
const months = new Intl.DateTimeFormat(locale, { month: "short", year: "numeric" });
const UNITS = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
];

/** The sentence of `<template data-text="name">`, its {placeholders} filled. */
export function text(name, values = {}) {
  const sentence = document.querySelector(`template[data-text="${CSS.escape(name)}"]`).content.textContent.trim();
  return sentence.replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}

/** Why an entry waits at the office, in words for its author. */
export const reasonText = (reason) => text(hasText(`reason-${reason}`) ? `reason-${reason}` : "reason-other");

export const hasText = (name) => document.querySelector(`template[data-text="${CSS.escape(name)}"]`) !== null;

/** An amount of a unit that Intl knows: 2 hours, 1.2 gigabytes. */
export const amount = (number, unit) =>
  new Intl.NumberFormat(locale, { style: "unit", unit, unitDisplay: "long", maximumFractionDigits: 1 }).format(number);

const sameDay = (one, other) => new Date(one).toDateString() === new Date(other).toDateString();

/** A day by its date, on one line. */
export const day = (at) => days.format(christian(at)).replaceAll(" ", "\u00a0");

/** The month that an instant is in, on one line. */
export const month = (at) => months.format(christian(at)).replaceAll(" ", "\u00a0");

export const clock = (at) => text("clock", { time: hours.format(at) });

/** When something was: today or yesterday by word, earlier ones by date. */
export function moment(at, now = Date.now()) {
  const time = clock(at);
  if (sameDay(at, now)) return text("today-at", { time });
  if (sameDay(at, new Date(now).setDate(new Date(now).getDate() - 1))) return text("yesterday-at", { time });
  return text("moment", { date: day(at), time });
}

/** The same where there is little room: of today only the time. */
export const brief = (at, now = Date.now()) => (sameDay(at, now) ? clock(at) : moment(at, now));

/** How long ago, in the largest whole unit. */
export function age(since, now = Date.now()) {
  const past = Math.abs(now - since);
  const [unit, length] = UNITS.find(([, length]) => past >= length) ?? [];
  return unit ? amount(Math.floor(past / length), unit) : text("just-now");
}
