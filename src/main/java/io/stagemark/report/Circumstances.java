package io.stagemark.report;

import java.util.Optional;

/**
 * What stood beside the figures of a trial. Each part is absent where it was not taken.
 *
 * @param before the machine before the trial
 * @param after the machine after it
 * @param during what the processors did while the trial measured
 */
public record Circumstances(
    Optional<MachineReading> before, Optional<MachineReading> after, Optional<TrialLoad> during) {

  /** Returns the same with the parent's readings around the trial. */
  public Circumstances around(MachineReading earlier, MachineReading later) {
    return new Circumstances(Optional.of(earlier), Optional.of(later), during);
  }
}
