package io.stagemark.result;

import java.util.Optional;

/**
 * The circumstances of a trial's measurement. Each part is absent where it was not taken.
 *
 * @param before the machine before the trial
 * @param after the machine after it
 * @param during what the processors did while the trial measured
 * @param causes what the JVM did, joined with the batches; absent with {@code measure.causes:
 *     false}
 * @param resources memory, allocation, page faults, context switches
 * @param coldStart from the process to the first result
 * @param loops which loops the trial's JVM ran, of the Vector API or plain Java; empty in older
 *     files
 */
public record Circumstances(
    Optional<MachineReading> before,
    Optional<MachineReading> after,
    Optional<TrialLoad> during,
    Optional<Causes> causes,
    Optional<Resources> resources,
    Optional<ColdStart> coldStart,
    Optional<String> loops) {
  public Circumstances {
    loops = loops == null ? Optional.empty() : loops; // in older files
  }

  /** Returns the same with the parent's readings around the trial. */
  public Circumstances around(MachineReading earlier, MachineReading later) {
    return new Circumstances(
        Optional.of(earlier), Optional.of(later), during, causes, resources, coldStart, loops);
  }
}
