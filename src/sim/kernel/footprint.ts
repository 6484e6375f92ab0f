// What a step has read and changed, by name: two steps may be swapped if neither changes what the
// other reads or changes.

export class Footprint {
  readonly reads = new Set<string>();
  readonly writes = new Set<string>();
  /** It may have touched anything: nothing may be swapped with it. */
  everything = false;
}
