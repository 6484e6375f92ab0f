// The door of stepping. It stands apart from that of the reports, so that other commands need not
// read it at their start.

export { stepTexts } from '../texts/step.ts';
export {
  type AskedFilm,
  type FilmOrder,
  shoot,
  shootCode,
  shootOrder,
  shootUnanswered,
} from '../view/shoot.ts';
export type { Showing } from '../view/showing.ts';
export { ALIASES, ARGUED } from './keys.ts';
export { type Screen, Stepper } from './stepper.ts';
